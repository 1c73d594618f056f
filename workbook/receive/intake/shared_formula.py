"""A formula that many cells share: written once, its relative references moved by each cell's distance."""

from __future__ import annotations

import re
from typing import NamedTuple

from workbook.files.address import column_letters, column_number
from workbook.receive.intake.grid import LAST_COLUMN, LAST_ROW

# Texts, quoted sheets and brackets are kept; a column without a row, or a row without a column, only counts in a range.
_KEPT = r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\[(?:[^\[\]']|'.|\[[^\[\]]*\])*\]"
_CELL = r"(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!])"
_COLUMNS = r"(?<![\w.$])(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w.(!])"
_ROWS = r"(?<![\w.$:])(\$?)([1-9][0-9]{0,6}):(\$?)([1-9][0-9]{0,6})(?![\w.(!:])"
TOKENS = re.compile(rf"{_KEPT}|{_CELL}|{_COLUMNS}|{_ROWS}", re.ASCII)
# What stands in the place of a reference that leads off the sheet.
OFF = "#REF!"
# Columns that are moved together: more would take memory for all references of a long formula in each of them.
AT_A_TIME = 64

Axis = tuple[str, int]  # what fixes it ("$" or nothing), and its number
Reference = tuple[Axis | None, Axis | None]  # column and row
Part = tuple[str, Axis | None, Axis | None]  # the text before a reference, and the reference


class _Row(NamedTuple):
    """The formula in one row. text: with a place for each reference that moves along; moving: column and row of those."""

    text: str
    moving: tuple[tuple[int, str], ...]


class SharedFormula:
    """The formula of the first cell, taken apart once, and once more for each row: cells side by side are hundreds."""

    def __init__(self, formula: str) -> None:
        self.length = len(formula)
        self._parts: list[Part] = []
        self._last: tuple[int | None, _Row] = (None, _Row("", ()))
        end = 0
        for match in TOKENS.finditer(formula):
            before = formula[end : match.start()]
            for joined, (column, row) in zip((before, ":"), _references(match), strict=False):
                self._parts.append((joined, column, row))
                end = match.end()
        self._end = formula[end:]

    def moved(self, rows: int, columns: int) -> str:
        """The formula that many rows further down and columns further right; a reference off the sheet is #REF!."""
        return self.moved_along(rows, range(columns, columns + 1))[0]

    def moved_along(self, rows: int, columns: range) -> list[str]:
        """The formulas of cells side by side, that many rows further down."""
        if self._last[0] != rows:
            self._last = rows, self._row(rows)
        text, moving = self._last[1]
        if not moving:
            return [text % ()] * len(columns)
        # Reference by reference, since most of a row is one formula.
        made: list[str] = []
        for first in columns[::AT_A_TIME]:
            count = min(AT_A_TIME, columns.stop - first)
            cells = (_cells_along(first + column, count, row) for column, row in moving)
            made += map(text.__mod__, zip(*cells, strict=True))
        return made

    def _row(self, rows: int) -> _Row:
        pieces: list[str] = []
        moving: list[tuple[int, str]] = []
        for before, column, row in self._parts:
            number = row[1] + (0 if row[0] else rows) if row else 1
            down = f"{row[0]}{number}" if row else ""
            if not 1 <= number <= LAST_ROW:
                cell = OFF
            elif column is None:
                cell = down
            elif column[0]:
                cell = _cell(column[0], column[1], down)
            else:
                cell = "%s"
                moving.append((column[1], down))
            pieces += [before.replace("%", "%%"), cell]
        return _Row("".join(pieces) + self._end.replace("%", "%%"), tuple(moving))


def _cells_along(first: int, count: int, row: str) -> list[str]:
    """The cells of a row from a column on."""
    if first >= 1 and first + count - 1 <= LAST_COLUMN:
        return [letters + row for letters in map(column_letters, range(first, first + count))]
    return [_cell("", column, row) for column in range(first, first + count)]


def _cell(fixed: str, column: int, row: str) -> str:
    return f"{fixed}{column_letters(column)}{row}" if 1 <= column <= LAST_COLUMN else OFF


def _references(match: re.Match[str]) -> list[Reference]:
    """The references in a token: one cell, the two ends of a range of whole columns or rows, or none."""
    fixed, letters, row_fixed, row, *ranges = match.groups()
    left_fixed, left, right_fixed, right, top_fixed, top, end_fixed, end = ranges
    if row and column_number(letters.upper()) <= LAST_COLUMN:  # else a name such as XYZ1
        return [((fixed, column_number(letters.upper())), (row_fixed, int(row)))]
    if left:
        ends = (left_fixed, column_number(left.upper())), (right_fixed, column_number(right.upper()))
        return [(ends[0], None), (ends[1], None)]
    if top:
        return [(None, (top_fixed, int(top))), (None, (end_fixed, int(end)))]
    return []
