"""Random draws of PERT distributions: the same on every run and platform, and fast.

The bits come from PCG64, whose raw stream NumPy keeps as it is (NEP 19), and each becomes the quantile of its chance.
`Generator.beta` is not used: NumPy may change how it draws; it rejects draws, so that one rounding on another processor
would shift all that follow; and it spends a varying number of bits, so that two scenarios with the same seed would not
have the same luck. It is also slower.

The quantiles are read from a table of cubic pieces, 32 to every halving of the distance to the nearer end of the
distribution. That is within 2e-9 of the range's width, far finer than what a million trials could tell.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from calc.elementary import exp, log, log1p
from calc.simulation.incomplete_beta import log_beta, lower_quantile

# A chance nearer than 2^-31 to an end counts as 2^-31.
OCTAVES = 30
CELL_BITS = 5
# A double is (1 + mantissa / 2^52) x 2^(exponent - 1023).
MANTISSA_BITS, BIAS = 52, 1023
# Of the 64 bits of a draw, the first 53 are the chance: as many as a double holds without rounding.
UNUSED_BITS, CHANCE_BITS = 11, 53


@lru_cache(maxsize=256)
def table(alpha: float, beta: float) -> np.ndarray:
    """Coefficients of the cubic pieces, shape (power 0 to 3, cell): first the cells near the low end, then the high."""
    steps = 1 + np.arange(1 << CELL_BITS) / (1 << CELL_BITS)
    chances = np.append(np.ldexp(steps, np.arange(-OCTAVES - 1, -1)[:, np.newaxis]).ravel(), 1 / 2)
    low, high = _pieces(chances, alpha, beta), -_pieces(chances, beta, alpha)
    high[0] += 1
    return np.concatenate([low, high], axis=1)


def _pieces(chances: np.ndarray, alpha: float, beta: float) -> np.ndarray:
    """Cubics through the quantiles at both edges of each cell, with the right slopes there. Shape (power, cell)."""
    x = lower_quantile(chances, alpha, beta)
    slope = exp(log_beta(alpha, beta) - (alpha - 1) * log(x) - (beta - 1) * log1p(-x))
    width, rise = np.diff(chances), np.diff(x)
    first, last = slope[:-1] * width, slope[1:] * width
    pieces = np.array([x[:-1], first, 3 * rise - 2 * first - last, first + last - 2 * rise])
    return pieces * np.ldexp(1.0, CELL_BITS * np.arange(len(pieces)))[:, np.newaxis]


def sampled(draws: np.ndarray, alpha: float, beta: float) -> np.ndarray:
    """Draws of the beta distribution between 0 and 1, one for each 64 random bits.

    draws: uint64, shape (trial,). The last bit picks the end, the first ones the chance measured from that end, 0 to
    below 1/2. The cell and the place in it are then read from the bits of that number: exponent and first bits of the
    mantissa, and the rest.
    """
    chance = (draws >> np.uint64(UNUSED_BITS)) * 2.0 ** -(CHANCE_BITS + 1)
    bits = np.maximum(chance, 2.0 ** -(OCTAVES + 1)).view(np.uint64)
    cell = (bits >> np.uint64(MANTISSA_BITS - CELL_BITS)).view(np.int64)
    cell -= (BIAS - OCTAVES - 1) << CELL_BITS
    cell += (draws & np.uint64(1)).view(np.int64) * (OCTAVES << CELL_BITS)
    bits &= np.uint64((1 << (MANTISSA_BITS - CELL_BITS)) - 1)
    bits |= np.uint64(BIAS << MANTISSA_BITS)
    place = bits.view(float)
    place -= 1
    *lower, values = (row.take(cell) for row in table(alpha, beta))
    for coefficient in reversed(lower):
        values *= place
        values += coefficient
    return values


def opposite(draws: np.ndarray) -> np.ndarray:
    """The bits whose chance is as far from the other end. draws: uint64, shape (trial,)."""
    return draws ^ np.uint64(1)


class Streams:
    """One stream of random bits for each column, so that one more uncertain figure changes no other's draws."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.generators: dict[int, np.random.PCG64] = {}

    def next(self, column: int, trials: int) -> np.ndarray:
        """The next draws of that column, uint64, shape (trial,)."""
        if column not in self.generators:
            self.generators[column] = np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=(column,)))
        return self.generators[column].random_raw(trials)
