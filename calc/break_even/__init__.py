"""Break-even between two paths: the revenue loss, core hours and month at which the other one becomes cheaper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from calc.break_even.core_hours import crossings
from calc.break_even.crossing import Crossing
from calc.break_even.solved import solved
from calc.model import Model
from calc.scenario import Scenario

__all__ = ["BreakEven", "Crossing", "break_even", "break_evens"]


@dataclass(frozen=True)
class BreakEven:
    """Between two paths, each None for "never within the range".

    revenue_loss_per_month, core_hours: the value nearest to the likely one at which the path that is dearer there has
    the lower total within the horizon. month: the whole month from whose end on the path that has spent less at the
    horizon stays ahead.
    """

    first: str
    second: str
    revenue_loss_per_month: Crossing | None
    core_hours: Crossing | None
    month: Crossing | None


def break_even(model: Model, scenario: Scenario, first: str, second: str) -> BreakEven:
    """The break-evens between two paths, by their ids."""
    return break_evens(model, scenario, [(first, second)])[0]


def break_evens(model: Model, scenario: Scenario, pairs: Iterable[tuple[str, str]] | None = None) -> list[BreakEven]:
    """The break-evens of several pairs of paths in one pass; of all pairs when none are named."""
    ids = model.structure.path_ids
    named = list(combinations(ids, 2) if pairs is None else pairs)
    positions = np.array([[ids.index(path) for path in pair] for pair in named], dtype=int).reshape(-1, 2)
    fields = solved(model, scenario, positions) | {"core_hours": crossings(model, scenario, positions)}
    return [
        BreakEven(first, second, **{field: of_pairs[number] for field, of_pairs in fields.items()})
        for number, (first, second) in enumerate(named)
    ]
