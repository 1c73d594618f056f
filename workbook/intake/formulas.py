"""Formulas as text: shared ones written out for their cell, and those that reach outside the workbook recognised."""

from __future__ import annotations

import re

from workbook.intake.grid import LAST_COLUMN, LAST_ROW, column_letters, column_number

_QUOTED = r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'"
_BRACKETS = r"\[(?:[^\[\]']|'.|\[[^\[\]]*\])*\]"
_CELL = r"(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!])"
_COLUMNS = r"(?<![\w.$])(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w.(!])"
_ROWS = r"(?<![\w.$:])(\$?)([1-9][0-9]{0,6}):(\$?)([1-9][0-9]{0,6})(?![\w.(!:])"
TOKENS = re.compile(rf"{_QUOTED}|{_BRACKETS}|{_CELL}|{_COLUMNS}|{_ROWS}", re.ASCII)

OUTSIDE_FUNCTIONS = re.compile(
    r"(?<![\w.])(?:_xlfn\.)?(DDE|DDEINITIATE|DDEEXECUTE|EXEC|CALL|REGISTER(?:\.ID)?|RTD|WEBSERVICE)\s*\(", re.IGNORECASE
)
TEXTS = re.compile(r"\"(?:[^\"]|\"\")*\"")
QUOTED_OR_ARRAY = re.compile(r"'(?:[^']|'')*'|\{[^{}]*\}")
FILE = re.compile(r"'(?:file|https?|ftp)://", re.IGNORECASE)


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula as it stands that many rows further down and columns further right; off the sheet is #REF!."""

    def moved(match: re.Match[str]) -> str:
        fixed, letters, row_fixed, row, left_fixed, left, right_fixed, right, top_fixed, top, end_fixed, end = match.groups()
        if row:
            if column_number(letters.upper()) > LAST_COLUMN:
                return match[0]  # no cell, but a name such as XYZ1
            return _joined(_column(fixed, letters, columns), _row(row_fixed, row, rows))
        if left:
            return _joined(_column(left_fixed, left, columns), ":", _column(right_fixed, right, columns))
        if top:
            return _joined(_row(top_fixed, top, rows), ":", _row(end_fixed, end, rows))
        return match[0]

    return TOKENS.sub(moved, formula)


def _column(fixed: str, letters: str, by: int) -> str | None:
    number = column_number(letters.upper())
    moved = number if fixed else number + by
    return fixed + column_letters(moved) if 1 <= moved <= LAST_COLUMN else None


def _row(fixed: str, row: str, by: int) -> str | None:
    moved = int(row) if fixed else int(row) + by
    return f"{fixed}{moved}" if 1 <= moved <= LAST_ROW else None


def _joined(*parts: str | None) -> str:
    return "#REF!" if None in parts else "".join(part for part in parts if part)


def reaches_outside(formula: str) -> str | None:
    """What the formula reaches for outside the workbook (DDE, other files, the network, programs), or None."""
    bare = TEXTS.sub("", formula)
    if found := OUTSIDE_FUNCTIONS.search(bare):
        return f"a formula that reaches outside the workbook ({found[1].upper()})"
    if FILE.search(bare):
        return "a formula that reads another file"
    if "|" in QUOTED_OR_ARRAY.sub("", bare):
        return "a formula that starts another program (DDE)"
    return None
