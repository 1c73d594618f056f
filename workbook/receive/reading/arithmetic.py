"""Arithmetic as people type it into cells: + - * / ^ %, parentheses, SUM, AVERAGE, MIN, MAX and ROUND."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d{1,3})?)
    |(?P<function>[A-Za-z]+)\(
    |(?P<cells>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)
    |(?P<mark>[-+*/^%(),]))\s*""",
    re.VERBOSE,
)
Values = list[float]


class BeyondError(ValueError):
    """A formula that is more than arithmetic."""


def _rounded(values: Values) -> float:
    number, digits = (*values, 0.0)[:2]
    return float(Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-int(digits)), rounding=ROUND_HALF_UP))


def _power(base: float, exponent: float) -> float:
    """base ^ exponent, the same on every processor, which Python's `**` is not. As in Excel, 0^0 and (-8)^0.5 have none."""
    if base == 0 and exponent > 0:
        return 0.0
    if base == 0 or (base < 0 and exponent != int(exponent)):
        raise BeyondError("a power without a value")
    # With it NumPy is loaded, which to read inputs seldom needs.
    from calc.elementary import power

    size = float(power(abs(base), exponent))
    if not isfinite(size):
        raise BeyondError("a number too large")
    return -size if base < 0 and exponent % 2 else size


FUNCTIONS: dict[str, Callable[[Values], float]] = {
    "SUM": sum,
    "AVERAGE": lambda values: sum(values) / len(values),
    "MIN": min,
    "MAX": max,
    "ROUND": _rounded,
}


class Arithmetic:
    """One formula, read from left to right; each method reads what binds tighter than the one before.

    cells: gives the values of a reference such as B2 or Sheet!A1:A9. As in Excel a minus in front binds tighter than ^.
    """

    def __init__(self, text: str, cells: Callable[[str], Values]) -> None:
        self._cells = cells
        self._tokens = list(_tokens(text))[::-1]

    def value(self) -> float:
        value = self._sum()
        if self._tokens:
            raise BeyondError(self._tokens[-1][1])
        return float(value)

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
            value = _power(value, self._percent())
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


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match or match.end() == at:
            raise BeyondError(text[at : at + 20])
        if match["function"] and match["function"].upper() not in FUNCTIONS:
            raise BeyondError(match["function"])
        kind = match.lastgroup or ""
        yield kind, match[kind]
        at = match.end()
