"""How the gap between the recommended path and the runner-up moves as each figure moves alone, largest first.

The gap is in what the decision compares, the cost of the same scope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.model import Model
from calc.scenario import Scenario
from calc.sensitivity.factors import factors
from calc.sensitivity.variants import evaluated


@dataclass(frozen=True)
class Bar:
    """One figure moved from low to high. at_low, at_high: the gap then, in currency; swing: how far the gap moves.

    tied: the dotted fields that move along with it, being one thing with it in reality.
    """

    id: str
    label: str
    unit: str
    current: float
    low: float
    high: float
    own_range: bool
    at_low: float
    at_high: float
    tied: tuple[str, ...] = ()

    @property
    def swing(self) -> float:
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Tornado:
    """The bars, the largest first.

    gap: same scope of the runner-up less that of the recommended path, today; below 0 the runner-up is cheaper.
    Without a runner-up there is no gap and there are no bars.
    """

    recommended: str | None
    runner_up: str | None
    gap: float | None
    bars: tuple[Bar, ...]


def moved_by(gap, today):
    """How far a figure moves the gap from where it is today; 0 where there is no such figure."""
    return np.where(np.isnan(gap), 0, gap - today)


def tornado(model: Model, scenario: Scenario) -> Tornado:
    """Every figure from its low to its high, the two paths held as they are today."""
    inputs = model.inputs([scenario])
    now = model.graph.evaluate(inputs, ("recommended", "runner_up", "same_scope"))
    first, second = (int(now[name][0]) - 1 for name in ("recommended", "runner_up"))
    ids = model.structure.path_ids
    if second < 0:
        return Tornado(ids[first] if first >= 0 else None, None, None, ())
    moved = factors(model, scenario)
    changes = [figure.at(value) for figure in moved for value in (figure.low, figure.high)]
    cost = evaluated(model, inputs, changes, ("same_scope",))["same_scope"]
    gaps = (cost[:, second] - cost[:, first]).reshape(-1, 2).tolist()
    bars = [
        Bar(f.id, f.label, f.unit, f.current, f.low, f.high, f.own_range, at_low, at_high, tuple(t.id for t in f.tied))
        for f, (at_low, at_high) in zip(moved, gaps, strict=True)
    ]
    bars.sort(key=lambda bar: -bar.swing)
    today = now["same_scope"][0]
    return Tornado(ids[first], ids[second], float(today[second] - today[first]), tuple(bars))
