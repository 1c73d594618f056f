"""The standard normal distribution, the same on every processor: see `calc.elementary`.

Source: Abramowitz and Stegun, 26.2.11 (series of positive terms) and 26.2.14 (Laplace's continued fraction).

>>> normal_chance(np.array([0.0, -1.0, 1.2815515655446004])).round(12)
array([0.5       , 0.15865525, 0.9       ])
>>> normal_quantile(np.array([0.1, 0.9])).round(12)
array([-1.28155157,  1.28155157])
"""

from __future__ import annotations

import numpy as np

from calc.elementary import exp, log

# 1 / sqrt(2 pi).
DENSITY_AT_0 = 0.3989422804014327
# From here on outwards the fraction is used: both ways need about as many terms there.
FRACTION_FROM = 2.5
SERIES_TERMS, FRACTION_TERMS = 40, 90
STEPS = 40
SMALL_STEP = 1e-9


def density(z):
    """The density at z. z: (...)."""
    return DENSITY_AT_0 * exp(-z * z / 2)


def normal_chance(z):
    """The chance of at most z, accurate to 1e-14 of itself. z: (...), from about -38 on. Returns (...)."""
    z = np.asarray(z, dtype=float)
    distance = np.abs(z)
    near = distance < FRACTION_FROM
    beyond = np.where(
        near, 1 / 2 - _between(np.where(near, distance, 0)), _tail(np.where(near, FRACTION_FROM, distance))
    )
    return np.where(z < 0, beyond, 1 - beyond)


def normal_quantile(chance):
    """The z that is not exceeded with that chance. chance: (...), above 0 and below 1. Returns (...).

    Newton's method on the logarithm of the chance, which is concave: begun below the root, it climbs to it without ever
    passing it.
    """
    chance = np.asarray(chance, dtype=float)
    smaller = np.minimum(chance, 1 - chance)
    wanted = log(smaller)
    z = -np.sqrt(np.maximum(-2 * log(2 * smaller), 0))
    for _ in range(STEPS):
        reached = normal_chance(z)
        step = (wanted - log(reached)) * reached / density(z)
        z = z + step
        if np.max(np.abs(step), initial=0) < SMALL_STEP:  # the next step would be its square
            break
    return np.where(chance < 1 / 2, z, -z)


def _between(z):
    """The chance of a value between 0 and z. z: (...), from 0 to FRACTION_FROM."""
    square, term = z * z, z
    total = z
    for n in range(1, SERIES_TERMS):
        term = term * square / (2 * n + 1)
        total = total + term
    return density(z) * total


def _tail(z):
    """The chance of more than z. z: (...), from FRACTION_FROM on."""
    below = z
    for n in range(FRACTION_TERMS, 0, -1):
        below = z + n / below
    return density(z) / below
