"""The limits of fields, each said once.

A limit stands in the annotation of its field, as in `Annotated[float, Between(0, 1)]`. pydantic checks by it and writes
it into the JSON Schema; faults, comments, prompts and the validations of cells are made from it.

>>> Between(0, 1).holds(0.5), Between(0, 1).holds(True)
(True, False)
>>> Between(0, 2_000, money=True).said(Exchange("EUR", 0.92))
'a number from 0 to 1,840 (2,000 USD at 0.92 EUR per USD)'
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from calc.scenario.currencies import CODES
from calc.scenario.exchange import DOLLAR, Exchange

# Bounds are converted with a rounding; a value at the very bound is within it.
ROUNDING = 1e-12
SPREAD = ", or [low, likely, high]"


@dataclass(frozen=True)
class Between:
    """A number from low to high, both included; above: low itself is not.

    money: the bounds are in US dollars, and hold for amounts of the project's currency once they are converted. What
    depends on the rate pydantic cannot check; `calc.scenario.scenario` does.
    """

    low: float
    high: float
    above: bool = False
    money: bool = False

    def ends(self, exchange: Exchange | None = None) -> tuple[float, float]:
        """Low and high in the project's currency; without a rate no amount of money is too high."""
        if not self.money:
            return self.low, self.high
        rate = 1.0 if exchange is None else exchange.per_usd
        return self.low * rate, math.inf if exchange is None else self.high * rate

    def refuses(self, values: Any, rate: Any = None) -> Any:
        """Where values lie outside: one number or an array. NaN, an empty field, never does.

        rate: units of the currency per US dollar, of each value or of all; without it no amount of money is too high.
        """
        low, high = self.low, self.high
        if self.money:
            low, high = (low, math.inf) if rate is None else (low * rate, high * rate)
        too_low = values <= low if self.above else values < low
        return too_low | (values > high * (1 + ROUNDING))

    def holds(self, value: object, exchange: Exchange | None = None) -> bool:
        """Whether the value is a number, no truth value, within the bounds."""
        if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
            return False
        low, high = self.ends(exchange)
        return (value > low if self.above else value >= low) and value <= high * (1 + ROUNDING)

    def said(self, exchange: Exchange | None = None, kind: str = "a number") -> str:
        """The bounds in words, in US dollars where the rate is not known. kind: what lies between them."""
        if not self.money or exchange == Exchange():
            return f"{kind} {self._said(1)}"
        if exchange is None:
            return f"{kind} {self._said(1)} {DOLLAR} at the exchange rate"
        origin = f"{shown(self.high)} {DOLLAR} at {shown(exchange.per_usd)} {exchange.currency} per {DOLLAR}"
        return f"{kind} {self._said(exchange.per_usd)} ({origin})"

    def _said(self, rate: float) -> str:
        low, high = shown(self.low * rate), shown(self.high * rate)
        return f"above {low}, up to {high}" if self.above else f"from {low} to {high}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        kinds = get_args(source) or (source,)
        low: dict[str, Any] = {"gt" if self.above else "ge": self.low}
        high: dict[str, Any] = {} if self.money or math.isinf(self.high) else {"le": self.high}
        if int in kinds:
            one: CoreSchema = core_schema.no_info_before_validator_function(
                _whole, core_schema.int_schema(strict=True, **low, **high)
            )
        else:
            one = core_schema.float_schema(strict=True, allow_inf_nan=False, **low, **high)
        if is_estimate(source):
            three = core_schema.tuple_schema([one, one, one], strict=True)
            one = core_schema.no_info_before_validator_function(_in_order, core_schema.union_schema([one, three]))
        return core_schema.nullable_schema(one) if type(None) in kinds else one


@dataclass(frozen=True)
class Length:
    """Text of a limited length, all of it printable."""

    shortest: int
    longest: int

    def said(self, exchange: Exchange | None = None) -> str:
        count = f"{self.shortest} to {self.longest}" if self.shortest else f"up to {self.longest}"
        return f"text of {count} characters, without tabs or control characters"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = core_schema.str_schema(strict=True, min_length=self.shortest, max_length=self.longest)
        return core_schema.no_info_after_validator_function(_printable if self.shortest == 0 else _visible, plain)


@dataclass(frozen=True)
class Days:
    """A date from the first to the last, both included; as text it is written like 2026-12-01."""

    first: date
    last: date

    def said(self, exchange: Exchange | None = None) -> str:
        return f"a date from {self.first} to {self.last}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = core_schema.date_schema(strict=True, ge=self.first, le=self.last)
        return core_schema.no_info_before_validator_function(_date, plain)


@dataclass(frozen=True)
class CurrencyCode:
    """The code of a currency in use."""

    def said(self, exchange: Exchange | None = None) -> str:
        return "an ISO 4217 code of three capital letters"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = core_schema.str_schema(strict=True, min_length=3, max_length=3)
        return core_schema.no_info_after_validator_function(_code, plain)


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...]

    def said(self, exchange: Exchange | None = None) -> str:
        *rest, last = self.words
        return f"{', '.join(rest)} or {last}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.words))


Limit = Between | Length | Days | CurrencyCode | Choice


def is_estimate(kind: Any) -> bool:
    """Whether a field takes [low, likely, high] beside a single number."""
    return any(getattr(one, "__origin__", None) is tuple for one in get_args(kind))


def shown(number: float) -> str:
    """A bound as it is read: 2,000 and 1,000,000,000,000 and 0.001."""
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,.12g}"


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _in_order(value: Any) -> Any:
    if isinstance(value, list | tuple):
        if len(value) != 3:
            raise ValueError("[low, likely, high]")
        numbers = [v for v in value if isinstance(v, int | float) and not isinstance(v, bool)]
        if len(numbers) == 3 and not numbers[0] <= numbers[1] <= numbers[2]:
            raise ValueError("[low, likely, high] in this order")
        return tuple(value)
    return value


def _printable(text: str) -> str:
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            raise ValueError("no tabs, line breaks, control characters or lone surrogates")
    return text


def _visible(text: str) -> str:
    if is_blank(text):
        raise ValueError("more than blanks")
    return _printable(text)


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen: it holds blanks, and marks that only steer how others are written."""
    return all(character.isspace() or unicodedata.category(character) == "Cf" for character in text)


def _date(value: Any) -> date:
    if isinstance(value, str):
        try:
            # Not 20261201 or 2026-W49-2, which Python takes as well.
            value = date.fromisoformat(value) if value[4:5] == value[7:8] == "-" else None
        except ValueError:
            raise ValueError("a date like 2026-12-01") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("a date like 2026-12-01")
    return value


def _code(text: str) -> str:
    if text not in CODES:
        raise ValueError("an ISO 4217 code")
    return text
