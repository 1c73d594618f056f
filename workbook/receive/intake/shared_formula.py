"""A formula that many cells share: written once, its relative references moved by each cell's distance."""

from __future__ import annotations

import re

from workbook.files.address import column_letters, column_number
from workbook.receive.intake.grid import LAST_COLUMN, LAST_ROW

# Texts, quoted sheets and brackets are kept; a column without a row, or a row without a column, only counts in a range.
_KEPT = r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\[(?:[^\[\]']|'.|\[[^\[\]]*\])*\]"
_CELL = r"(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!])"
_COLUMNS = r"(?<![\w.$])(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w.(!])"
_ROWS = r"(?<![\w.$:])(\$?)([1-9][0-9]{0,6}):(\$?)([1-9][0-9]{0,6})(?![\w.(!:])"
TOKENS = re.compile(rf"{_KEPT}|{_CELL}|{_COLUMNS}|{_ROWS}", re.ASCII)

Axis = tuple[str, int]  # what fixes it ("$" or nothing), and its number
Reference = tuple[Axis | None, Axis | None]  # column and row
Part = tuple[str, Axis | None, Axis | None]  # the text before a reference, and the reference


class SharedFormula:
    """The formula of the first cell, taken apart once."""

    def __init__(self, formula: str) -> None:
        self.length = len(formula)
        self._parts: list[Part] = []
        end = 0
        for match in TOKENS.finditer(formula):
            before = formula[end : match.start()]
            for joined, (column, row) in zip((before, ":"), _references(match), strict=False):
                self._parts.append((joined, column, row))
                end = match.end()
        self._end = formula[end:]

    def moved(self, rows: int, columns: int) -> str:
        """The formula that many rows further down and columns further right; a reference off the sheet is #REF!."""
        parts = []
        for before, column, row in self._parts:
            text = across = ""
            if column:
                number = column[1] if column[0] else column[1] + columns
                across = column[0] + column_letters(number) if 1 <= number <= LAST_COLUMN else "#REF!"
            if row and across != "#REF!":
                number = row[1] if row[0] else row[1] + rows
                text = f"{row[0]}{number}" if 1 <= number <= LAST_ROW else "#REF!"
            parts.append(before + (text if text == "#REF!" else across + text))
        return "".join(parts) + self._end


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
