"""Where a cell is, by its address, and how a place is shown."""

from __future__ import annotations

import re

from workbook.intake.grid import address, column_of
from workbook.intake.limits import LAST_ROW

CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)

Place = tuple[str, int, int]


def position(text: str) -> tuple[int, int] | None:
    """$B$3 -> (3, 2); None if there is no such cell."""
    match = CELL.fullmatch(text)
    if not match:
        return None
    row, column = int(match[2]), column_of(match[1])
    return (row, column) if column and row <= LAST_ROW else None


def shown_place(place: Place) -> str:
    """Sheet and cell: Inputs!C12, 'My inputs'!C12."""
    sheet, row, column = place
    quoted = sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{address(row, column)}"
