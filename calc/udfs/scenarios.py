"""The scenarios in the ranges of a call: one from a list of fields, or one from each row of a table.

Those from lists are remembered with their figures, as many as fit into MOST_BYTES: some 1,200 in one case each. A table
is evaluated anew in each call, and nothing of it stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from calc.model import CASES, Model, model_for
from calc.results.evaluation import TARGETS
from calc.udfs.cells import Grid, UnusableError, choice, grid, omitted, shown, within_reason
from calc.udfs.field_names import Field
from calc.udfs.from_cells import case_of, scenario_of
from calc.udfs.handle import handle_in, unpacked
from calc.udfs.ranges import Found, head_row, listed
from calc.udfs.remembered import Remembered
from calc.udfs.table import Table

ALL_TARGETS = (
    *TARGETS, "stage_start", "stage_end", "stage_start_date", "stage_end_date", "stage_paid", "stage_own_time",
    "stage_beyond", "stage_paid_so_far", "stage_saves", "peak_spend", "core_hours_delivered", "phases_paid",
    "stable_months", "run_start",
)  # fmt: skip
# What the remembered scenarios may take together; and what a cell of their ranges takes, a scenario without figures, and
# an array beside its numbers.
MOST_BYTES = 64 * 2**20
CELL_BYTES, SCENARIO_BYTES, ARRAY_BYTES = 120, 6_000, 250


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
    """The one scenario of a list of fields, with the case and the path that the list asks for.

    fields: as the list gives them; size: the bytes that it takes, with the figures that were asked for by now.
    """

    number = 1
    faults: Mapping[int, str] = MappingProxyType({})
    blank: frozenset[int] = frozenset()

    def __init__(self, argument: str, cells: Found, size: int = SCENARIO_BYTES) -> None:
        self.size, self.fields = size, cells
        self.scenario = scenario_of(argument, cells)
        self.model = model_for()
        self.cost_case = case_of(argument, cells)
        self.view = {field.name: cell for field, cell in cells.items() if field.kind == "view"}
        self.dated = Field("date", "project", "start") in cells
        self._known: dict[str, dict[str, np.ndarray]] = {}

    def values(self, targets: Sequence[str], cost_case: str | None) -> dict[str, np.ndarray]:
        case = cost_case or self.cost_case
        known = self._known.setdefault(case, {})
        missing = [target for target in targets if target not in known]
        if missing:
            found = self.model.evaluate([self.scenario], missing if known else (*ALL_TARGETS, *missing), case)
            self.size += sum(array.nbytes + ARRAY_BYTES for array in found.values())
            known |= found
        return known


REMEMBERED: Remembered[One] = Remembered(MOST_BYTES)


def scenarios_in(cells: Any, answers: Any = None, parameters: Any = None) -> Scenarios:
    """The scenarios of a call. answers, parameters: more fields, for one scenario or for all rows of a table."""
    if omitted(cells):
        raise UnusableError("scenario", "found nothing", "a range with fields and their values")
    handle = handle_in(cells)
    first = ((handle,),) if handle else within_reason("scenario", grid(cells))
    others = (("answers", answers), ("parameters", parameters))
    more = tuple((name, within_reason(name, grid(each))) for name, each in others if not omitted(each))
    head = None if handle else head_row(first)
    if head is not None:
        return Table("scenario", first[head], first[head + 1 :], _joined(more))
    ranges = (("scenario", first), *more)
    # With the type of every cell, since FALSE equals 0.
    types = tuple(tuple(map(type, row)) for _, cells in ranges for row in cells)
    size = SCENARIO_BYTES + CELL_BYTES * sum(map(len, types))
    return REMEMBERED.of((ranges, types), lambda: One("scenario", _joined(ranges), size))


def one_scenario(cells: Any, answers: Any = None, parameters: Any = None) -> One:
    """The one scenario of a call that takes no table."""
    given = scenarios_in(cells, answers, parameters)
    if not isinstance(given, One):
        raise UnusableError("scenario", "found a table of scenarios", "one scenario: two columns, field and value")
    return given


def named_case(cells: Any) -> str | None:
    """The case that an argument names; None leaves it to the scenario."""
    return choice("cost_case", cells, CASES, "") or None


def _joined(ranges: Sequence[tuple[str, Grid]]) -> Found:
    """The fields of several lists; a field must not have different values in two of them."""
    joined: Found = {}
    for name, cells in ranges:
        handle = handle_in(cells)
        for field, cell in listed(name, unpacked(name, handle) if handle else cells).items():
            if joined.setdefault(field, cell) != cell:
                clash = f"{field.dotted} appears in two ranges, with {shown(joined[field])} and {shown(cell)}"
                raise UnusableError(name, clash, "once")
    return joined
