"""Formulas that people type into inputs, calculated here: the value that the file keeps beside one is never trusted.

Numbers, + - * / ^ %, parentheses, cells of the workbook, and SUM, AVERAGE, MIN, MAX and ROUND. Whatever else a formula
says is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from workbook.intake import Book, Cell
from workbook.reading.addresses import position
from workbook.reading.openformula import excel_form

TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d{1,3})?)
    |(?P<function>[A-Za-z]+)\(
    |(?P<cells>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)
    |(?P<mark>[-+*/^%(),]))\s*""",
    re.VERBOSE,
)
DEEPEST, MOST_CELLS = 20, 20_000
Values = list[float]


class BeyondError(ValueError):
    """A formula that is more than arithmetic."""


def _rounded(values: Values) -> float:
    number, digits = (*values, 0.0)[:2]
    return float(Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-int(digits)), rounding=ROUND_HALF_UP))


FUNCTIONS: dict[str, Callable[[Values], float]] = {
    "SUM": sum,
    "AVERAGE": lambda values: sum(values) / len(values),
    "MIN": min,
    "MAX": max,
    "ROUND": _rounded,
}


def calculated(book: Book, sheet: str, formula: str) -> float:
    """The value of a formula that stands on the sheet. Raises BeyondError."""
    try:
        return _Calculation(book).value(sheet, formula, 0)
    except (ArithmeticError, ValueError, IndexError, TypeError, RecursionError) as error:
        raise BeyondError(str(error)) from None


class _Calculation:
    """The formulas that one formula leads to, each calculated once; together they read no more cells than a person types."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._known: dict[tuple[str, str], float] = {}
        self._left = MOST_CELLS

    def value(self, sheet: str, formula: str, depth: int) -> float:
        if depth > DEEPEST:
            raise BeyondError("it reads itself, or goes too far")
        if (sheet, formula) not in self._known:
            text = excel_form(formula) if self.book.format == "ods" else formula
            self._known[sheet, formula] = float(_Reader(self, sheet, text.lstrip("="), depth).whole())
        return self._known[sheet, formula]

    def spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise BeyondError("it reads too many cells")


class _Reader:
    """One formula, read from left to right; each method reads what binds tighter than the one before."""

    def __init__(self, calculation: _Calculation, sheet: str, text: str, depth: int) -> None:
        self._calculation, self._sheet, self._depth = calculation, sheet, depth
        self._tokens = list(_tokens(text))[::-1]

    def whole(self) -> float:
        value = self._sum()
        if self._tokens:
            raise BeyondError(self._tokens[-1][1])
        return value

    def _next(self) -> str:
        return self._tokens[-1][1] if self._tokens else ""

    def _sum(self) -> float:
        value = self._product()
        while self._next() in ("+", "-"):
            sign = 1 if self._tokens.pop()[1] == "+" else -1
            value += sign * self._product()
        return value

    def _product(self) -> float:
        value = self._power()
        while self._next() in ("*", "/"):
            value = value * self._power() if self._tokens.pop()[1] == "*" else value / self._power()
        return value

    def _power(self) -> float:
        value = self._percent()
        while self._next() == "^":
            self._tokens.pop()
            value = value ** self._percent()
        return value

    def _percent(self) -> float:
        value = self._one()
        while self._next() == "%":
            self._tokens.pop()
            value /= 100
        return value

    def _one(self) -> float:
        kind, text = self._tokens.pop()
        if kind == "number":
            return float(text)
        if kind == "cells":
            (value,) = self._cells(text)
            return value
        if kind == "function":
            return FUNCTIONS[text.upper()](self._arguments())
        if text in ("-", "+"):
            return -self._percent() if text == "-" else self._percent()
        if text != "(":
            raise BeyondError(text)
        value = self._sum()
        if self._tokens.pop()[1] != ")":
            raise BeyondError("a parenthesis that does not close")
        return value

    def _arguments(self) -> Values:
        values: Values = []
        while True:
            kind, text = self._tokens[-1]
            if kind == "cells" and ":" in text:
                self._tokens.pop()
                values += self._cells(text)
            else:
                values.append(self._sum())
            if self._tokens.pop()[1] == ")":
                return values

    def _cells(self, text: str) -> Values:
        home, _, place = text.rpartition("!")
        sheet = home.strip("'").replace("''", "'") or self._sheet
        ends = [position(end) for end in place.split(":")]
        if None in ends or sheet not in self._calculation.book.sheets:
            raise BeyondError(text)
        (top, left), (bottom, right) = ends[0], ends[-1]
        self._calculation.spend(max(bottom - top + 1, 0) * max(right - left + 1, 0))
        cells = self._calculation.book.sheets[sheet].cells
        places = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        return [self._value(sheet, cells[place]) for place in places if _is_filled(cells.get(place))] or [0.0]

    def _value(self, sheet: str, cell: Cell) -> float:
        if cell.formula is not None:
            return self._calculation.value(sheet, cell.formula, self._depth + 1)
        if not isinstance(cell.value, float):
            raise BeyondError("it reads a text")
        return cell.value


def _is_filled(cell: Cell | None) -> bool:
    return cell is not None and (cell.formula is not None or cell.value not in (None, ""))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match or match.end() == at:
            raise BeyondError(text[at : at + 20])
        if match["function"] and match["function"].upper() not in FUNCTIONS:
            raise BeyondError(match["function"])
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()
