"""The scenarios in the ranges of a call: one from a list of fields, or one from each row of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from calc.model import CASES, Model, model_for
from calc.results.evaluation import TARGETS
from calc.scenario import Refused, Scenario, scenario
from calc.udfs.cells import Cell, Grid, Unusable, choice, day, grid, number, omitted, shown, text
from calc.udfs.fields import Field
from calc.udfs.ranges import Found, head_row, listed

# What stands in for the name and the start where nothing needs them.
UNNAMED, UNDATED = "unnamed", "2000-01-01"
ALL_TARGETS = (
    *TARGETS, "stage_start", "stage_end", "stage_cost", "stage_start_date", "stage_end_date", "peak_spend", "core_hours_delivered",
    "phases_total", "stable_months", "run_start",
)  # fmt: skip
ANSWERS = {True: "yes", False: "no"}


class Scenarios(Protocol):
    """One or many scenarios, evaluated together. faults: row -> what is wrong with it; blank: rows that say nothing."""

    model: Model
    number: int
    faults: Mapping[int, str]
    blank: frozenset[int]

    def values(self, targets: Sequence[str], cost_case: str | None) -> dict[str, np.ndarray]:
        """The targets as arrays of shape (row, *dimensions), in the case, or in each scenario's own where it is None."""


class One:
    """The one scenario of a list of fields, with the case and the path that the list asks for."""

    number, faults, blank = 1, {}, frozenset()

    def __init__(self, argument: str, found: Found) -> None:
        self.scenario = scenario_of(argument, found)
        self.model = model_for()
        self.cost_case = case_of(argument, found)
        self.plan_path = found.get(Field("view", "view", "plan_path"))
        self.dated = Field("date", "project", "start") in found
        self._known: dict[str, dict[str, np.ndarray]] = {}

    def values(self, targets: Sequence[str], cost_case: str | None) -> dict[str, np.ndarray]:
        case = cost_case or self.cost_case
        if case not in self._known:
            self._known[case] = self.model.evaluate([self.scenario], ALL_TARGETS, case)
        missing = [target for target in targets if target not in self._known[case]]
        if missing:
            self._known[case] |= self.model.evaluate([self.scenario], missing, case)
        return self._known[case]


def scenarios_in(cells: Any, answers: Any = None, parameters: Any = None) -> Scenarios:
    """The scenarios of a call. answers, parameters: further lists of fields, for one scenario or for all rows of a table."""
    if omitted(cells):
        raise Unusable("scenario", "found nothing", "a range with fields and their values")
    first = grid(cells)
    more = tuple((name, grid(each)) for name, each in (("answers", answers), ("parameters", parameters)) if not omitted(each))
    head = head_row(first)
    if head is not None:
        from calc.udfs.table import Table

        return Table("scenario", first[head], first[head + 1 :], _joined(more))
    return _one((("scenario", first), *more))


def one_scenario(cells: Any, answers: Any = None, parameters: Any = None) -> One:
    """The one scenario of a call that takes no table."""
    found = scenarios_in(cells, answers, parameters)
    if not isinstance(found, One):
        raise Unusable("scenario", "found a table of scenarios", "one scenario: two columns, field and value")
    return found


def named_case(cells: Any) -> str | None:
    """The case that an argument names; None leaves it to the scenario."""
    return choice("cost_case", cells, CASES, "") or None


@lru_cache(maxsize=64)
def _one(ranges: tuple[tuple[str, Grid], ...]) -> One:
    """Kept, since many cells of a sheet ask about the same scenario."""
    return One("scenario", _joined(ranges))


def _joined(ranges: Sequence[tuple[str, Grid]]) -> Found:
    """The fields of several lists; none may stand in two of them with different values."""
    found: Found = {}
    for name, cells in ranges:
        for field, cell in listed(name, cells).items():
            if found.setdefault(field, cell) != cell:
                where = f"{field.dotted} stands in two ranges, with {shown(found[field])} and {shown(cell)}"
                raise Unusable(name, where, "once")
    return found


def case_of(argument: str, found: Found) -> str:
    """The case that the field view.case asks for; likely where it is missing."""
    try:
        return choice("view.case", found.get(Field("view", "view", "case")), CASES, "likely")
    except Unusable as error:
        raise Unusable(argument, str(error)) from None


def scenario_of(argument: str, found: Found) -> Scenario:
    """The scenario that the fields describe, checked like one from a file. Raises Unusable with the first fault."""
    try:
        return scenario(plain(argument, found), argument)
    except Refused as refused:
        fault, more = refused.faults[0], len(refused.faults) - 1
        others = f" (and {more} more)" if more else ""
        if not fault.allowed:
            raise Unusable(argument, f"{fault.field} {fault.found}, {fault.example}{others}") from None
        example = f", for example {fault.example}" if fault.example else ""
        allowed = fault.allowed.replace(", or [low, likely, high]", "").replace(", or low, likely and high in this order", "")
        raise Unusable(argument, f"{fault.field} found {fault.found}{others}", f"{allowed}{example}") from None


def plain(argument: str, found: Found) -> dict:
    """The fields as data in the form of the scenario file."""
    data: dict[str, dict] = {"project": {"name": UNNAMED, "start": UNDATED}}
    ranges: dict[tuple[str, str], dict[str, Any]] = {}
    for field, cell in found.items():
        if field.kind in ("estimate", "override"):
            ranges.setdefault((field.section, field.name), {})[field.end] = as_plain(field, cell)
        elif field.kind != "view":
            data.setdefault(field.section, {})[field.name] = as_plain(field, cell)
    for (section, name), ends in ranges.items():
        head, _, model = section.partition(".")
        if model and "likely" not in ends:
            field = Field("override", section, name).dotted.removeprefix("overrides.")
            raise Unusable(argument, f"{field} has an own low or high value alone", "an own likely value beside it")
        home = data.setdefault(head, {}).setdefault(model, {}) if model else data.setdefault(head, {})
        home[name] = _range(name, ends, bool(model))
    return data


def as_plain(field: Field, cell: Cell) -> Any:
    """A cell as the scenario file would have it; what it cannot be is left as it is, and refused with what is allowed."""
    if field.kind == "text":
        return text(cell)
    if field.kind == "date":
        return day(cell) or cell
    if field.kind == "answer":
        return ANSWERS[cell] if isinstance(cell, bool) else cell.strip().lower() if isinstance(cell, str) else cell
    value = number(cell)
    return cell if value is None else value


def _range(name: str, ends: dict[str, Any], is_override: bool) -> Any:
    """A single number, or low, likely and high with the ends that are missing filled in."""
    from calc.scenario.schema import ESTIMATES, field_of

    likely = ends["likely"] if is_override or "likely" in ends else field_of(f"{ESTIMATES[name]}.{name}").default
    if set(ends) == {"likely"}:
        return likely
    return [ends.get("low", likely), likely, ends.get("high", likely)]
