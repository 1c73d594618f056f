"""Which path is the cheapest in a trial: among the eligible ones, or among all where none is."""

from __future__ import annotations

import numpy as np

from calc.native import rounded
from calc.reductions import largest, position, smallest_given


def is_out(eligible, eligible_paths):
    """1 where a path does not count: a gate excludes it and leaves others. Any shape."""
    return np.where(eligible_paths > 0, 1 - eligible, 0)


def contender(total, is_out, all_totals):
    """A path's total to the cent; where it is out, more than the highest on top, so that it never is the cheapest.

    total, is_out: (...); all_totals: (..., path), shape (..., 1) where it is reduced.
    """
    return rounded(total + is_out * (largest(all_totals) + 1), 2)


def winner(contenders):
    """Position of the cheapest, the earlier path on a tie. contenders: (..., path); returns (..., 1)."""
    return position(smallest_given(contenders), contenders)
