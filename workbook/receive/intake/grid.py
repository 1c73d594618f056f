"""Addresses of cells as they stand in files: A1, Sheet!$A$1, $Sheet.$A$1."""

from __future__ import annotations

import re
from functools import lru_cache

from workbook.files.address import column_number
from workbook.receive.intake.limits import LAST_COLUMN, LAST_ROW

LETTERS = re.compile(r"[A-Z]{1,3}", re.ASCII)
_SHEET = r"(?:'((?:[^']|'')+)'|([^'!.:\[\]]+))"
_ABSOLUTE = r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})"
NAMED = re.compile(rf"{_SHEET}!{_ABSOLUTE}(?::{_ABSOLUTE})?", re.ASCII)
NAMED_IN_ODS = re.compile(rf"\$?{_SHEET}\.{_ABSOLUTE}(?::\.?{_ABSOLUTE})?", re.ASCII)


@lru_cache(LAST_COLUMN)
def column_of(text: str) -> int:
    """The number of a column from A to XFD; 0 if there is none of this name."""
    number = column_number(text) if LETTERS.fullmatch(text) else 0
    return number if number <= LAST_COLUMN else 0


def named_position(text: str, ods: bool = False) -> tuple[str, int, int] | None:
    """The sheet, row and column that a name means; None if it means anything but one cell."""
    match = (NAMED_IN_ODS if ods else NAMED).fullmatch(text.strip())
    if not match:
        return None
    quoted, bare, letters, row, to_letters, to_row = match.groups()
    place = _inside(letters.upper(), row)
    if place is None or (to_row and _inside(to_letters.upper(), to_row) != place):
        return None
    return (quoted.replace("''", "'") if quoted else bare, *place)


def _inside(letters: str, row: str) -> tuple[int, int] | None:
    down, right = int(row), column_number(letters)
    return (down, right) if down <= LAST_ROW and right <= LAST_COLUMN else None
