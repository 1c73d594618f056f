"""Formulas that people type into inputs, calculated here: the value that a file keeps beside one is never trusted.

Arithmetic over numbers and cells of the workbook; any other formula is reported.
"""

from __future__ import annotations

import math

from workbook.receive.intake import Book, Cell
from workbook.receive.reading.addresses import position
from workbook.receive.reading.arithmetic import Arithmetic, BeyondError, Values
from workbook.receive.reading.openformula import excel_form

DEEPEST, MOST_CELLS = 20, 20_000


def calculated(book: Book, sheet: str, formula: str) -> float:
    """The value of a formula that stands on the sheet. Raises BeyondError."""
    try:
        value = _Calculation(book).value(sheet, formula, 0)
        if not math.isfinite(value):
            raise BeyondError("a number too large")
        return value
    except (ArithmeticError, ValueError, IndexError, TypeError, RecursionError) as error:
        raise BeyondError(str(error)) from None


class _Calculation:
    """The formulas that one formula leads to, each calculated once; together they read no more than a person types."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[tuple[str, str], float] = {}
        self._left = MOST_CELLS

    def value(self, sheet: str, formula: str, depth: int) -> float:
        if depth > DEEPEST:
            raise BeyondError("it reads itself, or goes too far")
        if (sheet, formula) not in self._known:
            text = excel_form(formula) if self._book.format == "ods" else formula
            read = Arithmetic(text.lstrip("="), lambda cells: self._cells(cells, sheet, depth))
            self._known[sheet, formula] = read.value()
        return self._known[sheet, formula]

    def _cells(self, text: str, sheet: str, depth: int) -> Values:
        home, _, place = text.rpartition("!")
        home = home.strip("'").replace("''", "'") or sheet
        ends = [corner for end in place.split(":") if (corner := position(end))]
        if len(ends) != 1 + place.count(":") or home not in self._book.sheets:
            raise BeyondError(text)
        (top, left), (bottom, right) = ends[0], ends[-1]
        self._left -= max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if self._left < 0:
            raise BeyondError("it reads too many cells")
        cells = self._book.whole(home).cells
        places = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        return [self._value(home, cells[place], depth) for place in places if _is_filled(cells.get(place))] or [0.0]

    def _value(self, sheet: str, cell: Cell, depth: int) -> float:
        if cell.formula is not None:
            return self.value(sheet, cell.formula, depth + 1)
        if not isinstance(cell.value, float):
            raise BeyondError("it reads a text")
        return cell.value


def _is_filled(cell: Cell | None) -> bool:
    return cell is not None and (cell.formula is not None or cell.value not in (None, ""))
