"""How a command ends: exit codes, errors in a sentence, the log, interruptions."""

import os
import signal
import subprocess
import sys

import pytest

from tests.command.runner import APP_BUILT, MINIMAL, ROOT, run
from workbook.command import log


def test_an_internal_error_is_one_line_that_says_where_the_log_is(minimal, monkeypatch, logs):
    monkeypatch.setattr("calc.results.results", lambda given, **options: 1 / 0)
    ended = run("calc", minimal)
    assert ended.exit_code == 1
    assert ended.stderr == f"internal error, ZeroDivisionError: division by zero; details: {logs}\n"
    assert "Traceback" in logs.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_debug_shows_the_traceback_wherever_it_stands(minimal, monkeypatch, logs, place):
    monkeypatch.setattr("calc.results.results", lambda given, **options: 1 / 0)
    line = ["calc", str(minimal)]
    line.insert(place, "--debug")
    ended = run(*line)
    assert ended.exit_code == 1
    assert "Traceback" in ended.stderr
    assert "ZeroDivisionError" in ended.stderr


def test_debug_changes_nothing_where_nothing_goes_wrong(minimal):
    assert run("calc", minimal, "--debug").stdout == run("calc", minimal).stdout


def test_a_log_that_cannot_be_written_does_not_hide_the_error(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(log, "user_folder", lambda: tmp_path / "file" / "x")
    monkeypatch.setattr(log.tempfile, "gettempdir", lambda: str(tmp_path / "file"))
    assert "--debug" in str(log.logged("text"))


@pytest.mark.parametrize(
    "line",
    [
        ["calc"],
        ["calc", ""],
        ["build", ""],
        ["calc", "a", "b"],
        ["calc", "--frobnicate"],
        ["frobnicate"],
        ["facts", "--x"],
    ],
)
def test_wrong_usage_ends_with_2_and_a_hint(line):
    ended = run(*line)
    assert ended.exit_code == 2
    assert "Usage: engagement" in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ["no such file", "engagement new"]),
        ("folder", ["a folder"]),
        (b"\xff\xfe[\x00p\x00", ["UTF-16", "UTF-8"]),
        (b"[\x00p\x00", ["UTF-16", "save it as text in UTF-8"]),
        (b'[project]\nname = "\xe9"\n', ["not UTF-8 at byte 19"]),
        (b"x" * 4_000_001, ["more than 4 MB"]),
        (b"# " + b"x" * 1_000_001, ["1,000,003 characters"]),
        (b"[project\n", ["invalid TOML"]),
        (b'{"project": ', ["invalid JSON"]),
        (b"", ["project.name", "project.start"]),
        (b"{" * 100_000, ["invalid JSON"]),
    ],
)
def test_a_file_that_is_not_a_scenario_is_refused_in_a_sentence(tmp_path, content, words):
    path = tmp_path / "given.toml"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    ended = run("calc", path)
    assert ended.exit_code == 4
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"{path}: ")
    assert all(word in ended.stderr for word in words)
    assert "Traceback" not in ended.stderr


def test_a_name_that_no_file_can_have_is_refused():
    assert run("calc", "x" * 5000).exit_code == 4
    assert run("calc", "a\0b").exit_code == 4


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interruption_ends_with_130_and_without_a_traceback(tmp_path):
    os.mkfifo(tmp_path / "slow.toml")
    line = [sys.executable, "-m", "workbook.command", "calc", str(tmp_path / "slow.toml")]
    started = subprocess.Popen(line, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)})
    # Opening it waits until the command has opened it too, and waits for its text.
    with (tmp_path / "slow.toml").open("wb"):
        started.send_signal(signal.SIGINT)
        _, errors = started.communicate(timeout=30)
    assert (started.returncode, errors) == (130, b"interrupted\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize(
    "line", [["calc", str(APP_BUILT)], ["calc", str(APP_BUILT), "--json"], ["facts"], ["new", "-"]]
)
def test_a_reader_that_leaves_early_is_no_error(line):
    reading, writing = os.pipe()
    os.close(reading)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = [sys.executable, "-m", "workbook.command", *line]
    ended = subprocess.run(started, stdout=writing, stderr=subprocess.PIPE, env=environment, timeout=60)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of the system")
@pytest.mark.parametrize(
    "line", [("calc", "bad.toml"), ("build", "bad.toml", "-o", "."), ("batch", "-", "-o", "out", "--shard", "9/3")]
)
def test_what_a_refusal_says_fits_a_terminal_of_80_columns(tmp_path, line):
    (tmp_path / "bad.toml").write_text(
        MINIMAL + "horizon_months = 999\n[work]\ncore_hours = [5, 3, 1]\n", encoding="utf-8"
    )
    assert max(map(len, on_terminal(tmp_path, 80, *line).splitlines())) <= 80


def on_terminal(folder, columns, *arguments):
    """What the command shows on a terminal of so many columns."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "workbook.command", *arguments]
    subprocess.run(
        line, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment, timeout=60, check=False
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # the end, on Linux
            part = b""
        if not part:
            os.close(ours)
            return shown.decode()
        shown += part
