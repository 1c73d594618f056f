"""Text made from values, in Python and as a formula: joining with &, numbers with TEXT and amounts with FIXED.

All run over whole columns of scenarios. A number is rounded as Excel rounds it: half away from zero, on what 15 digits
show of it. A number with decimals, or a date, is no part of a text: format codes for these are read in the language of
whoever opens the workbook, so such a value gets a cell of its own with a number format.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from calc.native import native, rounded
from workbook.files.agreed import SAFE_CODES
from workbook.write.formula.expression import Expression, Untraceable, call, literal, operation
from workbook.write.formula.tracing import TRACED, Symbol, expression_of


def joined(*parts):
    """The parts, one after the other. Each is a text, an array of texts, or a symbol."""
    if any(isinstance(part, Symbol) for part in parts):
        whole = expression_of(parts[0])
        for part in parts[1:]:
            whole = operation("&", whole, expression_of(part))
        return Symbol(whole)
    whole = np.asarray(parts[0], dtype=object)
    for part in parts[1:]:
        whole = whole + np.asarray(part, dtype=object)
    return whole


@native
def formatted(value, code: str):
    """The value as text by one of `SAFE_CODES`: a whole number, or a share in percent. Missing is an empty text. (...)."""
    percent = _safe(code).endswith("%")
    return _texts(value, lambda n: f"{_whole(n * 100 if percent else n)}{'%' if percent else ''}")


@native
def amount(value):
    """The value as a whole number with its thousands grouped as the reader's language does; here, as in English. (...)."""
    return _texts(value, lambda n: f"{_whole(n):,}")


def _safe(code: str) -> str:
    if code not in SAFE_CODES:
        raise Untraceable(f"the code {code} means something else in other languages; give the number its own cell")
    return code


def _texts(numbers: ArrayLike, text: Callable[[Decimal], str]) -> np.ndarray:
    texts = ["" if n != n else text(Decimal(f"{n:.15g}")) for n in np.ravel(numbers).tolist()]
    return np.array(texts, dtype=object).reshape(np.shape(numbers))


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


# Engines differ in how TEXT and FIXED round a half; ROUND is the same everywhere.


def _formatted(value: Any, code: str) -> Expression:
    whole = rounded(value, 2 if _safe(code).endswith("%") else 0)
    return call("TEXT", expression_of(whole), literal(code))


def _amount(value: Any) -> Expression:
    return call("FIXED", expression_of(rounded(value, 0)), literal(0))


@native
def same_text(first, second):
    """Whether two values read the same; an empty cell is an empty text, and so not the number 0. Arrays of any kind."""
    pairs = np.broadcast(first, second)
    return np.array([_plain(a) == _plain(b) for a, b in pairs]).reshape(pairs.shape)


def _plain(value: object) -> object:
    return "" if value is None or value != value else value


def _same_text(first: Any, second: Any) -> Expression:
    empty = literal("")
    left, right = (operation("&", expression_of(side), empty) for side in (first, second))
    return operation("=", left, right)


TRACED |= {formatted: _formatted, amount: _amount, same_text: _same_text}
