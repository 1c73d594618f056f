"""Where one path becomes cheaper than another as one of the project's estimates changes.

The totals need not be monotone in it (a fee covers a number of hours, the horizon cuts): the range is scanned outwards
from the likely value, and the first turn on either side is narrowed down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.break_even.reaches import reaches
from calc.model import Model
from calc.scenario import Scenario
from calc.scenario.schema import ESTIMATES
from calc.sensitivity.narrowing import narrowed
from calc.sensitivity.variants import Change, evaluated

STEPS = 256


@dataclass(frozen=True)
class Crossing:
    """Where one path becomes cheaper than the other.

    at: the estimate or the month; cheaper: the path that leads from there on.
    """

    at: float
    cheaper: str


def crossings(model: Model, scenario: Scenario, estimate: str, pairs: np.ndarray) -> list[Crossing | None]:
    """The crossing of the totals nearest to the likely value. pairs: positions of two paths from 0, shape (pair, 2)."""
    inputs, column = model.inputs([scenario]), list(ESTIMATES).index(estimate)
    points, now = _points(scenario, estimate, inputs["given_likely"][0, column])

    def totals(values: np.ndarray) -> np.ndarray:
        """Totals at each value, shape (*values, path)."""
        changes = [Change("given_likely", column, float(value)) for value in values.ravel()]
        return evaluated(model, inputs, changes, ("total",))["total"].reshape(*values.shape, -1)

    at_points = totals(points)
    leads = np.sign(np.round(at_points[:, pairs[:, 1]] - at_points[:, pairs[:, 0]], 2))
    brackets = [(pair, *ends) for pair in range(len(pairs)) for ends in turns(leads[:, pair], now)]
    if not brackets:
        return [None] * len(pairs)
    of, near, far = np.array(brackets).T
    (first, second), each = pairs[of].T, np.arange(len(of))

    def turned(values: np.ndarray) -> np.ndarray:
        found = totals(values)
        return (found[:, each, second] - found[:, each, first]) * leads[far, of] > 0

    exact = narrowed(points[near], points[far], turned).tolist()
    ahead = np.where(leads[far, of] > 0, first, second)
    found = [Crossing(at, model.structure.path_ids[path]) for at, path in zip(exact, ahead, strict=True)]
    return [_nearest([found[at] for at in np.flatnonzero(of == pair)], points[now]) for pair in range(len(pairs))]


def _points(scenario: Scenario, estimate: str, likely: float) -> tuple[np.ndarray, int]:
    """The values to look at, denser where they are small, and which of them is the likely one."""
    reach = reaches()[estimate]
    given = getattr(getattr(scenario, ESTIMATES[estimate]), estimate)
    rate = scenario.project.usd_rate if reach.unit.startswith("USD") else 1
    high = max(reach.high * rate, np.max(given))
    points = np.unique(np.append(reach.low + (high - reach.low) * (np.arange(STEPS + 1) / STEPS) ** 2, likely))
    return points, int(np.searchsorted(points, likely))


def turns(leads: np.ndarray, now: int) -> list[tuple[int, int]]:
    """On either side of `now`, the nearest point where the lead has changed hands, as (the point before it, it).

    leads: by point, 1 where the first path is cheaper, -1 where the second, 0 on a tie to the cent; out of a tie
    either leads.
    """
    taken = leads != 0 if leads[now] == 0 else leads == -leads[now]
    above, below = np.flatnonzero(taken[now:]), np.flatnonzero(taken[now::-1])
    found = [(now + above[0] - 1, now + above[0])] if len(above) else []
    return found + ([(now - below[0] + 1, now - below[0])] if len(below) else [])


def _nearest(found: list[Crossing], likely: float) -> Crossing | None:
    return min(found, key=lambda crossing: abs(crossing.at - likely), default=None)
