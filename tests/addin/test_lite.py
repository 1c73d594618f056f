"""The functions for xlwings Lite."""

import json
import os
import subprocess
import sys

from typer.testing import CliRunner

from workbook.addin.lite import lite
from workbook.command.addin import addin as commands

LITE = """
import builtins, json, sys, types
stub = types.ModuleType("xlwings")
def func(f=None, **given):
    def inner(f):
        f.__xlfunc__ = given
        return f
    return inner if f is None else inner(f)
def arg(name=None, convert=None, **given):
    return lambda f: f
stub.func, stub.arg, stub.ret = func, arg, arg
stub.script, stub.Book = arg, object
sys.modules["xlwings"] = stub
load = builtins.__import__
def only(name, *given, **named):
    if name.partition(".")[0] in {"orjson", "tomli", "tomlkit", "typer", "openpyxl", "scipy", "rich", "deflate", "winreg"}:
        raise ImportError(f"{name} is not in Lite")
    return load(name, *given, **named)
builtins.__import__ = only
import main
names = [name for name in dir(main) if hasattr(getattr(main, name), "__xlfunc__")]
scenario = [["work.core_hours", 300], ["shifting", "yes"], ["project.start", 46357]]
results = [getattr(main, name)(scenario) for name in ("tco_total", "tco_recommend", "tco_table", "tco_why", "tco_plan", "tco_simulate")]
print(json.dumps([names, results, main.tco_hours.__module__, main.tco_total.__code__.co_filename]))
"""


def test_lite_has_every_function_and_needs_only_packages_of_lite(tmp_path, functions):
    from calc import udfs

    made = lite(everything=True)
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    assert made["requirements.txt"].decode().split() == ["xlwings", "numpy", "pydantic", "openpyxl", "orjson"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        [sys.executable, "-c", LITE], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert run.returncode == 0, run.stderr
    names, found, _, place = json.loads(run.stdout)
    assert set(names) == set(functions)
    assert ".zip" in place
    cells = [["work.core_hours", 300], ["shifting", "yes"], ["project.start", 46357]]
    for name, rows in zip(
        ("tco_total", "tco_recommend", "tco_table", "tco_why", "tco_plan", "tco_simulate"), found, strict=True
    ):
        assert rows == json.loads(json.dumps(getattr(udfs, name)(cells)))


def test_lite_replaces_its_own_files_and_no_others(tmp_path):
    for name in ("main.py", "requirements.txt"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_text("mine")
        assert CliRunner().invoke(commands, ["lite", "-o", str(folder)]).exit_code != 0
        assert [(path.name, path.read_text()) for path in folder.iterdir()] == [(name, "mine")]
    for _ in range(2):
        assert CliRunner().invoke(commands, ["lite", "-o", str(tmp_path / "own")]).exit_code == 0


def test_lite_is_the_same_ascii_text_on_every_run():
    assert lite() == lite()
    assert all(content.isascii() for content in lite().values())
