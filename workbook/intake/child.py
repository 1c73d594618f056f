"""Reads a received workbook in a child process with limits of memory and time: this process always goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson

import workbook
from workbook.intake import limits
from workbook.intake.book import Book, from_plain
from workbook.intake.received import refused
from workbook.intake.unsafe import SAVE_AGAIN, WHOLE, Finding, Unsafe

# -P and -S: nothing is imported from the current folder, where received files lie, nor from installed packages.
COMMAND = ("-P", "-S", "-m", "workbook.intake.reader")
ROOT = Path(workbook.__file__).resolve().parents[1]


def cells(path: str | os.PathLike[str]) -> Book:
    """Every value, formula and defined name of a received .xlsx or .ods. Raises Refused."""
    try:
        found = _answer(Path(path).absolute())
        if "book" in found:
            return from_plain(found["book"])
        raise Unsafe(*(Finding(*finding) for finding in found["findings"]))
    except Unsafe as unsafe:
        raise refused(str(path), unsafe) from None


def _answer(path: Path) -> dict:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    try:
        child = subprocess.run(
            [sys.executable, *COMMAND, path],
            env={**environment, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Unsafe(Finding(WHOLE, "takes too long to read", f"what is read in {limits.SECONDS} seconds")) from None
    except ValueError:  # a path that no system takes
        raise Unsafe(Finding(WHOLE, "nothing: no such file", "the path of a workbook")) from None
    try:
        return orjson.loads(child.stdout)
    except orjson.JSONDecodeError:
        last = child.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
        ended = f": {last}" if last else f" (exit {child.returncode})"
        raise Unsafe(Finding(WHOLE, f"not readable, the reader ended without an answer{ended}", SAVE_AGAIN)) from None
