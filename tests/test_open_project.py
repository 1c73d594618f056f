"""What others build on: classifiers, the pins and the stages of the image, and the action for GitHub, run step by step."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest

from tests.built_wheel import wheel

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE | re.IGNORECASE)


def pins(path):
    return dict(PIN.findall((ROOT / path).read_text(encoding="utf-8")))


def test_every_classifier_is_one_that_an_index_knows():
    known = pytest.importorskip("trove_classifiers").classifiers
    assert [one for one in PROJECT["classifiers"] if one not in known] == []


def test_the_image_installs_what_the_command_needs_in_the_versions_that_are_tested():
    image, tested = pins("build/image/requirements.lock"), pins("requirements.lock")
    assert {name: version for name, version in image.items() if tested.get(name) != version} == {}
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["microsoft365"]]
    assert {re.match(r"[\w-]+", one)[0].lower() for one in needed} <= {name.lower() for name in image}
    assert "pytest" not in image


def test_the_image_runs_the_command_as_nobody_in_particular_and_holds_no_source():
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert "\nUSER engagement\n" in last
    assert 'ENTRYPOINT ["/opt/engagement/bin/engagement"]' in last
    assert "COPY . " not in last


@pytest.fixture(scope="module")
def steps():
    yaml = pytest.importorskip("yaml")
    return {
        step["id"]: step for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"] if "id" in step
    }


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    """The environment of a runner: a Python of its own, which sees what is installed here instead of an index."""
    if os.name == "nt" or not shutil.which("bash"):
        pytest.skip("the steps are for bash")
    home = tmp_path_factory.mktemp("runner")
    venv.create(home / "python", symlinks=True)
    paths = {"base": str(home / "python"), "platbase": str(home / "python")}
    own = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    (own / "here.pth").write_text(sysconfig.get_path("purelib"))
    cleared = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "INPUT_"))}
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_CACHE_DIR": "1"}
    path = f"{home / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    # In place of the checkout the wheel that pip builds from it.
    return cleared | offline | {"PATH": path, "GITHUB_ACTION_PATH": str(wheel()), "GITHUB_OUTPUT": str(home / "output")}


def ran(step, environment, folder, **inputs):
    """A step as the runner runs it: its inputs in its variables, its script by bash."""
    given = {name: inputs[re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", text)[1]] for name, text in step["env"].items()}
    line = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(line, env=environment | given, cwd=folder, capture_output=True, text=True, check=False)


def test_the_action_installs_the_command_which_builds_a_portfolio(steps, runner, tmp_path):
    assert sys.prefix != sys.base_prefix
    installed = ran(steps["install"], runner, tmp_path, extras="")
    assert installed.returncode == 0, installed.stderr
    (tmp_path / "two words.csv").write_text("project.name,project.start\nA,2026-12-01\n")
    given = {"command": "batch", "file": "two words.csv", "arguments": "-o out --jobs 1", "allow-refused": "false"}
    made = ran(steps["run"], runner, tmp_path, **given)
    assert made.returncode == 0, made.stderr
    assert len(list((tmp_path / "out" / "workbooks").glob("*.xlsx"))) == 1


@pytest.mark.parametrize(
    ("code", "allowed", "ends"), [(0, "false", 0), (3, "false", 3), (3, "true", 0), (4, "true", 4), (5, "false", 5)]
)
def test_the_action_ends_as_the_command_does_unless_refused_rows_are_allowed(
    code, allowed, ends, steps, runner, tmp_path
):
    (tmp_path / "engagement").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > given\nexit {code}\n')
    (tmp_path / "engagement").chmod(0o755)
    output = tmp_path / "output"
    environment = runner | {"PATH": f"{tmp_path}{os.pathsep}{runner['PATH']}", "GITHUB_OUTPUT": str(output)}
    file = "$(touch bad); touch bad"
    given = {"command": "check", "file": file, "arguments": "--json  -o x", "allow-refused": allowed}
    assert ran(steps["run"], environment, tmp_path, **given).returncode == ends
    assert output.read_text() == f"exit-code={code}\n"
    assert (tmp_path / "given").read_text().splitlines() == ["check", file, "--json", "-o", "x"]
    assert not (tmp_path / "bad").exists()
