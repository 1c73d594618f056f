"""The inverse of the regularised incomplete beta function, in NumPy alone.

Only for shapes of at least 1, as every PERT distribution has: there the logarithm of the function is concave in the
logarithm of its argument, so that Newton's method, begun below the root, climbs to it without ever passing it, and
needs no bracket. Source: Abramowitz and Stegun, 26.5.4 and 26.5.8 (continued fraction).
"""

from __future__ import annotations

import math

import numpy as np

TERMS = 40
STEPS = 60
SMALL_STEP = 1e-9


def fraction(x, alpha, beta):
    """The continued fraction F of I_x(alpha, beta) = x^alpha (1 - x)^beta F / (alpha B(alpha, beta)).

    x: array from 0 to about the median; alpha, beta: numbers from 1 to about 100. Evaluated from its last term to its
    first: the 40 pairs of terms are more than enough up to the median.
    """
    found = np.ones_like(x)
    for m in range(TERMS, 0, -1):
        even = m * (beta - m) / ((alpha + 2 * m - 1) * (alpha + 2 * m))
        odd = -(alpha + m - 1) * (alpha + beta + m - 1) / ((alpha + 2 * m - 2) * (alpha + 2 * m - 1))
        found = 1 + odd * x / (1 + even * x / found)
    return 1 / found


def log_beta(alpha: float, beta: float) -> float:
    """Logarithm of the beta function of two numbers."""
    return math.lgamma(alpha) + math.lgamma(beta) - math.lgamma(alpha + beta)


def lower_quantile(chance, alpha: float, beta: float) -> np.ndarray:
    """The x with I_x(alpha, beta) = chance, accurate to about 1e-14 of itself.

    chance: array of any shape, above 0, up to about one half (take the other side for more: `quantile`).
    """
    wanted = np.log(chance) + math.log(alpha) + log_beta(alpha, beta)
    log_x = wanted / alpha
    for _ in range(STEPS):
        x = np.exp(log_x)
        factor = fraction(x, alpha, beta)
        behind = wanted - (alpha * log_x + beta * np.log1p(-x) + np.log(factor))
        step = behind * (1 - x) * factor / alpha
        log_x = log_x + step
        if np.max(np.abs(step), initial=0) < SMALL_STEP:  # the next step would be its square
            break
    return np.exp(log_x)


def quantile(chance, alpha: float, beta: float) -> np.ndarray:
    """The x with I_x(alpha, beta) = chance, found from the nearer end. chance: array, above 0 and below 1."""
    chance = np.asarray(chance, dtype=float)
    found = np.empty_like(chance)
    low = chance <= 1 / 2
    found[low] = lower_quantile(chance[low], alpha, beta)
    found[~low] = 1 - lower_quantile(1 - chance[~low], beta, alpha)
    return found
