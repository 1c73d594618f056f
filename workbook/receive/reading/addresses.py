"""Where a cell is, by its address, and how a place is shown."""

from __future__ import annotations

from workbook.files.address import Place, address, row_and_column
from workbook.receive.intake.limits import LAST_COLUMN, LAST_ROW


def position(text: str) -> tuple[int, int] | None:
    """$B$3 -> (3, 2); None if it is not a cell."""
    place = row_and_column(text)
    return place if place and place[0] <= LAST_ROW and place[1] <= LAST_COLUMN else None


def shown_place(place: Place) -> str:
    """Sheet and cell: Inputs!C12, 'My inputs'!C12."""
    sheet, row, column = place
    quoted = sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{address(row, column)}"
