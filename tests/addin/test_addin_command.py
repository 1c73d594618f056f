"""`engagement addin`, and its documentation."""

import errno
import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbook.addin.doctor import findings
from workbook.command.addin import addin as commands
from workbook.files import whole
from workbook.files.saving import WriteError

ROOT = Path(__file__).parents[2]


def test_the_documentation_names_every_function_of_a_scenario_and_no_unknown_one(functions):
    text = (ROOT / "docs" / "excel.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\btco_[a-z_]+", text))
    assert named <= functions.keys()
    assert {name for name, arguments in functions.items() if "scenario" in arguments} | {"tco_fact"} <= named


def test_the_commands_write_their_files(tmp_path, content):
    run = CliRunner().invoke
    target = tmp_path / "a.xlam"
    assert run(commands, ["build", "-o", str(target)]).output.strip() == str(target)
    assert target.read_bytes() == content
    assert run(commands, ["build", "--example", "-o", str(tmp_path / "a.xlsx")]).exit_code == 0
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
    assert run(commands, ["build", "-o", str(tmp_path / "a.xls")]).exit_code == 2
    assert run(commands, ["lite", "-o", str(tmp_path / "lite")]).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "lite").iterdir()) == ["main.py", "requirements.txt"]


def test_on_a_full_disk_lite_leaves_no_empty_folder(tmp_path, monkeypatch):
    def full(path, *_):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(whole, "written", full)
    (tmp_path / "mine").mkdir()
    with pytest.raises(WriteError, match=r"main\.py: No space left on device; nothing was written"):
        CliRunner().invoke(commands, ["lite", "-o", str(tmp_path / "mine" / "new" / "lite")], catch_exceptions=False)
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_file_in_the_place_of_the_folder_for_lite_is_named_as_one(tmp_path):
    (tmp_path / "lite").write_bytes(b"mine")
    with pytest.raises(WriteError, match="lite: a file stands where a folder is needed; nothing was written"):
        CliRunner().invoke(commands, ["lite", "-o", str(tmp_path / "lite")], catch_exceptions=False)
    assert (tmp_path / "lite").read_bytes() == b"mine"


@pytest.mark.skipif(sys.platform == "win32", reason="would install the add-in")
def test_the_commands_explain_why_this_system_will_not_do():
    run = CliRunner().invoke
    assert run(commands, ["install"]).exit_code == 2
    found = run(commands, ["doctor"])
    assert found.exit_code == 5
    assert found.output.startswith("FAULT  System: ")


def test_the_doctors_findings_come_as_json(monkeypatch, computer):
    one = replace(findings(computer)[0], verdict="unknown")
    monkeypatch.setattr("workbook.addin.findings", lambda machine: [one])
    import workbook.command.terminal as terminal

    written = []
    monkeypatch.setattr(terminal, "write_json", written.append)
    assert CliRunner().invoke(commands, ["doctor", "--json"]).exit_code == 0
    assert written[0]["findings"][0]["check"] == "Add-in"
