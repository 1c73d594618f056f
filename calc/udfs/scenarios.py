"""The scenarios in the ranges of a call: one from a list of fields, or one from each row of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from calc.model import CASES, Model, model_for
from calc.results.evaluation import TARGETS
from calc.udfs.cells import Grid, UnusableError, choice, grid, omitted, shown, within_reason
from calc.udfs.field_names import Field
from calc.udfs.from_cells import case_of, scenario_of
from calc.udfs.ranges import Found, head_row, listed
from calc.udfs.table import Table

ALL_TARGETS = (
    *TARGETS, "stage_start", "stage_end", "stage_cost", "stage_start_date", "stage_end_date", "peak_spend",
    "core_hours_delivered", "phases_paid", "stable_months", "run_start",
)  # fmt: skip


class Scenarios(Protocol):
    """One or many scenarios, evaluated together. faults: row -> its fault as a sentence; blank: the rows without a value."""

    @property
    def model(self) -> Model: ...

    @property
    def number(self) -> int: ...

    @property
    def faults(self) -> Mapping[int, str]: ...

    @property
    def blank(self) -> frozenset[int]: ...

    def values(self, targets: Sequence[str], cost_case: str | None) -> dict[str, np.ndarray]:
        """The targets as arrays (row, *dimensions), in the case, or in each scenario's own where it is None."""


class One:
    """The one scenario of a list of fields, with the case and the path that the list asks for."""

    number = 1
    faults: Mapping[int, str] = MappingProxyType({})
    blank: frozenset[int] = frozenset()

    def __init__(self, argument: str, cells: Found) -> None:
        self.scenario = scenario_of(argument, cells)
        self.model = model_for()
        self.cost_case = case_of(argument, cells)
        self.view = {field.name: cell for field, cell in cells.items() if field.kind == "view"}
        self.dated = Field("date", "project", "start") in cells
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
    """The scenarios of a call. answers, parameters: more fields, for one scenario or for all rows of a table."""
    if omitted(cells):
        raise UnusableError("scenario", "found nothing", "a range with fields and their values")
    first = within_reason("scenario", grid(cells))
    others = (("answers", answers), ("parameters", parameters))
    more = tuple((name, within_reason(name, grid(each))) for name, each in others if not omitted(each))
    head = head_row(first)
    if head is not None:
        return Table("scenario", first[head], first[head + 1 :], _joined(more))
    ranges = (("scenario", first), *more)
    return _one(ranges, tuple(tuple(map(type, row)) for _, cells in ranges for row in cells))


def one_scenario(cells: Any, answers: Any = None, parameters: Any = None) -> One:
    """The one scenario of a call that takes no table."""
    given = scenarios_in(cells, answers, parameters)
    if not isinstance(given, One):
        raise UnusableError("scenario", "found a table of scenarios", "one scenario: two columns, field and value")
    return given


def named_case(cells: Any) -> str | None:
    """The case that an argument names; None leaves it to the scenario."""
    return choice("cost_case", cells, CASES, "") or None


@lru_cache(maxsize=64)
def _one(ranges: tuple[tuple[str, Grid], ...], types: tuple) -> One:
    """Kept, since many cells of a sheet ask about the same scenario. types: of every cell, since FALSE equals 0."""
    return One("scenario", _joined(ranges))


def _joined(ranges: Sequence[tuple[str, Grid]]) -> Found:
    """The fields of several lists; a field must not have different values in two of them."""
    joined: Found = {}
    for name, cells in ranges:
        for field, cell in listed(name, cells).items():
            if joined.setdefault(field, cell) != cell:
                clash = f"{field.dotted} appears in two ranges, with {shown(joined[field])} and {shown(cell)}"
                raise UnusableError(name, clash, "once")
    return joined
