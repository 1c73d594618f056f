"""Data validations of input cells, made from the limits of the fields: the values that Excel accepts, and its messages."""

from __future__ import annotations

from datetime import date

from calc.model import DAY_ZERO
from calc.scenario.input_field import InputField
from calc.scenario.limits import Between, Choice, CurrencyCode, Days, Length

Rule = dict[str, object]
# Excel shows no more of a prompt or an error, and of their titles.
LONGEST, LONGEST_TITLE = 255, 32
# The cell with the exchange rate, by its defined name: bounds of money follow it.
RATE = "in_usd_rate"
# What Excel calls the smallest number above another that people may type; "between" includes its ends.
LEAST = 1e-15


def of_field(field: InputField) -> Rule:
    """The validation of the cell of a field, a single value."""
    allowed = f"Allowed: {field.of_one()}. Example: {field.example_in()}."
    messages = prompted(field.label, f"{field.about} {allowed}", allowed, field.is_optional)
    if isinstance(field.limit, Choice):
        return messages | {"type": "list", "formula1": f'"{",".join(field.limit.words)}"'}
    return messages | kind_of(field.limit, field.is_whole) | _between(*ends_of(field.limit))


def of_end(field: InputField, end: str, likely: str) -> Rule:
    """The validation of the low or high end of a range. likely: the address of its likely value."""
    lowest, highest = ends_of(field.between)
    side = "not above the likely value" if end == "low" else "not below the likely value"
    allowed = f"The {end} end of the range, {side}: {field.of_one()}. Empty: it follows the likely value."
    ends = (lowest, likely) if end == "low" else (likely, highest)
    title = f"{field.label}: {end} end"
    return prompted(title, allowed, allowed, True) | kind_of(field.between, field.is_whole) | _between(*ends)


def of_number(title: str, prompt: str, limit: Between, may_be_empty: bool) -> Rule:
    """The validation of a number that is no field of a section: a weight, or a figure of one's own."""
    error = f"Allowed: {limit.said()}{', or empty' if may_be_empty else ''}."
    return prompted(title, prompt, error, may_be_empty) | kind_of(limit) | _between(*ends_of(limit))


def prompted(title: str, prompt: str, error: str, may_be_empty: bool) -> Rule:
    """The messages of a validation, before and after typing."""
    title = title[:LONGEST_TITLE]
    texts = {"promptTitle": title, "prompt": prompt[:LONGEST], "errorTitle": title, "error": error[:LONGEST]}
    return texts | {"allow_blank": may_be_empty}


def kind_of(limit: Between | Days | Length | CurrencyCode, is_whole: bool = False) -> Rule:
    kinds = {
        Between: "whole" if is_whole else "decimal",
        Days: "date",
        Length: "textLength",
        CurrencyCode: "textLength",
    }
    return {"type": kinds[type(limit)]}


def ends_of(limit: Between | Days | Length | CurrencyCode) -> tuple[str, str]:
    """The lowest and the highest that may be typed, as formulas; those of money are multiplied by the exchange rate."""
    if isinstance(limit, Days):
        return _serial(limit.first), _serial(limit.last)
    if isinstance(limit, Length):
        return str(limit.shortest), str(limit.longest)
    if isinstance(limit, CurrencyCode):
        return "3", "3"
    low = limit.low + LEAST if limit.above else limit.low
    return _bound(low, limit.money), _bound(limit.high, limit.money)


def _between(low: str, high: str) -> Rule:
    return {"operator": "between", "formula1": low, "formula2": high}


def _bound(value: float, money: bool) -> str:
    plain = str(int(value)) if float(value).is_integer() else f"{value:.15f}".rstrip("0")
    return f"{plain}*{RATE}" if money and value else plain


def _serial(day: date) -> str:
    return str((day - DAY_ZERO).days)
