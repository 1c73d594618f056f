"""The modified PERT distribution: a beta distribution between low and high that the likely value pulls.

Its mean is (low + shape x likely + high) / (shape + 2); the shape 4 of the usual PERT is the setting `pert_shape`.
Source: docs/model.md, "Simulation".
"""

from __future__ import annotations

import numpy as np

from calc.native import beta_quantile
from calc.simulation.incomplete_beta import quantile


def pert_alpha(low, likely, high, pert_shape):
    """First shape of the beta distribution, from 1 to 1 + pert_shape; 1 where the range has no width."""
    return np.where(high > low, 1 + pert_shape * (likely - low) / (high - low), 1)


def pert_beta(low, likely, high, pert_shape):
    """Second shape of the beta distribution, from 1 to 1 + pert_shape; 1 where the range has no width."""
    return np.where(high > low, 1 + pert_shape * (high - likely) / (high - low), 1)


def pert_of_rank(rank, points, low, likely, high, alpha, beta):
    """The figure that a rank stands for, in a cell: the middle of its share of the chances; the likely value without a range.

    rank: from 0 to points - 1; the rest as in `pert_alpha`. NumPy has it from `calc.simulation.draws`.
    """
    chance = (2 * rank + 1) / (2 * points)
    return np.where(low < high, beta_quantile(chance, alpha, beta, low, high), likely)


def pert_of_opposite_rank(rank, points, low, likely, high, alpha, beta):
    """The same for a figure that moves against the one whose rank it is: its high end goes with the low end there."""
    return pert_of_rank(points - 1 - rank, points, low, likely, high, alpha, beta)


def pert_quantile(uniforms, low: float, likely: float, high: float, pert_shape: float) -> np.ndarray:
    """The values of one uncertain figure at the given chances: in a cell, BETA.INV(uniform, alpha, beta, low, high).

    uniforms: array of any shape, above 0 and below 1; low, likely, high: in the figure's own unit. A range without
    width gives its value. Agrees with scipy's beta distribution to 1e-13.

    >>> pert_quantile(np.array([0.1, 0.5, 0.9]), 60, 100, 150, 4).round(2)
    array([ 79.24, 101.27, 124.69])
    """
    uniforms = np.asarray(uniforms, dtype=float)
    if not high > low:
        return np.full(uniforms.shape, float(likely))
    shapes = (float(pert(low, likely, high, pert_shape)) for pert in (pert_alpha, pert_beta))
    return low + (high - low) * quantile(uniforms, *shapes)
