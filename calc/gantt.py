"""A plan drawn in cells: columns of equally many weeks, and the part of the plan in each.

Plain functions like the quantities, but of a drawing: nothing else is calculated from them. Weeks count from the start of
the project; a column ends in week `until` and is `step` weeks wide. Shapes: (...), a list of weeks (..., n).
"""

from __future__ import annotations

import numpy as np

from calc.native import rounded
from calc.reductions import summed


def weeks_per_column(horizon_weeks, columns):
    """Whole weeks in a column, so that so many columns reach to the horizon."""
    return np.maximum(1, np.ceil(rounded(horizon_weeks / columns, 9)))


def next_column(before, step):
    """The week in which a column ends, from that of the column before."""
    return before + step


def first_day(start_day, days_per_week, step, until):
    """The day on which a column begins."""
    return start_day + days_per_week * (until - step)


def covers(first, last, step, until):
    """1 where the bar from one week to another lies in the column at all; 0 where these are missing."""
    return np.where((first < until) * (last > until - step) == 1, 1, 0)


def within(weeks, step, until):
    """How many of the weeks fall into the column."""
    return summed((weeks > until - step) * (weeks <= until))
