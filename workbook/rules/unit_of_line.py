"""Rule 4: a unit on every line.

An input that holds a number, and a formula that gives one, has a unit somewhere in its row, or above it in its column: past the
cells of its own kind, among the nearest cells that head the column. What stands under the heading "Unit" is a unit whatever it
says. A date needs none, nor does a number that its format hides, as where a colour stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.rules.breach import Breach
from workbook.rules.contents import Cell, Contents, Sheet
from workbook.rules.units import is_unit

HEADING_ROWS = 4  # a column is headed by its label, its unit and its id; there may be a blank row too
NO_UNIT = (";;;", "14")  # hidden, and Excel's own date


def breaches(workbook: Contents) -> Iterator[Breach]:
    """The first cell of every line that has no unit."""
    for sheet in workbook.sheets.values():
        bare = {(c.row, c.column): c for c in sheet.cells.values() if _is_line(c) and not _unit(sheet, c)}
        for (row, column), cell in bare.items():
            if (row - 1, column) not in bare and (row, column - 1) not in bare:
                yield Breach(4, sheet.name, cell.address, "no unit in its row or above it in its column")


def _is_line(cell: Cell) -> bool:
    bare = cell.look.format in NO_UNIT or "yy" in cell.look.format.lower()
    return cell.is_number and not bare and (cell.formula is not None or not cell.look.locked)


def _unit(sheet: Sheet, cell: Cell) -> bool:
    return cell.row in _rows_with_unit(sheet) or _unit_above(sheet, cell)


def _rows_with_unit(sheet: Sheet) -> set[int]:
    if "_rows_with_unit" not in sheet.__dict__:
        headed = {cell.column: cell.row for cell in sheet.cells.values() if cell.value == "Unit"}
        sheet.__dict__["_rows_with_unit"] = {
            cell.row
            for cell in sheet.cells.values()
            if is_unit(cell.value) or (cell.value and cell.row > headed.get(cell.column, cell.row))
        }
    return sheet.__dict__["_rows_with_unit"]


def _unit_above(sheet: Sheet, cell: Cell) -> bool:
    row, heading = cell.row - 1, 0
    while row > 0 and heading < HEADING_ROWS:
        above = sheet.cells.get((row, cell.column))
        if above is not None and is_unit(above.value):
            return True
        figure = above is not None and (above.formula is not None or above.is_number)
        if figure and heading:
            return False
        heading += not figure
        row -= 1
    return False
