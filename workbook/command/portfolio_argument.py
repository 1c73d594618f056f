"""The portfolio that a command line names: a file, or standard input, which is kept in a file while it is read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import typer

from workbook.command.scenario_argument import STANDARD_INPUT
from workbook.command.text_file import INPUT, refused

BEGINNING, BLOCK = 4096, 1 << 20


class Form(StrEnum):
    csv = "csv"
    jsonl = "jsonl"
    xlsx = "xlsx"


@contextmanager
def portfolio_file(name: Path, form: Form | None) -> Iterator[Path]:
    """The file that holds the portfolio. form: of standard input; without it, how the input begins says it.

    A portfolio is read several times, which a pipe does not allow. Raises Refused where standard input is empty or cannot
    be read, and BadParameter where a file has a form besides its ending.
    """
    from calc.scenario.faults import Refused
    from workbook.files.temporary import temporary_folder

    if str(name) != STANDARD_INPUT:
        if form:
            raise typer.BadParameter("is for standard input; a file's ending says its form", param_hint="--format")
        yield name
        return
    with temporary_folder() as folder:
        kept = _kept(sys.stdin.buffer, form, folder)
        try:
            yield kept
        except Refused as refused:
            if refused.where == str(kept):
                raise Refused(INPUT, refused.faults) from None
            raise


def _kept(stream: BinaryIO, form: Form | None, folder: Path) -> Path:
    """The input as a file that is named for its form. Raises Refused where there is nothing, or nothing to be read."""
    from workbook.files.temporary import kept_for_a_while

    beginning = _read(stream, BEGINNING)
    if not beginning.strip():
        raise refused(INPUT, "empty", "send a portfolio: CSV, JSON Lines or xlsx")
    kept = folder / f"stdin.{form or _form(beginning)}"
    block = beginning
    with kept_for_a_while(), kept.open("wb") as file:
        while block:
            file.write(block)
            block = _read(stream, BLOCK)
    return kept


def _read(stream: BinaryIO, most: int) -> bytes:
    try:
        return stream.read(most)
    except OSError as error:
        raise refused(INPUT, f"cannot be read ({error.strerror or error})") from None


def _form(beginning: bytes) -> Form:
    if beginning.startswith(b"PK"):
        return Form.xlsx
    return Form.jsonl if beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else Form.csv
