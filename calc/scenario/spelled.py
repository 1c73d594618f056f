"""The texts in plain data that stand for numbers, days and answers, read as `value` reads them, each with a note or a fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from calc.scenario.exchange import DOLLAR
from calc.scenario.faults import Fault
from calc.scenario.schema import SECTIONS
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Asked, asked, is_noted, noted

CURRENCY = Asked("currency")


class Spelled:
    """Plain data as it was given, and what it means.

    data: every value that can be read in the form that the scenario has, all else as it was given. unclear: field ->
    what its value may mean; notes: on values that were spelled in another way.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.unclear: dict[str, UnclearValueError] = {}
        self.notes: list[str] = []
        self._currency = currency_of(data.get("project", {}))
        self.data = {key: self._section(key, value) for key, value in data.items()}

    def _section(self, section: str, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        if section == "overrides":
            return {model: self._fields(f"overrides.{model}", own) for model, own in given.items()}
        known = section in SECTIONS or section in ("answers", "weights")
        return self._fields(section, given) if known else given

    def _fields(self, table: str, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {name: self._value(f"{table}.{name}", value) for name, value in given.items()}

    def _value(self, dotted: str, given: Any) -> Any:
        """A value, or every number of a range."""
        field = asked(dotted)
        if field is None or field.kind == "text":
            return given
        if isinstance(given, list | tuple) and field.kind == "number":
            return [self._one(dotted, field, value) for value in given]
        if isinstance(given, Mapping) and dotted.startswith("overrides."):
            return {end: self._one(dotted, field, value) for end, value in given.items()}
        return self._one(dotted, field, given)

    def _one(self, dotted: str, field: Asked, given: Any) -> Any:
        """A single value. Numbers of a file are numbers, and only texts, days and answers can be spelled in other ways."""
        if not _is_spelled(field, given):
            return given
        try:
            meant = field.meaning(given, self._currency)
        except UnclearValueError as unclear:
            if unclear.question:
                self.unclear.setdefault(dotted, unclear)
            return given
        if is_noted(given, meant) and (note := f"{dotted}: {noted(given, meant)}") not in self.notes:
            self.notes.append(note)
        return meant


def fault_of(about: Fault, unclear: UnclearValueError) -> Fault:
    """The fault of a value that cannot be read without guessing. about: what its field allows, where it stands."""
    says = f"{unclear.says}: {unclear.question}" if unclear.question else unclear.says
    return Fault(about.field, says, about.allowed, unclear.example or about.example)


def _is_spelled(field: Asked, given: Any) -> bool:
    if isinstance(given, str):
        return bool(given)
    if isinstance(given, bool):
        return field.kind == "answer"
    if field.kind == "date":
        return isinstance(given, int | float) or (isinstance(given, date) and type(given) is not date)
    return False


def currency_of(project: Any) -> str:
    """The currency of the scenario; an empty text where it is unclear."""
    code = project.get("currency", DOLLAR) if isinstance(project, Mapping) else ""
    try:
        return str(CURRENCY.meaning(code))
    except UnclearValueError:
        return ""
