"""Turns the content of a cell into a number, a text, a date or an answer; ambiguous content is reported, not guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from calc.scenario.currencies import CODES
from calc.scenario.faults import shown
from workbook.receive.intake import Error
from workbook.receive.reading.content import Content
from workbook.receive.reading.dates import date_of_serial, date_of_text
from workbook.receive.reading.expected_inputs import Field
from workbook.receive.reading.numbers import SIGNS, number
from workbook.receive.reading.unclear_value import UnclearValueError

ANSWERS = ("yes", "no", "unknown")


def meaning(field: Field, cell: Content, currency: str = "") -> float | str | date | None:
    """The meaning of the field's cell; None for an empty one. currency: that of the workbook, once it is known."""
    value = cell.value
    if value is None:
        return None
    if isinstance(value, Error):
        raise UnclearValueError(f"the error {value}")
    if isinstance(value, bool):
        raise UnclearValueError(shown(value), _yes_no(field, value))
    return READERS[field.kind](field, cell, currency)


def _yes_no(field: Field, value: bool) -> str:
    return f"did you mean {'yes' if value else 'no'}?" if field.kind == "answer" else ""


def _number(field: Field, cell: Content, currency: str) -> float:
    if isinstance(cell.value, str):
        percent = "%" in cell.value
        value = number(cell.value, field.unit, currency, field.is_share)
    else:
        value = cell.number
        percent = cell.kind == "percent"
        if cell.kind == "date":
            raise UnclearValueError(f"{_day(cell)} (a date)", "did the program take a number for a date?")
        if percent and not field.is_share:
            raise UnclearValueError(
                f"{value:.10%} (a percentage)".replace("0" * 10, "").replace(".%", "%"), "where a number is meant"
            )
    if field.is_share and not percent and _may_be_percent(field, value):
        raise UnclearValueError(
            f"{value:g}", f"did you mean {value:g}%? Then type {value:g}%; for {value:g} times, {value * 100:g}%"
        )
    return value


def _may_be_percent(field: Field, value: float) -> bool:
    """Whether a share without a percent sign may be meant as one; departures have none, and 1 of them is 1."""
    return 1 < value <= 100 or (value == 1 and field.unit.startswith("share"))


def _day(cell: Content) -> str:
    try:
        return str(date_of_serial(cell.number, cell.day_zero))
    except UnclearValueError:
        return f"{cell.value:g}"


def _date(field: Field, cell: Content, currency: str) -> date:
    if isinstance(cell.value, float):
        return date_of_serial(cell.value, cell.day_zero)
    return date_of_text(str(cell.value))


def _answer(field: Field, cell: Content, currency: str) -> str:
    text = str(cell.value).strip().casefold()
    if text in ANSWERS:
        return text
    near = next((answer for answer in ANSWERS if text and answer.startswith(text)), "")
    raise UnclearValueError(shown(cell.value), f"did you mean {near}?" if near else "")


def _choice(field: Field, cell: Content, currency: str) -> str:
    """The word as the field has it; what it does not allow is refused by the scenario."""
    return str(cell.value).strip().casefold()


def _currency(field: Field, cell: Content, currency: str) -> str:
    text = str(cell.value).strip().upper()
    if text in CODES:
        return text
    codes = sorted(SIGNS.get(text.lower(), ()))
    raise UnclearValueError(shown(cell.value), f"did you mean {codes[0]}?" if len(codes) == 1 else "")


def _text(field: Field, cell: Content, currency: str) -> str:
    """A text as it stands; digits that a program took for a number are text again."""
    if isinstance(cell.value, str):
        return cell.value
    value = cell.number
    if cell.kind:
        raise UnclearValueError(
            f"{_day(cell)} (a date)" if cell.kind == "date" else f"{value:g} (a percentage)", "a text is meant here"
        )
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(value)


READERS: dict[str, Callable[[Field, Content, str], float | str | date]] = {
    "number": _number,
    "date": _date,
    "answer": _answer,
    "choice": _choice,
    "currency": _currency,
    "text": _text,
}
