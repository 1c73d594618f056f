"""Progress on and off a terminal, and an interruption."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.bulk.batches import ROOT, rows, stamps
from workbook.bulk.batch import running
from workbook.command import progress


def test_without_a_terminal_progress_is_a_line_every_few_seconds(monkeypatch, capsys):
    clock = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    with progress.Progress(100) as watch:
        for number in range(1, 51):
            clock[0] += 0.5
            watch(Counter(written=number), "a row\x1b[31m" if number == 5 else "")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "a row\\x1b[31m"
    assert lines[1:] == [
        "20 of 100 rows (20%), 2.0 a second, 40 s left",
        "40 of 100 rows (40%), 2.0 a second, 30 s left",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_on_a_terminal_progress_is_a_bar_with_rate_and_time_left(tmp_path, done):
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "workbook.command", "batch", str(done[0]), "-o", str(tmp_path / "out"), "--jobs", "1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    ended = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while ended.poll() is None or not shown:
        try:
            shown += os.read(ours, 65536)
        except OSError:
            break
    ended.wait(60)
    assert (ended.returncode, ended.stdout.read().decode()) == (0, f"{tmp_path / 'out' / 'portfolio.xlsx'}\n")
    assert b"5/5" in shown
    assert b"/s" in shown
    assert re.search(rb"\d:\d\d:\d\d", shown)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interruption_ends_with_exit_code_130_and_leaves_whole_workbooks(tmp_path):
    portfolio = rows(tmp_path / "p.csv", 60)
    line = [
        sys.executable,
        "-m",
        "workbook.command",
        "batch",
        str(portfolio),
        "-o",
        str(tmp_path / "out"),
        "--jobs",
        "2",
    ]
    started = subprocess.Popen(line, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)})
    until = time.monotonic() + 60
    while len(list((tmp_path / "out" / "workbooks").glob("*.xlsx"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    started.send_signal(signal.SIGINT)
    _, errors = started.communicate(timeout=60)
    assert (started.returncode, errors.splitlines()[-1]) == (130, b"interrupted")
    assert b"Traceback" not in errors
    there = stamps(tmp_path / "out")
    assert 3 <= len(there) < 60
    assert all(name.startswith("id-") for name in there)


def test_texts_of_a_row_are_kept_printable_and_short_in_the_manifest():
    assert running.plain("a\nb\x1b\ud800" + "x" * 1000) == "a\\x0ab\\x1b\\ud800" + "x" * 295
