"""The course of an interview, without any words on a screen: what is asked next, what was said, and one step back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calc import catalogue
from calc.interview.short_form import asked_fields
from calc.interview.standing import Standing, standing
from calc.scenario import Defaults, Refused, Scenario, exchange_in, scenario
from calc.scenario.basis import fields_in
from calc.scenario.defaults import RATE, with_currency
from calc.scenario.exchange import DOLLAR, lacks_rate
from calc.scenario.faults import Fault, problem, shown
from calc.scenario.schema import ENDS, FIELDS
from calc.scenario.spelled import currency_of, fault_of
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import asked

# Between the numbers of a range: a comma with a blank after it, so that a decimal comma is none.
BETWEEN = re.compile(r"\s*;\s*|,\s+|\s+-\s+|\s*\.\.\.?\s*|\s+to\s+")


@dataclass(frozen=True)
class Step:
    """One thing to ask. dotted: its name in a scenario; default: the value if nothing is said, None for none.

    swing: of a question, the share of the cases in which its answer changes the outcome; None for a field.
    """

    dotted: str
    default: Any
    swing: float | None = None

    @property
    def question(self) -> str:
        """The question's id; empty for a field."""
        section, _, name = self.dotted.partition(".")
        return name if section == "answers" else ""


class Interview:
    """What is known of one project, and what is asked next. values: what was said here, by dotted name, in that order."""

    def __init__(self, data: Mapping[str, Any], defaults: Mapping[str, Any], company: Defaults | None = None) -> None:
        """data: a scenario as far as it is there, in plain data. defaults: of fields that have none, by dotted name.

        company: what holds where neither says anything; nobody is asked for that.
        """
        self.data, self.defaults, self.company = data, defaults, company or Defaults()
        self.values: dict[str, Any] = {}
        self._done: list[str] = []

    def step(self) -> Step | None:
        """What is asked next; None where nothing that is left could change the result."""
        for dotted in self._fields():
            if dotted not in self._done and not self._is_given(dotted):
                return Step(dotted, self._default(dotted))
        return self._question()

    def _fields(self) -> Iterator[str]:
        needs_rate = self.currency() != DOLLAR
        return (dotted for dotted in asked_fields() if dotted != RATE or needs_rate)

    def _question(self) -> Step | None:
        now = self.standing()
        if now is None or now.is_settled:
            return None
        left = (swing for swing in now.ask if f"answers.{swing.question}" not in self._done)
        return next((Step(f"answers.{swing.question}", "unknown", swing.swing) for swing in left), None)

    def answer(self, step: Step, text: str) -> None:
        """Take an answer as it was typed. Raises Refused with what is allowed; nothing has changed then."""
        self._take(step, meant(step.dotted, text, self._with_currency()))

    def take_default(self, step: Step) -> None:
        """Leave it at its default. Raises Refused where there is none."""
        if step.dotted in self.defaults:
            self._take(step, step.default)
        elif step.dotted == RATE and step.default is None:
            raise Refused(step.dotted, [problem(RATE, "is needed: how many units of the currency is one US dollar?")])
        else:
            self._done.append(step.dotted)

    def _take(self, step: Step, value: Any) -> None:
        before = dict(self.values)
        self.values[step.dotted] = value
        try:
            scenario(self.plain(), defaults=self.company)
        except Refused as refused:
            own = [fault for fault in refused.faults if fault.field == step.dotted]
            if own:
                self.values = before
                raise Refused(step.dotted, own) from None
        self._done.append(step.dotted)

    def back(self) -> bool:
        """Take the last answer back, so that it is asked again; whether there was one."""
        if not self._done:
            return False
        self.values.pop(self._done.pop(), None)
        return True

    def plain(self) -> dict[str, Any]:
        """What is known, as plain data."""
        data = {key: dict(value) if isinstance(value, Mapping) else value for key, value in self.data.items()}
        for dotted, value in self.values.items():
            section, _, name = dotted.partition(".")
            data.setdefault(section, {})[name] = value
        return data

    def currency(self) -> str:
        """The currency that amounts are in."""
        return currency_of(self._with_currency().get("project", {}))

    def _with_currency(self) -> dict[str, Any]:
        """What is known, with the company's currency and rate where no other is named."""
        return with_currency(self.plain(), self.company)

    def scenario(self) -> Scenario | None:
        """The scenario so far; None while something is missing without which there is none."""
        try:
            return scenario(self.plain(), defaults=self.company)
        except Refused:
            return None

    def standing(self) -> Standing | None:
        """What is recommended so far; None while there is no scenario."""
        given = self.scenario()
        return standing(given) if given else None

    def _default(self, dotted: str) -> Any:
        """What holds where nothing is said: what the data has, or the default; None for a rate that only the user knows."""
        if dotted == RATE and lacks_rate(self._with_currency().get("project", {})):
            return None
        section, _, name = dotted.partition(".")
        return self.data.get(section, {}).get(name, self.defaults.get(dotted, FIELDS[dotted].default))

    def _is_given(self, dotted: str) -> bool:
        """Whether the data or the company has a value that somebody chose; a default may be one that nobody has looked at."""
        section, _, name = dotted.partition(".")
        if name not in self.data.get(section, {}) and dotted != RATE and dotted in dict(fields_in(self.company.data)):
            return True
        own = self._with_currency().get(section, {})
        return name in own and own[name] != FIELDS[dotted].default


def meant(dotted: str, text: str, data: Mapping[str, Any]) -> Any:
    """The value of a field or an answer as it was typed: one value, or low, likely and high. Raises Refused.

    data: the scenario so far, for its currency.
    """
    currency = currency_of(data.get("project", {}))
    about = asked(dotted)
    assert about, f"{dotted} is no field or question"
    field = FIELDS.get(dotted)
    allowed = field.allowed(exchange_in(data)) if field else "yes, no or unknown"
    parts = BETWEEN.split(text.strip().strip("[]").strip()) if field and field.is_estimate else [text]
    try:
        if len(parts) not in (1, len(ENDS)):
            raise UnclearValueError(f"{shown(text)}, {len(parts)} values")
        values = [about.meaning(part, currency) for part in parts]
    except UnclearValueError as unclear:
        fault = Fault(dotted, shown(text), allowed, field.example if field else "yes")
        raise Refused(dotted, [fault_of(fault, unclear)]) from None
    plain = [int(value) if isinstance(value, float) and value.is_integer() else value for value in values]
    return plain[0] if len(plain) == 1 else plain


def why_asked(question: str) -> list[str]:
    """What a question means, and where its sources ask it."""
    about = catalogue.questions()[question]
    places: dict[str, list[str]] = {}
    for reference in about.asked_by:
        places.setdefault(catalogue.sources()[reference.source].title, []).append(reference.place)
    return [about.help, *(f"Asked by “{title}”: {'; '.join(found)}." for title, found in places.items())]
