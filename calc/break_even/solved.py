"""The break-evens that formulas of the model give: the revenue loss and the month. See calc/quantities/pairs.py."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from calc.break_even.crossing import Crossing
from calc.model import Model
from calc.scenario import Scenario

# Field of a `BreakEven` -> the quantity that says where it lies, and the one that says which path leads from there on.
SOLVED = {
    "revenue_loss_per_month": ("break_even_loss", "cheaper_beyond_loss"),
    "month": ("break_even_month", "leading_path"),
}
TARGETS = tuple(quantity for both in SOLVED.values() for quantity in both)
PICKED = ("first_choice", "second_choice")


def solved(model: Model, scenario: Scenario, pairs: np.ndarray) -> dict[str, list[Crossing | None]]:
    """The crossings of many pairs by field. pairs: positions of two paths from 0, shape (pair, 2)."""
    inputs = model.inputs([scenario])
    known = model.graph.evaluate(inputs, model.graph.beside(PICKED, TARGETS))
    picked = dict(zip(PICKED, (pairs + 1.0).T, strict=True))
    solutions = model.graph.evaluate(inputs | picked, TARGETS, known)
    return {field: _crossings(model, solutions, *keys) for field, keys in SOLVED.items()}


def _crossings(model: Model, solutions: Mapping[str, np.ndarray], at: str, cheaper: str) -> list[Crossing | None]:
    ids = model.structure.path_ids
    return [
        None if np.isnan(place) else Crossing(place, ids[int(path) - 1])
        for place, path in zip(solutions[at].tolist(), solutions[cheaper].tolist(), strict=True)
    ]
