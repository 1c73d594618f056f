"""The calculations of a workbook's checks: the difference between two ways to the same figure, and counts of faults.

Plain functions like the quantities, but of cells: they judge what others calculate, and no result depends on them.
"""

from __future__ import annotations

import numpy as np

from calc.native import rounded
from calc.reductions import occurrences, summed


def difference(one, other):
    """The difference between two ways to a figure, to the cent."""
    return rounded(one - other, 2)


def passed(difference, other):
    """1 where the two ways agree: to the cent, or to twelve digits of a figure so large that its sums lose cents."""
    return np.where(rounded(difference / np.maximum(1, np.abs(other)), 12) == 0, 1, 0)


def all_passed(failing):
    """1 where no check fails."""
    return np.where(failing == 0, 1, 0)


def failing(passed):
    """How many checks have not passed. passed: shape (..., check)."""
    return occurrences(0, passed)


def out_of_order(low, likely, high):
    """How often a low end is above the likely value, or that above the high end. Shapes: (..., n)."""
    return summed((low > likely) + (likely > high))


def understood_answers(id, given):
    """How many questions have an answer that is understood, an empty one too. id: empty on lines between the questions."""
    allowed = (given == "yes") + (given == "no") + (given == "unknown") + (given == "")
    return summed((id != "") * allowed)
