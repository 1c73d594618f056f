"""Figures of a trial as the workbook's cells calculate them; NumPy has the same from `calc.simulation.draws`."""

from __future__ import annotations

import numpy as np

from calc.native import beta_quantile, normal_chance, normal_quantile
from calc.simulation.common_factor import mixed
from calc.simulation.draws import kept, rank
from calc.simulation.tail import tail_draw

# trial to points: as in `calc.simulation.draws.rank`; steps: those of the range that a draw is kept to; common, side,
# own_weight: as in `mixed`; low, likely, high: the range in force; alpha, beta: of `calc.simulation.pert`; below, above,
# normal_p90: of `calc.simulation.tail`.


def common_of_trial(trial, square, factor, start, points, common_weight):
    """The common normal draw of a trial, times its weight."""
    return common_weight * _normal(trial, square, factor, start, points)


def pert_of_trial(
    trial, square, factor, start, points, steps, common, side, own_weight, low, likely, high, alpha, beta
):
    """The figure within its range; the likely value without a range."""
    z = mixed(common, _normal(trial, square, factor, start, points), side, own_weight)
    draw = beta_quantile(normal_chance(z), alpha, beta)
    return np.where(low < high, low + (high - low) * kept(draw, steps), likely)


def tail_of_trial(
    trial, square, factor, start, points, steps, common, side, own_weight, low, likely, high, alpha, beta, tail,
    below, above, normal_p90
):  # fmt: skip
    """The figure that may have a tail. tail: 1 where it has one, else 0."""
    z = mixed(common, _normal(trial, square, factor, start, points), side, own_weight)
    within = beta_quantile(normal_chance(z), alpha, beta)
    draw = np.where(tail == 1, tail_draw(z, below, above, normal_p90), within)
    return np.where(low < high, low + (high - low) * kept(draw, steps), likely)


def _normal(trial, square, factor, start, points):
    """The normal draw at the middle of the rank's share of the chances."""
    return normal_quantile((2 * rank(trial, square, factor, start, points) + 1) / (2 * points))
