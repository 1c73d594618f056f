"""Which path is the cheapest in a trial, over all paths and among the eligible ones."""

from __future__ import annotations

from functools import reduce

import numpy as np

from calc.native import rounded
from calc.reductions import position, smallest_given, summed

# What an earlier path is ahead of the next one where both cost the same: less than any costs differ by.
AHEAD = 0.0001
# What is invoiced is above a budget from so much more on: it is compared to the cent.
HALF_A_CENT = 0.005
# More than any path costs.
NEVER = 1e12


def scope_cost(total, beyond):
    """What the same scope costs on a path, undiscounted and to the cent. Any shape."""
    return rounded(total + beyond, 2)


def winner(costs):
    """Number of the cheapest of all paths, the earlier one on a tie. costs: (..., path); returns (..., 1)."""
    return position(smallest_given(costs), costs)


def handicap(eligible, path, ahead, never):
    """What a path's cost counts more among the eligible ones: next to nothing, or so much that it never is the cheapest."""
    return eligible * path * ahead + (1 - eligible) * never


def lowest(costs, handicaps):
    """The lowest cost with its handicap. Both: for each path an array of any shape, or a cell."""
    return reduce(np.minimum, np.add(costs, handicaps))


def winner_among(costs, handicaps, lowest, paths):
    """Number of the path with that cost. costs: (..., path); handicaps, paths: (path,) or so; lowest, returns: (..., 1)."""
    return summed((costs + handicaps == lowest) * paths)
