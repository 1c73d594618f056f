"""One value of a scenario as people and programs write it. Files, workbooks, portfolios and cells all read by this.

    asked(dotted)                  what a field asks for: a number of hours, an answer, a day
    asked(dotted).meaning(value)   the value in the form of the scenario; raises UnclearValueError where that would be guessing

A value is taken, or taken and noted where it was spelled in an unusual way (`is_noted`), or asked about with both of
its readings, or refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from calc import catalogue
from calc.scenario.currencies import CODES
from calc.scenario.date_text import date_of_serial, date_of_text
from calc.scenario.exchange import DOLLAR
from calc.scenario.faults import shown
from calc.scenario.limits import Choice, CurrencyCode, Days, Length
from calc.scenario.number_text import SIGNS, is_plain, number, without_marks
from calc.scenario.schema import ANSWERS, ENDS, FIELDS
from calc.scenario.unclear_value import UnclearValueError

Kind = Literal["text", "currency", "date", "number", "answer", "choice"]
Meaning = float | str | date
KINDS: Mapping[type, Kind] = {Length: "text", CurrencyCode: "currency", Days: "date", Choice: "choice"}
# What people put into an answer instead, in the languages of the spreadsheets that come back; x ticks a box.
SAID: Mapping[str, str] = {
    "true": "yes", "x": "yes", "✓": "yes", "✔": "yes", "ja": "yes", "oui": "yes", "si": "yes", "sí": "yes", "sì": "yes",
    "sim": "yes", "tak": "yes", "так": "yes", "wahr": "yes", "vrai": "yes",
    "false": "no", "nein": "no", "non": "no", "nee": "no", "não": "no", "nie": "no", "ні": "no", "falsch": "no",
    "faux": "no",
    "?": "unknown", "unbekannt": "unknown", "inconnu": "unknown", "don't know": "unknown", "don’t know": "unknown",
    "not known": "unknown",
}  # fmt: skip
# What single letters and digits probably stand for; too little to take.
PROBABLY: Mapping[str, str] = {"1": "yes", "0": "no", "j": "yes"}


@dataclass(frozen=True)
class Asked:
    """What a field asks for. is_share: a percentage may stand for it; in_dollars: an amount of the sources, which stays in
    US dollars whatever the project's currency is."""

    kind: Kind
    unit: str = ""
    is_share: bool = False
    in_dollars: bool = False

    def meaning(self, value: object, currency: str = "", shown_as: str = "", day_zero: int = 0) -> Meaning:
        """The value in the form of the scenario.

        currency: of the scenario, once it is known. shown_as: "date" or "percent" where a number is shown as one; day_zero:
        the day that such numbers count from, as days after that of Excel. Raises UnclearValueError.
        """
        if isinstance(value, bool):
            return self._of_truth(value)
        if isinstance(value, int | float):
            return self._of_number(float(value), shown_as, day_zero)
        if isinstance(value, date):
            return self._of_day(value)
        if not isinstance(value, str):
            raise UnclearValueError(shown(value))
        return self._of_text(value, DOLLAR if self.in_dollars else currency)

    def _of_truth(self, value: bool) -> Meaning:
        if self.kind == "answer":
            return "yes" if value else "no"
        raise UnclearValueError(shown(value))

    def _of_day(self, value: date) -> Meaning:
        if self.kind == "date":
            return value.date() if isinstance(value, datetime) else value
        raise UnclearValueError(f"{value} (a date)", _not_a_date(self.kind))

    def _of_number(self, value: float, shown_as: str, day_zero: int) -> Meaning:
        if self.kind == "date":
            return date_of_serial(value, day_zero)
        if self.kind == "number":
            return self._number(value, shown_as, day_zero)
        if shown_as:
            says = f"{_day(value, day_zero)} (a date)" if shown_as == "date" else f"{value:g} (a percentage)"
            raise UnclearValueError(says, "a text is meant here" if self.kind == "text" else "")
        text = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
        return text if self.kind == "text" else self._of_text(text, "")

    def _number(self, value: float, shown_as: str, day_zero: int) -> float:
        if shown_as == "date":
            raise UnclearValueError(f"{_day(value, day_zero)} (a date)", _not_a_date(self.kind))
        if shown_as == "percent" and not self.is_share:
            percentage = f"{value:.10%}".replace("0" * 10, "").replace(".%", "%")
            raise UnclearValueError(f"{percentage} (a percentage)", "where a number is meant")
        if shown_as != "percent":
            self._refuse_doubtful_share(value)
        return value

    def _of_text(self, text: str, currency: str) -> Meaning:
        if self.kind == "number":
            value = number(text, self.unit, currency, self.is_share)
            if "%" not in text:
                self._refuse_doubtful_share(value)
            return value
        if self.kind == "date":
            return date_of_text(text)
        if self.kind == "answer":
            return _answer(text)
        if self.kind == "currency":
            return _currency(text)
        if self.kind == "choice":
            # What the field does not allow is refused by the scenario.
            return "_".join(without_marks(text).split())
        return text

    def _refuse_doubtful_share(self, value: float) -> None:
        """Ask about a share that may be meant in percent; departures have no percentage, and 1 of them is 1."""
        if self.is_share and (1 < value <= 100 or (value == 1 and self.unit.startswith("share"))):
            meant = f"did you mean {value:g}%? Then type {value:g}%; for {value:g} times, {value * 100:g}%"
            raise UnclearValueError(f"{value:g}", meant)


