"""What the published ranges say of actual ÷ estimated hours, to compare a history with and to fill it up."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from calc import catalogue
from calc.calibration.distribution import CHANCES, Distribution
from calc.scenario.schema import FIELDS
from calc.simulation import pert_quantile

# Points of each of the two ranges, at the middle of equal chances.
POINTS = 101
MIDDLES = (np.arange(POINTS) + 0.5) / POINTS
PERT_SHAPE = "pert_shape"


@cache
def published(model: str | None) -> Distribution:
    """Of a model: (1 + rework) × (1 + hidden scope), the latter as often as a problem is systemic by default.

    Without a model, all models are alike likely. n is 0: no job of one's own is in it.
    """
    models = [model] if model else list(catalogue.models())
    ratios, weights = zip(*(_of(name) for name in models), strict=True)
    pairs = np.array(sorted(zip(np.concatenate(ratios).tolist(), np.concatenate(weights).tolist(), strict=True)))
    reached = np.cumsum(pairs[:, 1]) / math.fsum(pairs[:, 1])
    at = np.minimum(np.searchsorted(reached, CHANCES), len(pairs) - 1)
    return Distribution(0, *pairs[at, 0].tolist())


def _of(model: str) -> tuple[np.ndarray, np.ndarray]:
    """Ratios of a model and the weight of each, with and without a systemic problem."""
    rework, hidden = (1 + drawn(model, name) for name in ("rework", "hidden_scope"))
    chance = float(FIELDS["work.systemic_chance"].default)
    both = np.multiply.outer(rework, hidden).ravel()
    weights = (np.full(rework.shape, (1 - chance) / rework.size), np.full(both.shape, chance / both.size))
    return np.concatenate([rework, both]), np.concatenate(weights)


def drawn(model: str, parameter: str, chances: np.ndarray = MIDDLES) -> np.ndarray:
    """A published figure of a model at these chances; 0 where the model has none."""
    figure = catalogue.parameters()[model].get(parameter)
    if figure is None:
        return np.zeros(chances.shape)
    low, likely, high = figure.range.low, figure.range.likely, figure.range.high
    return pert_quantile(chances, low, likely, high, catalogue.settings()[PERT_SHAPE].value)
