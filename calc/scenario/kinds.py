"""The kinds of values in a scenario: strict, so that nothing is guessed. A kind says what it allows and gives an example."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from calc.scenario.currencies import CODES

FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2100, 12, 31)


def _printable(text: str) -> str:
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            raise ValueError("no tabs, line breaks, control characters or lone surrogates")
    return text


def _date(value: Any) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError("a date like 2026-12-01") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("a date like 2026-12-01")
    if not FIRST_DATE <= value <= LAST_DATE:
        raise ValueError(f"a date from {FIRST_DATE} to {LAST_DATE}")
    return value


def _currency(code: str) -> str:
    if code not in CODES:
        raise ValueError("an ISO 4217 code")
    return code


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _range(value: Any) -> Any:
    if isinstance(value, list | tuple):
        if len(value) != 3:
            raise ValueError("[low, likely, high]")
        numbers = [v for v in value if isinstance(v, int | float) and not isinstance(v, bool)]
        if len(numbers) == 3 and not numbers[0] <= numbers[1] <= numbers[2]:
            raise ValueError("[low, likely, high] in this order")
        return tuple(value)
    return value


Date = Annotated[date, BeforeValidator(_date)]
Currency = Annotated[str, AfterValidator(_currency)]


def text(shortest: int, longest: int) -> Any:
    return Annotated[str, Field(min_length=shortest, max_length=longest), AfterValidator(_printable)]


def number(low: float, high: float | None = None, above: bool = False) -> Any:
    bounds = {"gt" if above else "ge": low} | ({} if high is None else {"le": high})
    return Annotated[float, Field(allow_inf_nan=False, **bounds)]


def whole(low: int, high: int) -> Any:
    return Annotated[int, BeforeValidator(_whole), Field(ge=low, le=high)]


def estimate(low: float, high: float | None = None) -> Any:
    """A number, or [low, likely, high]."""
    one = number(low, high)
    return Annotated[one | tuple[one, one, one], BeforeValidator(_range)]