@lru_cache(maxsize=4096)
def asked(dotted: str) -> Asked | None:
    """What the field of that name asks for, or an end of its range; None where no single value is asked for."""
    section, _, name = dotted.partition(".")
    if field := FIELDS.get(dotted):
        return Asked(KINDS.get(type(field.limit), "number"), field.unit, field.unit.startswith("share"))
    if section == "answers" and name in catalogue.questions():
        return Asked("answer")
    if section == "weights" and name in catalogue.lenses():
        return Asked("number", "weight")
    if section == "overrides" and (unit := _unit(*name.partition(".")[::2])) is not None:
        is_setting = name.startswith("decision.")
        return Asked("number", unit, unit.startswith(("share", "departures")), is_setting and unit.startswith(DOLLAR))
    whole, _, end = dotted.rpartition(".")
    return asked(whole) if end in ENDS and whole else None


def _unit(model: str, name: str) -> str | None:
    """The unit of a parameter of a model, or of a setting."""
    if model == "decision":
        setting = catalogue.settings().get(name)
        return setting.unit if setting else None
    parameter = catalogue.parameters().get(model, {}).get(name)
    return parameter.unit if parameter else None


def is_noted(given: object, meant: Meaning, shown_as: str = "") -> bool:
    """Whether what was given is worth a note: it is spelled otherwise than a scenario file has it.

    shown_as: `date` where a number is that of a day and its cell shows it as one, which is how spreadsheets spell days.
    """
    if shown_as == "date" and isinstance(given, float) and isinstance(meant, date):
        return not given.is_integer()  # the time of day, which is left out
    if isinstance(given, str):
        spelled = given.strip().casefold()
        plain = is_plain(spelled) if isinstance(meant, float) else spelled == str(meant).strip().casefold()
        return not plain
    return type(given) is not type(meant) and not isinstance(meant, float)


def noted(given: object, meant: Meaning) -> str:
    """The note: what was given, and what it was read as."""
    value = f"{meant:,.15g}" if isinstance(meant, float) else str(meant)
    if isinstance(given, float):
        return f"{given:.15g} was read as {repr(meant) if isinstance(meant, str) else value}"
    return f"{repr(given)[:60] if isinstance(given, str) else shown(given)} was read as {value}"


def _answer(text: str) -> str:
    spelled = without_marks(text)
    if spelled in ANSWERS:
        return spelled
    if spelled in SAID:
        return SAID[spelled]
    near = next((answer for answer in ANSWERS if spelled and answer.startswith(spelled)), PROBABLY.get(spelled, ""))
    raise UnclearValueError(shown(text), f"did you mean {near}?" if near else "")


def _currency(text: str) -> str:
    spelled = without_marks(text)
    if spelled.upper() in CODES:
        return spelled.upper()
    codes = sorted(SIGNS.get(spelled, ()))
    raise UnclearValueError(shown(text), f"did you mean {codes[0]}?" if len(codes) == 1 else "")


def _day(value: float, day_zero: int) -> str:
    try:
        return str(date_of_serial(value, day_zero))
    except UnclearValueError:
        return f"{value:g}"


def _not_a_date(kind: str) -> str:
    return "did the program take a number for a date?" if kind == "number" else "a text is meant here"
