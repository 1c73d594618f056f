"""Reads a received workbook in a child process with limits on memory and time, so that this process always survives."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

import orjson

from workbook.files import confined
from workbook.receive.intake import limits
from workbook.receive.intake.book import BETWEEN, ONLY, WITHOUT, Book, from_plain
from workbook.receive.intake.received import refused
from workbook.receive.intake.unsafe import SAVE_AGAIN, WHOLE, Finding, Unsafe

# -P and -S: nothing is imported from the current folder, where received files lie, nor from installed packages.
COMMAND = ("-P", "-S", "-m", f"{__package__}.reader")


def cells(path: str | os.PathLike[str], without: Sequence[Collection[str]] = (), only: Collection[str] = ()) -> Book:
    """Every value, formula and defined name of a received .xlsx or .ods. Raises Refused.

    without: groups of sheets of an .xlsx; of the first group that is there as a whole the cells may be left out, as those of
    the workings, which take most of the time and hold no input. Whether such a sheet is dangerous is judged all the same,
    and `Book.whole` has its cells for a formula that leads there. only: the sheets of an .xlsx that are wanted, all for
    none; the others are there without their cells, and nobody has judged what is in them.
    """
    try:
        answer = _answer(Path(path).absolute(), without, only)
        if "book" in answer:
            book = from_plain(answer["book"])
            book.read_again = lambda name: cells(path, only=[name]).sheets[name]
            return book
        raise Unsafe(*(Finding(*finding) for finding in answer["findings"]))
    except Unsafe as unsafe:
        raise refused(str(path), unsafe) from None


def _answer(path: Path, without: Sequence[Collection[str]], only: Collection[str]) -> dict:
    try:
        wish = [WITHOUT + BETWEEN.join(names) for names in without] + [ONLY + BETWEEN.join(only)] * bool(only)
        return orjson.loads(confined.answer((*COMMAND, path, *wish), limits.SECONDS))
    except confined.TooLongError:
        says = f"could not be read within {limits.SECONDS} seconds of processor time"
        raise Unsafe(Finding(WHOLE, says, "save it again, or try on a less busy machine")) from None
    except confined.BusyError as busy:
        says = f"could not be read within {busy.seconds:g} seconds, since this machine is busy"
        raise Unsafe(Finding(WHOLE, says, "try again when it is less busy; the file may well be sound")) from None
    except ValueError as error:  # a path that no system takes
        if isinstance(error, orjson.JSONDecodeError):
            raise _no_answer("half an answer") from None
        raise Unsafe(Finding(WHOLE, "no such file", "")) from None
    except confined.NoAnswerError as ended:
        raise _no_answer(str(ended)) from None


def _no_answer(why: str) -> Unsafe:
    return Unsafe(Finding(WHOLE, f"could not be read, the reader ended without an answer: {why}", SAVE_AGAIN))
