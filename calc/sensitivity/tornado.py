"""How the gap between the recommended path and the runner-up moves as each figure moves alone, largest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.model import Model
from calc.scenario import Scenario
from calc.sensitivity.factors import factors
from calc.sensitivity.variants import Change, evaluated


@dataclass(frozen=True)
class Bar:
    """One figure moved from low to high. at_low, at_high: the gap then, in currency; swing: how far the gap moves."""

    id: str
    label: str
    unit: str
    current: float
    low: float
    high: float
    own_range: bool
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Tornado:
    """The bars, the largest first.

    gap: net present value of the runner-up less that of the recommended path, today; below 0 the runner-up is cheaper.
    Without a runner-up there is no gap and there are no bars.
    """

    recommended: str | None
    runner_up: str | None
    gap: float | None
    bars: tuple[Bar, ...]


def moved_by(gap, today):
    """How far a figure moves the gap from where it is today; empty where there is no such figure."""
    return np.where(np.isnan(gap), np.nan, gap - today)


def tornado(model: Model, scenario: Scenario) -> Tornado:
    """Every figure from its low to its high, the two paths held as they are today."""
    inputs = model.inputs([scenario])
    now = model.graph.evaluate(inputs, ("recommended", "runner_up", "npv"))
    first, second = (int(now[name][0]) - 1 for name in ("recommended", "runner_up"))
    ids = model.structure.path_ids
    if second < 0:
        return Tornado(ids[first] if first >= 0 else None, None, None, ())
    moved = factors(model, scenario)
    changes = [Change(f.array, f.column, value) for f in moved for value in (f.low, f.high)]
    npv = evaluated(model, inputs, changes, ("npv",))["npv"]
    gaps = (npv[:, second] - npv[:, first]).reshape(-1, 2).tolist()
    bars = [
        Bar(f.id, f.label, f.unit, f.current, f.low, f.high, f.own_range, *ends)
        for f, ends in zip(moved, gaps, strict=True)
    ]
    bars.sort(key=lambda bar: -bar.swing)
    return Tornado(ids[first], ids[second], float(now["npv"][0, second] - now["npv"][0, first]), tuple(bars))
