"""A range with a tail: low, likely and high are P10, the median and P90, and beyond them it goes on.

Lognormal on either side of the median, each side through its own quantile; for what may be negative, such as hours
beyond an estimate as a share of it, with a shift above which it begins. Source: docs/model.md, "Simulation".
"""

from __future__ import annotations

import numpy as np

from calc.native import power

# Of the standard normal distribution at 0.9.
NORMAL_P90 = 1.2815515655446004


def ratio_below(low, likely, high, shift):
    """The median for one of P10, both from the shift on; 1 where the range has no width."""
    return np.where(high > low, (likely + shift) / (low + shift), 1)


def ratio_above(low, likely, high, shift):
    """P90 for one of the median, both from the shift on; 1 where the range has no width."""
    return np.where(high > low, (high + shift) / (likely + shift), 1)


def tail_draw(z, below, above, normal_p90):
    """Where a value lies in its range, 0 at P10 and 1 at P90. z: its normal draw (...); below, above: the two ratios."""
    up, down = power(above, np.maximum(z, 0) / normal_p90), power(below, np.minimum(z, 0) / normal_p90)
    return (below * up * down - 1) / (below * above - 1)
