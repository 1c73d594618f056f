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
from workbook.write.edition import Edition

# How many scenarios have theirs calculated at a time: what is needed meanwhile is many times what is kept.
SCENARIOS_AT_A_TIME = 8
DRAWN = ("value", "estimate")
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
    drawn = np.empty((len(ranges.places), scenarios, rows))
    for number, case in enumerate(CASES):
        parts = [np.broadcast_to(known[key], (scenarios, known[key].shape[1])) for key in CASE_VALUES[case]]
        drawn[:, :, number] = np.concatenate(parts, axis=1).T
    for scenario in range(scenarios):
        drawn[:, scenario, len(CASES) :] = ranges.drawn(scenario, LIVE_TRIALS, partial(draws.middle_draws, LIVE_TRIALS))
    parameters = known["value"].shape[1]
    flat = drawn.reshape(len(drawn), -1)
    given = {"value": flat[:parameters].T, "estimate": flat[parameters:].T}
    moving = varying(model)
    read = {argument.node for key in moving - set(DRAWN) for argument in model.graph.node(key).arguments}
    fixed = {key: _repeated(known[key], rows) for key in read - moving}
    evaluated = model.graph.evaluate({}, columns, fixed | given)
    return {key: _by_scenario(array, scenarios, rows) for key, array in evaluated.items()}


def _repeated(array: np.ndarray, rows: int) -> np.ndarray:
    return array if len(array) == 1 else np.repeat(array, rows, axis=0)


def _by_scenario(array: np.ndarray, scenarios: int, rows: int) -> np.ndarray:
    return np.broadcast_to(array, (scenarios * rows, *array.shape[1:])).reshape(scenarios, rows, *array.shape[1:])
