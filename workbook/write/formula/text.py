"""The texts of `calc.text.live` as formulas: joining with &, numbers with TEXT and amounts with FIXED."""

from __future__ import annotations

from typing import Any

from calc.native import rounded
from calc.text.live import amount, formatted, joined, safe, same_text
from workbook.write.formula.expression import Expression, Untraceable, call, literal, operation
from workbook.write.formula.tracing import TRACED, expression_of

__all__ = ["amount", "formatted", "joined", "same_text"]


def _joined(*parts: Any) -> Expression:
    whole = expression_of(parts[0])
    for part in parts[1:]:
        whole = operation("&", whole, expression_of(part))
    return whole


# Engines differ in how TEXT and FIXED round a half; ROUND is the same everywhere.


def _formatted(value: Any, code: str) -> Expression:
    try:
        percent = safe(code).endswith("%")
    except ValueError as error:
        raise Untraceable(str(error)) from None
    return call("TEXT", expression_of(rounded(value, 2 if percent else 0)), literal(code))


def _amount(value: Any) -> Expression:
    return call("FIXED", expression_of(rounded(value, 0)), literal(0))


def _same_text(first: Any, second: Any) -> Expression:
    empty = literal("")
    left, right = (operation("&", expression_of(side), empty) for side in (first, second))
    return operation("=", left, right)


TRACED |= {joined: _joined, formatted: _formatted, amount: _amount, same_text: _same_text}
