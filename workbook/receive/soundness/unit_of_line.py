"""Rule 4: a unit on every line.

An input that holds a number, and a formula that gives one, has a unit somewhere in its row, right below it, or above it
in its column: past the cells of its own kind, among the nearest cells that head the column. What stands under the
heading "Unit" is a unit whatever it says. A date needs none, nor does a number that its format hides, as where a colour
stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Cell, Contents, Sheet
from workbook.receive.soundness.units import is_unit

HEADING_ROWS = 4  # a column is headed by its label, its unit and its id; there may be a blank row too
NO_UNIT = (";;;", "14")  # hidden, and Excel's own date


def breaches(workbook: Contents) -> Iterator[Breach]:
    """The first cell of every line that has no unit."""
    for sheet in workbook.sheets.values():
        named, headed = _rows_with_unit(sheet), _headed(sheet)
        lines = [cell for cell in sheet.cells.values() if _is_line(cell) and cell.row not in named]
        bare = {(cell.row, cell.column): cell for cell in lines if (cell.row, cell.column) not in headed}
        for (row, column), cell in bare.items():
            if (row - 1, column) not in bare and (row, column - 1) not in bare:
                yield Breach(4, sheet.name, cell.address, "no unit in its row, below it or above it in its column")


def _is_line(cell: Cell) -> bool:
    bare = cell.look.format in NO_UNIT or "yy" in cell.look.format.lower()
    return cell.is_number and not bare and (cell.formula is not None or not cell.look.locked)


def _names_unit(cell: Cell) -> bool:
    """A unit's text, unless it is typed, as the currency is."""
    return cell.look.locked and is_unit(cell.value)


def _rows_with_unit(sheet: Sheet) -> set[int]:
    headed = {cell.column: cell.row for cell in sheet.cells.values() if cell.value == "Unit"}
    return {
        cell.row
        for cell in sheet.cells.values()
        if _names_unit(cell) or (cell.value and cell.row > headed.get(cell.column, cell.row))
    }


def _headed(sheet: Sheet) -> set[tuple[int, int]]:
    """The figures with a unit above: the first of a column among its headings, the others by way of the one above."""
    figures: dict[tuple[int, int], bool] = {}
    for (row, column), cell in sheet.cells.items():
        if (cell.formula is not None or cell.is_number) and not _names_unit(cell):
            above = figures.get((row - 1, column))
            figures[row, column] = _unit_near(sheet, row, column) if above is None else above
    return {place for place, headed in figures.items() if headed}


def _unit_near(sheet: Sheet, row: int, column: int) -> bool:
    below = sheet.cells.get((row + 1, column))
    if below is not None and _names_unit(below):
        return True
    for step in range(1, HEADING_ROWS + 1):
        above = sheet.cells.get((row - step, column))
        if above is not None and _names_unit(above):
            return True
        if above is not None and (above.formula is not None or above.is_number):
            return False
    return False
