"""Trials: the model with its uncertain figures drawn, over many trials and scenarios at once.

The nodes `value` and `estimate` of the graph are given as drawn, with the trials on the scenario axis; what does not
depend on them comes from the likely case, which all scenarios share in one evaluation. Blocks of rows stay in the
cache.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calc.model import Model
from calc.scenario import Scenario
from calc.simulation.draws import places_with
from calc.simulation.ranges import NODES, Unit, ranges_of

# The nodes that differ from trial to trial; all that follows them is calculated anew.
DRAWN = ("value", "estimate")
# What is invoiced is compared with a budget, where there is one.
TARGETS = ("total", "paid", "beyond")
WITH_BUDGET = (*TARGETS, "invoiced")


class LikelyCase:
    """The likely case of some scenarios, from which their trials depart."""

    def __init__(self, model: Model, scenarios: Sequence[Scenario]) -> None:
        self.graph = model.graph
        fixed = self.graph.beside(DRAWN, WITH_BUDGET)
        likely = model.evaluate(scenarios, (*fixed, "eligible", "budget", *NODES))
        self.fixed = {key: likely[key] for key in fixed}
        self.number, self.paths = len(scenarios), len(model.structure.paths)
        self.parameters = likely["low"].shape[1]
        self.ranges = ranges_of(likely, self.number, places_with(model.structure.quoted))
        self.eligible = np.broadcast_to(likely["eligible"] == 1, (self.number, self.paths))
        self.budget = np.broadcast_to(likely["budget"], self.number)

    def trials(self, scenarios: range, trials: int, unit: Unit, targets: Sequence[str]) -> dict[str, np.ndarray]:
        """The targets in some trials of some scenarios, shape (path, scenario, trial)."""
        drawn = self.ranges.drawn(scenarios, trials, unit)
        values = drawn.reshape(len(drawn), -1)
        known = {key: _rows(array, scenarios, trials) for key, array in self.fixed.items()}
        known |= {"value": values[: self.parameters].T, "estimate": values[self.parameters :].T}
        arrays = self.graph.evaluate({}, targets, known)
        return {target: arrays[target].T.reshape(self.paths, len(scenarios), trials) for target in targets}


def _rows(array: np.ndarray, scenarios: range, trials: int) -> np.ndarray:
    """The fixed values of some scenarios for their trials: one row for a single scenario, else a row for each trial."""
    if len(array) == 1:
        return array
    own = array[scenarios.start : scenarios.stop]
    return own if len(own) == 1 else np.repeat(own.T, trials, axis=-1).T
