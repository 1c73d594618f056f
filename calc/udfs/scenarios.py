"""The scenarios in the ranges of a call: one from a list of fields, or one from each row of a table.

Those from lists are remembered with their figures, as many as fit into MOST_BYTES: with one case each, 1,200 lists of 64
rows or 2,500 of a few. A table is evaluated anew in each call, and nothing of it stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from calc.model import CASES, Model, model_for, user_paths
from calc.results.evaluation import BLOCK, TARGETS
from calc.udfs.cells import Cell, Grid, UnusableError, choice, grid, omitted, shown, within_reason
from calc.udfs.field_names import Field
from calc.udfs.figure_row import FigureRow, figure_rows, unknown
from calc.udfs.from_cells import case_of, scenario_of
from calc.udfs.handle import handle_in, packed, unpacked
from calc.udfs.ranges import Found, head_row, listed
from calc.udfs.remembered import Kept, Remembered
from calc.udfs.table import Table

ALL_TARGETS = (
    *TARGETS, "stage_start", "stage_end", "stage_start_date", "stage_end_date", "stage_paid", "stage_own_time",
    "stage_beyond", "stage_paid_so_far", "stage_saves", "peak_spend", "core_hours_delivered", "phases_paid",
    "stable_months", "run_start",
)  # fmt: skip
# What the remembered scenarios may take together; and what a cell of their ranges takes, and a scenario without figures.
MOST_BYTES = 64 * 2**20
CELL_BYTES, SCENARIO_BYTES = 120, 6_000


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


class One(Kept):
    """The one scenario of a list of fields, with the case and the path that the list asks for.

    fields: as the list gives them.
    """

    number = 1
    faults: Mapping[int, str] = MappingProxyType({})
    blank: frozenset[int] = frozenset()

    def __init__(self, argument: str, cells: Found, size: int = SCENARIO_BYTES) -> None:
        super().__init__(size)
        self.fields = cells
        self.scenario = scenario_of(argument, cells)
        self.paths = user_paths(self.scenario)
        self.cost_case = case_of(argument, cells)
        self.view = {field.name: cell for field, cell in cells.items() if field.kind == "view"}
        self.dated = Field("date", "project", "start") in cells
        # Case -> the figures that were asked for by now.
        self._known: dict[str, tuple[FigureRow, ...]] = {}

    @property
    def model(self) -> Model:
        """Not held: each set of vendors has another, of some megabytes."""
        return model_for(self.paths)

    def values(self, targets: Sequence[str], cost_case: str | None) -> dict[str, np.ndarray]:
        case = cost_case or self.cost_case
        missing = self.unknown(targets, case)
        if missing:
            _evaluate(self, missing, case)
        known = self._known[case]
        return {target: next(row for row in known if target in row.places).of(target) for target in targets}

    def unknown(self, targets: Sequence[str], case: str) -> list[str]:
        """Those of the targets that are not evaluated yet in the case."""
        return unknown(self._known.get(case, ()), targets)

    def know(self, found: FigureRow, case: str) -> int:
        """Keep the figures; returns by how many bytes it has grown."""
        known = self._known.get(case, ())
        kept = tuple(row for row in known if not row.places.keys() <= found.places.keys())
        self._known[case] = (found, *kept)
        return found.size + sum(row.size for row in kept) - sum(row.size for row in known)

    @cached_property
    def handle(self) -> str:
        """The scenario as the text of a cell. Raises UnusableError where it is too long for one."""
        return packed(self.fields)


REMEMBERED: Remembered[One] = Remembered(MOST_BYTES)


def _evaluate(one: One, missing: Sequence[str], case: str) -> None:
    """Evaluate what a scenario lacks in the case, and the same for those that a sheet will ask about after it.

    A hundred at a time take little longer than one. What the first call asks for is evaluated alone, unless the next will
    ask about the same scenario; with the second call comes all that is usually asked for.
    """
    followers = REMEMBERED.following(one, BLOCK - 1)
    together = [one, *(each for each in followers if each.paths == one.paths and each.unknown(missing, case))]
    is_first = one.asked == 1 and not REMEMBERED.is_asked_one_by_one
    usual = () if is_first else one.unknown(ALL_TARGETS, case)
    targets = tuple(dict.fromkeys((*usual, *missing)))
    found = one.model.evaluate([each.scenario for each in together], targets, case)
    for each, row in zip(together, figure_rows(found, len(together)), strict=True):
        REMEMBERED.grown(each, each.know(row, case))


def scenarios_in(cells: Any, answers: Any = None, parameters: Any = None) -> Scenarios:
    """The scenarios of a call. answers, parameters: more fields, for one scenario or for all rows of a table.

    Raises UnusableError where there is none.
    """
    if omitted(cells):
        raise UnusableError("scenario", "found nothing", "a range with fields and their values")
    others = (("answers", answers), ("parameters", parameters))
    ranges = (
        ("scenario", within_reason("scenario", grid(cells))),
        *((name, within_reason(name, grid(each))) for name, each in others if not omitted(each)),
    )
    key = _key(ranges)
    known = REMEMBERED.get(key)
    if known:
        return known
    first, more = ranges[0][1], ranges[1:]
    head = None if handle_in(first) else head_row(first)
    if head is not None:
        return Table("scenario", first[head], first[head + 1 :], _joined(more))
    return REMEMBERED.keep(key, One("scenario", _joined(ranges), SCENARIO_BYTES + CELL_BYTES * len(key[0])))


def handle_of(given: One) -> str:
    """The scenario as the text of a cell; whoever takes that cell finds it read and evaluated."""
    if "handle" not in vars(given):
        REMEMBERED.grown(given, CELL_BYTES + len(given.handle))
    REMEMBERED.keep(_key((("scenario", ((given.handle,),)),)), given)
    return given.handle


def _key(
    ranges: Sequence[tuple[str, Grid]],
) -> tuple[tuple[Cell, ...], tuple[type, ...], tuple[tuple[str, int, int], ...]]:
    """What tells the cells of ranges from all others: with the type of each, since FALSE equals 0."""
    cells = tuple(chain.from_iterable(row for _, rows in ranges for row in rows))
    return cells, tuple(map(type, cells)), tuple((name, len(rows), len(rows[0])) for name, rows in ranges)


def one_scenario(cells: Any, answers: Any = None, parameters: Any = None) -> One:
    """The one scenario of a call that takes no table. Raises UnusableError for a table."""
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
