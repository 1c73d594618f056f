"""What a workbook's checks calculate: the difference of two ways to the same figure, and counts of what must not be.

Plain functions like the quantities, but of cells: they judge what others calculate, and nothing is calculated from them.
"""

from __future__ import annotations

import numpy as np

from calc.native import rounded
from calc.reductions import occurrences, summed


def difference(one, other):
    """How far two ways to a figure are apart, to the cent."""
    return rounded(one - other, 2)


def passed(difference):
    """1 where they are not apart."""
    return np.where(difference == 0, 1, 0)


def failing(passed):
    """How many checks have not passed. passed: shape (..., check)."""
    return occurrences(0, passed)


def out_of_order(low, likely, high):
    """How often a low end is above the likely value, or that above the high end. Shapes: (..., n)."""
    return summed((low > likely) + (likely > high))


def understood_answers(number, given):
    """How many questions have an answer that is understood, an empty one too. number: empty on lines put between."""
    allowed = (given == "yes") + (given == "no") + (given == "unknown") + (given == "")
    return summed((number > 0) * allowed)
