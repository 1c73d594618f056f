"""Random draws of PERT distributions: the same on every run and platform, and fast.

The bits come from PCG64, whose raw stream NumPy keeps as it is (NEP 19), and each becomes the quantile of its chance.
`Generator.beta` is not used: NumPy may change how it draws; it rejects draws, so that one rounding on another processor
would shift all that follow; and it spends a varying number of bits, so that two scenarios with the same seed would not
have the same luck. It is also slower.

The quantiles are read from a table of cubic pieces, 32 to every halving of the distance to the nearer end of the
distribution. That is within 2e-9 of the range's width, far finer than what a million trials could tell. Where figures
have a factor in common, normal draws are read so, mixed, and the quantiles read from cubic pieces over the mixed ones.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from calc.elementary import exp, log, log1p
from calc.normal import density, normal_chance, normal_quantile
from calc.simulation.incomplete_beta import log_beta, lower_quantile

# A chance nearer than 2^-31 to an end counts as 2^-31.
OCTAVES = 30
CELL_BITS = 5
# A double is (1 + mantissa / 2^52) x 2^(exponent - 1023).
MANTISSA_BITS, BIAS = 52, 1023
# Of the 64 bits of a draw, the first 53 are the chance: as many as a double holds without rounding.
UNUSED_BITS, CHANCE_BITS = 11, 53
# Normal draws that are mixed count as this far from the middle at most, and have so many cells to 1 of them.
FARTHEST, CELLS_TO_ONE = 8, 32


@lru_cache(maxsize=256)
def table(alpha: float, beta: float) -> np.ndarray:
    """Coefficients of the cubic pieces, shape (power 0 to 3, cell): first the cells near the low end, then the high."""
    chances = _chances()
    low, high = (_by_bits(chances, *_beta_quantile(chances, *shapes)) for shapes in ((alpha, beta), (beta, alpha)))
    high = -high
    high[0] += 1
    return np.concatenate([low, high], axis=1)


@cache
def normal_table() -> np.ndarray:
    """The same of the standard normal distribution."""
    chances = _chances()
    z = normal_quantile(chances)
    low = _by_bits(chances, z, 1 / density(z))
    return np.concatenate([low, -low], axis=1)


@lru_cache(maxsize=256)
def table_over_normal(alpha: float, beta: float) -> np.ndarray:
    """Coefficients of cubic pieces over the normal draws from -FARTHEST to FARTHEST, shape (power 0 to 3, cell)."""
    z, _ = _lower_edges()
    (x, slope), (y, slope_there) = _over_lower_edges(alpha, beta), _over_lower_edges(beta, alpha)
    slopes = np.concatenate([slope, slope_there[-2::-1]])
    return _pieces(np.concatenate([z, -z[-2::-1]]), np.concatenate([x, 1 - y[-2::-1]]), slopes)


@cache
def _lower_edges() -> tuple[np.ndarray, np.ndarray]:
    """The edges of the cells up to 0, and the chances of them."""
    z = np.arange(-FARTHEST * CELLS_TO_ONE, 1) / CELLS_TO_ONE
    return z, normal_chance(z)


@lru_cache(maxsize=512)
def _over_lower_edges(alpha: float, beta: float) -> tuple[np.ndarray, np.ndarray]:
    """The quantiles of a beta distribution at the lower edges, and their slopes over z: mirrored shapes share them."""
    z, chances = _lower_edges()
    x, slope = _beta_quantile(chances, alpha, beta)
    return x, slope * density(z)


def _chances() -> np.ndarray:
    """The edges of the cells: from 2^-31 to one half, evenly within each doubling."""
    steps = 1 + np.arange(1 << CELL_BITS) / (1 << CELL_BITS)
    return np.append(np.ldexp(steps, np.arange(-OCTAVES - 1, -1)[:, np.newaxis]).ravel(), 1 / 2)


def _beta_quantile(chances: np.ndarray, alpha: float, beta: float) -> tuple[np.ndarray, np.ndarray]:
    """The quantiles of a beta distribution, and their slopes. chances: up to one half."""
    x = lower_quantile(chances, alpha, beta)
    return x, exp(log_beta(alpha, beta) - (alpha - 1) * log(x) - (beta - 1) * log1p(-x))


def _by_bits(chances: np.ndarray, x: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Pieces whose place is the rest of a mantissa, of which the cell has taken the first bits."""
    pieces = _pieces(chances, x, slope)
    return pieces * np.ldexp(1.0, CELL_BITS * np.arange(len(pieces)))[:, np.newaxis]


def _pieces(edges: np.ndarray, x: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Cubics through the values at both edges of each cell, with the right slopes there. Shape (power, cell)."""
    width, rise = np.diff(edges), np.diff(x)
    first, last = slope[:-1] * width, slope[1:] * width
    return np.array([x[:-1], first, 3 * rise - 2 * first - last, first + last - 2 * rise])


def sampled(draws: np.ndarray, alpha: float, beta: float) -> np.ndarray:
    """Draws of the beta distribution between 0 and 1, one for each 64 random bits. draws: uint64, shape (trial,)."""
    return _at_bits(draws, table(alpha, beta))


def sampled_normal(draws: np.ndarray) -> np.ndarray:
    """Draws of the standard normal distribution, one for each 64 random bits. draws: uint64, shape (trial,)."""
    return _at_bits(draws, normal_table())


def beta_at_normal(z: np.ndarray, alpha: float, beta: float) -> np.ndarray:
    """Draws of the beta distribution between 0 and 1 at the chances of normal ones. z: shape (trial,)."""
    place = np.clip(z, -FARTHEST, FARTHEST)
    place += FARTHEST
    place *= CELLS_TO_ONE
    cell = place.astype(np.int64)
    np.minimum(cell, 2 * FARTHEST * CELLS_TO_ONE - 1, out=cell)
    place -= cell
    return _cubic(table_over_normal(alpha, beta), cell, place)


def _at_bits(draws: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """The values of a table at random bits.

    The last bit picks the end, the first ones the chance measured from that end, 0 to below 1/2. The cell and the place
    in it are then read from the bits of that number: exponent and first bits of the mantissa, and the rest.
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
    return _cubic(pieces, cell, place)


def _cubic(pieces: np.ndarray, cell: np.ndarray, place: np.ndarray) -> np.ndarray:
    *lower, values = (row.take(cell) for row in pieces)
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
