"""Text made from values, in Python and as a formula: joining with & and formatting with TEXT.

Both run over whole columns of scenarios. A number is rounded as Excel rounds it: half away from zero, on what 15 digits
show of it.
"""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from calc.model import DAY_ZERO
from calc.native import native, rounded
from workbook.formula.expression import call, literal, operation
from workbook.formula.tracing import TRACED, Symbol, expression_of

DAY = "yyyy-mm-dd"


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


def formatted(value, pattern: str):
    """The value as text: `#,##0`, `#,##0.0`, `0%` and the like, or `yyyy-mm-dd`; a missing value is an empty text."""
    if isinstance(value, Symbol):
        # Engines differ in how TEXT rounds a half; ROUND is the same everywhere.
        shown = value if pattern == DAY else rounded(value, decimals(pattern))
        return Symbol(call("TEXT", shown.expression, literal(pattern)))
    return np.array([format_one(v, pattern) for v in np.ravel(value)], dtype=object).reshape(np.shape(value))


def decimals(pattern: str) -> int:
    """Decimals of the number that a pattern shows; two more where it shows a share in percent."""
    return len(pattern.rstrip("%").partition(".")[2]) + (2 if pattern.endswith("%") else 0)


def format_one(value: float, pattern: str) -> str:
    if value != value:
        return ""
    if pattern == DAY:
        return (DAY_ZERO + datetime.timedelta(days=int(value))).isoformat()
    percent = pattern.endswith("%")
    digits = pattern.rstrip("%").partition(".")[2]
    number = Decimal(f"{value:.15g}") * (100 if percent else 1)
    rounded = number.quantize(Decimal(1).scaleb(-len(digits)), rounding=ROUND_HALF_UP)
    grouping = "," if "," in pattern else ""
    return f"{rounded + 0:{grouping}.{len(digits)}f}" + ("%" if percent else "")


@native
def same_text(one, other):
    """Whether two values read the same; an empty cell is an empty text, and so not the number 0. Arrays of any kind."""
    return np.array([_plain(a) == _plain(b) for a, b in np.broadcast(one, other)]).reshape(
        np.broadcast(one, other).shape
    )


def _plain(value: object) -> object:
    return "" if value is None or value != value else value


def _same_text(one, other):
    empty = literal("")
    left, right = (operation("&", expression_of(side), empty) for side in (one, other))
    return operation("=", left, right)


TRACED[same_text] = _same_text
