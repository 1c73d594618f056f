"""The modified PERT distribution: a beta distribution between low and high that the likely value pulls.

Its mean is (low + shape x likely + high) / (shape + 2); the shape 4 of the usual PERT is the setting `pert_shape`.
Source: docs/model.md, "Simulation".
"""

from __future__ import annotations

import numpy as np

from calc.simulation.incomplete_beta import quantile


def pert_alpha(low, likely, high, pert_shape):
    """First shape of the beta distribution, from 1 to 1 + pert_shape; 1 where the range has no width."""
    return np.where(high > low, 1 + pert_shape * (likely - low) / (high - low), 1)


def pert_beta(low, likely, high, pert_shape):
    """Second shape of the beta distribution, from 1 to 1 + pert_shape; 1 where the range has no width."""
    return np.where(high > low, 1 + pert_shape * (high - likely) / (high - low), 1)


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
