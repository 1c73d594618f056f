"""Standard streams that are closed or full, and logs that cannot go where they should."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command.runner import APP_BUILT, ROOT
from workbook.command import log, terminal

LINES = {
    "help": ["--help"],
    "help of a subcommand": ["calc", "--help"],
    "version": ["--version"],
    "calc": ["calc", str(APP_BUILT)],
    "json": ["calc", str(APP_BUILT), "--json", "--trials", "0"],
    "explain": ["explain", str(APP_BUILT)],
    "facts": ["facts"],
    "new": ["new", "-"],
    "build": ["build", str(APP_BUILT), "--runs", "0", "-o", "out.xlsx"],
}
# By each of the ways in which a command writes.
CLOSED = ("help", "calc", "json", "new", "build")


def in_a_shell(line, streams, folder):
    words = [sys.executable, "-m", "workbook.command", *line]
    return subprocess.run(
        ["sh", "-c", f'exec "$0" "$@" {streams}', *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder / "state")},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize(
    ("name", "streams", "why"),
    [
        *((name, ">/dev/full", "No space left on device") for name in LINES),
        *((name, ">&-", "Bad file descriptor") for name in CLOSED),
    ],
)
def test_output_that_cannot_be_written_ends_in_one_line_and_with_code_1(tmp_path, name, streams, why):
    line = LINES[name]
    ended = in_a_shell(line, streams, tmp_path)
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (
        1,
        f"standard output: {why}; the result was not written",
    )
    # A workbook says first what it recommends.
    assert len(ended.stderr.splitlines()) == (2 if line[0] == "build" else 1)
    assert not (tmp_path / "state").exists(), "there is a log, as of an internal error"
    assert (tmp_path / "out.xlsx").exists() == (line[0] == "build")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-"])
def test_messages_that_cannot_be_written_change_neither_output_nor_exit_code(tmp_path, streams):
    ended = in_a_shell(["calc", "nothere.toml"], streams, tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (4, "", "")
    ended = in_a_shell(["new", "out.toml"], streams, tmp_path)
    assert (ended.returncode, ended.stdout) == (0, "out.toml\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_standard_input_that_is_closed_is_refused(tmp_path):
    ended = in_a_shell(["calc", "-"], "<&-", tmp_path)
    assert (ended.returncode, "standard input: cannot be read" in ended.stderr) == (4, True)


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_link_that_somebody_planted_leads_no_log_astray(monkeypatch, tmp_path):
    for name in ("engagement.log", "engagement"):
        (tmp_path / name).symlink_to(tmp_path / "victim")
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "engagement.log").write_text("mine")
    monkeypatch.setattr(log, "user_folder", lambda: tmp_path)
    monkeypatch.setattr(log.tempfile, "gettempdir", lambda: str(tmp_path))
    one, two = (log.logged(text) for text in ("first", "second"))
    assert (tmp_path / "victim" / "engagement.log").read_text() == "mine"
    assert one != two
    for place, text in ((one, "first"), (two, "second")):
        assert text in place.read_text(encoding="utf-8")
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert not place.is_symlink()


def test_the_name_of_a_file_that_is_no_text_stands_in_json_by_escapes(capsysbinary):
    given = {"file": os.fsdecode(b"caf\xe9.xlsx"), "sum": 0.1}
    terminal.write_json(given)
    printed = capsysbinary.readouterr().out
    assert printed.isascii()
    assert json.loads(printed) == given


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are texts there")
def test_a_name_beyond_the_letters_of_the_locale_is_written_like_any_other(tmp_path):
    target = tmp_path / os.fsdecode("日本.toml".encode())
    ended = subprocess.run(
        [sys.executable, "-m", "workbook.command", "new", target, "--short"],
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONWARNINGS": ""},
        capture_output=True,
        timeout=120,
    )
    assert (ended.returncode, target.is_file()) == (0, True), ended.stderr


@pytest.mark.parametrize("line", [["calc", "-"], ["ask", "answered.toml"], ["batch", "-", "-o", "out"]])
def test_a_closed_standard_input_is_refused_in_a_sentence(tmp_path, line):
    ended = in_a_shell(line, "<&-", tmp_path)
    assert ended.returncode == 4
    assert "standard input: cannot be read (Bad file descriptor)" in ended.stderr.splitlines()[-1]
    assert not (tmp_path / "state").exists(), "there is a log, as of an internal error"


def test_a_terminal_that_is_said_to_have_no_width_still_shows_everything(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "0")
    terminal.console().print("Remediation, then freelancers")
    assert capsys.readouterr().out.split() == ["Remediation,", "then", "freelancers"]
