"""The core hours at which one path becomes cheaper than another.

The totals need not be monotone in them (a fee covers a number of hours, the horizon cuts): the range is scanned outwards
from the likely value, and the first turn on either side is narrowed down.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from calc.break_even.crossing import Crossing
from calc.model import Model
from calc.native import rounded
from calc.scenario import Scenario
from calc.scenario.schema import ESTIMATES
from calc.sensitivity.narrowing import narrowed
from calc.sensitivity.variants import Change, evaluated

STEPS = 256
HOURS = "core_hours"


def crossings(model: Model, scenario: Scenario, pairs: np.ndarray) -> list[Crossing | None]:
    """The crossing of the totals nearest to the likely core hours. pairs: positions of two paths from 0, shape (pair, 2)."""
    inputs, column = model.inputs([scenario]), list(ESTIMATES).index(HOURS)
    points, now = _points(model, inputs)

    def totals(values: np.ndarray) -> np.ndarray:
        """Totals at each value, shape (*values, path)."""
        changes = [Change("given_likely", column, float(value)) for value in values.ravel()]
        return evaluated(model, inputs, changes, ("total",))["total"].reshape(*values.shape, -1)

    at_points = totals(points)
    leads = np.sign(rounded(at_points[:, pairs[:, 1]] - at_points[:, pairs[:, 0]], 2))
    brackets = [(pair, *ends) for pair in range(len(pairs)) for ends in turns(leads[:, pair], now)]
    if not brackets:
        return [None] * len(pairs)
    of, near, far = np.array(brackets).T
    (first, second), each = pairs[of].T, np.arange(len(of))

    def turned(values: np.ndarray) -> np.ndarray:
        of_paths = totals(values)
        return (of_paths[:, each, second] - of_paths[:, each, first]) * leads[far, of] > 0

    exact = narrowed(points[near], points[far], turned).tolist()
    ahead = np.where(leads[far, of] > 0, first, second)
    candidates = [Crossing(at, model.structure.path_ids[path]) for at, path in zip(exact, ahead, strict=True)]
    return [_nearest([candidates[at] for at in np.flatnonzero(of == pair)], points[now]) for pair in range(len(pairs))]


def _points(model: Model, inputs: Mapping[str, np.ndarray]) -> tuple[np.ndarray, int]:
    """The core hours to look at, denser where they are few, and which of them are the likely ones."""
    names = (f"searched_from_{HOURS}", f"searched_to_{HOURS}", f"likely_{HOURS}")
    ends = model.graph.evaluate(inputs, names)
    low, high, likely = (float(ends[name][0]) for name in names)
    points = np.unique(np.append(low + (high - low) * (np.arange(STEPS + 1) / STEPS) ** 2, likely))
    return points, int(np.searchsorted(points, likely))


def turns(leads: np.ndarray, now: int) -> list[tuple[int, int]]:
    """On either side of `now`, the nearest point where the lead has changed hands, as (the point before it, it).

    leads: by point, 1 where the first path is cheaper, -1 where the second, 0 on a tie to the cent; out of a tie
    either leads.
    """
    taken = leads != 0 if leads[now] == 0 else leads == -leads[now]
    above, below = np.flatnonzero(taken[now:]), np.flatnonzero(taken[now::-1])
    brackets = [(now + above[0] - 1, now + above[0])] if len(above) else []
    return brackets + ([(now - below[0] + 1, now - below[0])] if len(below) else [])


def _nearest(candidates: list[Crossing], likely: float) -> Crossing | None:
    return min(candidates, key=lambda crossing: abs(crossing.at - likely), default=None)
