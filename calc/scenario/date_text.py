"""Days as text, or as the number that spreadsheets count them by, in the ways that can mean one day only."""

from __future__ import annotations

import re
from datetime import date, timedelta

from calc.scenario.faults import shown
from calc.scenario.limits import Days
from calc.scenario.number_text import SPACES, UNSEEN
from calc.scenario.schema import FIELDS
from calc.scenario.unclear_value import UnclearValueError

# The day before the first one that spreadsheets count.
DAY_ZERO = date(1899, 12, 30)
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ][\d:.]+z?)?")
YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?: [\d:.]+)?")
DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]{3,9})\.?,?[ -](\d{4})")
MONTH_NAMED = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
SERIAL = re.compile(r"\d{5,8}(?:\.\d+)?", re.ASCII)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def calculated_day(number: float) -> date:
    """The day of a serial number that was calculated; past the year 9999 the last that Python and spreadsheets have."""
    return DAY_ZERO + timedelta(days=int(min(number, (date.max - DAY_ZERO).days)))


def date_of_serial(number: float, day_zero: int = 0) -> date:
    """The day of a serial number, its time left out. day_zero: where the workbook counts from, see `Book`.

    Raises UnclearValueError for a number that is no day of a calendar.
    """
    days = FIELDS["project.start"].limit
    assert isinstance(days, Days)
    first, last = (days.first - DAY_ZERO).days, (days.last - DAY_ZERO).days
    if first <= number + day_zero < last + 1:
        return DAY_ZERO + timedelta(days=int(number + day_zero))
    digits = f"{number:.0f}"
    if len(digits) == 8 and number == int(number) and (day := _day(digits[:4], digits[4:6], digits[6:])):
        raise UnclearValueError(f"{digits}", f"did you mean {day}?", str(day))
    raise UnclearValueError(f"{number:g}")


def date_of_text(text: str) -> date:
    """The day that a text means; with points the day comes first, with slashes that is not known.

    Raises UnclearValueError, with both readings where there are two.
    """
    folded = SPACES.sub(" ", UNSEEN.sub("", text)).strip().lower()
    if SERIAL.fullmatch(folded):
        return date_of_serial(float(folded))
    if match := YEAR_FIRST.fullmatch(folded):
        return _known(text, _day(match[1], match[3], match[4]))
    if match := YEAR_LAST.fullmatch(folded):
        one, mark, other, year = match.groups()
        readings = dict.fromkeys(day for day in (_day(year, other, one), _day(year, one, other)) if day)
        if mark == "." or len(readings) == 1:
            return _known(text, _day(year, other, one) if mark == "." else next(iter(readings)))
        question = f"did you mean {' or '.join(map(str, readings))}?" if readings else ""
        raise UnclearValueError(shown(text), question)
    if match := DAY_NAMED.fullmatch(folded):
        return _known(text, _day(match[3], _month(match[2]), match[1]))
    if match := MONTH_NAMED.fullmatch(folded):
        return _known(text, _day(match[3], _month(match[1]), match[2]))
    raise UnclearValueError(shown(text))


def _month(name: str) -> str:
    months = [
        number for number, month in enumerate(MONTHS, 1) if month.startswith(name) or (name == "sept" and number == 9)
    ]
    return str(months[0]) if len(months) == 1 else "0"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _known(text: str, day: date | None) -> date:
    if day is None:
        raise UnclearValueError(shown(text))
    return day
