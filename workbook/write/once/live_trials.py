"""The trials of the workbook's own simulation: the quantities that have rows there, and their values.

The first rows are the best, the likely and the worst case, so that they too follow the inputs whichever case is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import numpy as np

from calc.model import CASES, Model
from calc.simulation import LIVE_TRIALS, draws
from calc.simulation.ranges import NODES, Ranges, ranges_of
from calc.simulation.trials import DRAWN
from workbook.write.edition import Edition

# How many scenarios have theirs calculated at a time: what is needed meanwhile is many times what is kept.
SCENARIOS_AT_A_TIME = 8
# The same on all paths with the same salaried model for the feature work.
PEOPLE = "run_people"
# The quantities that have rows, in their order, and those that have one where they would make what reads them too
# long, the first of them first; everything else is written into the formulas that read it.
OF_PHASES = ("duration", "paid_work", "phase_paid")
IF_NEEDED = ("core_end", "run_months", "within")
OF_PATHS = ("invoiced", "paid", "total")
IN_ROWS = (PEOPLE, *OF_PHASES, *IF_NEEDED, *OF_PATHS)
# Those that other sheets read.
READ_ELSEWHERE = OF_PATHS
CALCULATED = (*IN_ROWS, "beyond")
# Where the trials have no rows, only what their figures are made of.
COLUMNS_OF: dict[Edition, Sequence[str]] = {
    Edition.full: (*DRAWN, *CALCULATED),
    Edition.light: (*READ_ELSEWHERE, "beyond"),
}
CASE_VALUES = {
    "best": ("best", "estimate_low"),
    "likely": ("likely", "given_likely"),
    "worst": ("worst", "estimate_high"),
}


@lru_cache(maxsize=8)
def varying(model: Model) -> set[str]:
    """The nodes that differ from trial to trial."""
    return model.graph.following(DRAWN, CALCULATED)


def draws_of(model: Model, known: Mapping[str, np.ndarray]) -> list[list]:
    """The draws of the first scenario's figures, as plain data for `draws.know`. known: as for `trial_values`."""
    ranges = _ranges(model, known, 1)
    return draws.steps_of(ranges.figure(0, figure) for figure in ranges.uncertain(0))


def _ranges(model: Model, known: Mapping[str, np.ndarray], scenarios: int) -> Ranges:
    return ranges_of({key: known[key] for key in NODES}, scenarios, draws.places_with(model.structure.quoted))


def trial_values(
    model: Model, known: Mapping[str, np.ndarray], scenarios: int, columns: Sequence[str]
) -> dict[str, np.ndarray]:
    """Columns of the trials, shape (scenario, case or trial, n), for scenarios whose likely case is known.

    known: every node of the likely case, shape (scenario or 1, ...).
    """
    ranges = _ranges(model, known, scenarios)
    rows = len(CASES) + LIVE_TRIALS
    moving = varying(model)
    read = {argument.node for key in moving - set(DRAWN) for argument in model.graph.node(key).arguments}
    parameters = known["value"].shape[1]
    # The trials of a figure lie side by side, as they are calculated and read.
    found = {key: np.empty((known[key].shape[1], scenarios, rows)) for key in columns}
    for first in range(0, scenarios, SCENARIOS_AT_A_TIME):
        some = range(first, min(first + SCENARIOS_AT_A_TIME, scenarios))
        drawn = _drawn(ranges, known, some).reshape(len(ranges.places), -1)
        given = {"value": drawn[:parameters].T, "estimate": drawn[parameters:].T}
        fixed = {key: _repeated(_own(known[key], some), rows) for key in read - moving}
        for key, array in model.graph.evaluate({}, columns, fixed | given).items():
            whole = np.broadcast_to(array, (len(some) * rows, array.shape[1]))
            found[key][:, some.start : some.stop] = whole.T.reshape(-1, len(some), rows)
    return {key: array.transpose(1, 2, 0) for key, array in found.items()}


def _drawn(ranges: Ranges, known: Mapping[str, np.ndarray], scenarios: range) -> np.ndarray:
    """The figures of some scenarios in each case and trial, shape (figure, scenario, case or trial)."""
    drawn = np.empty((len(ranges.places), len(scenarios), len(CASES) + LIVE_TRIALS))
    for number, case in enumerate(CASES):
        own = [_own(known[key], scenarios) for key in CASE_VALUES[case]]
        parts = [np.broadcast_to(array, (len(scenarios), array.shape[1])) for array in own]
        drawn[:, :, number] = np.concatenate(parts, axis=1).T
    drawn[:, :, len(CASES) :] = ranges.drawn(scenarios, LIVE_TRIALS, partial(draws.middle_draws, LIVE_TRIALS))
    return drawn


def _own(array: np.ndarray, scenarios: range) -> np.ndarray:
    return array if len(array) == 1 else array[scenarios.start : scenarios.stop]


def _repeated(array: np.ndarray, rows: int) -> np.ndarray:
    """Each scenario's value in so many rows, in memory as what is drawn: formulas take both along the rows."""
    return array if len(array) == 1 else np.repeat(array.T, rows, axis=-1).T
