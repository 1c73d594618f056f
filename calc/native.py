"""Functions that a spreadsheet has by name: NumPy here, a native function where a symbol stands in for a cell.

The dispatch is NumPy's own protocol, `__array_function__`: an argument that implements it is asked first.

>>> rounded(np.array([0.5, 1.5, 2.5]), 0)  # np.round gives 0, 2 and 2
array([1., 2., 3.])
>>> percentile(np.array([10.0, 20.0, 40.0]), 0.75)
array([30.])
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature

import numpy as np

from calc import elementary, normal

# What a double carries beyond the 15 digits that a spreadsheet looks at, and the largest that still has halves.
LAST_DIGITS, LARGEST_EXACT = 2.0**-50, 2.0**51
# Day 0 of the spreadsheet calendar: dates are day numbers, as cells hold them.
DAY_ZERO = np.datetime64("1899-12-30")
LAST_DAY = 2_958_465  # the last of December 9999


def native(function: Callable) -> Callable:
    """Let arguments that are no arrays or numbers take the call over, as NumPy's own functions do."""

    bound = signature(function).bind

    @wraps(function)
    def dispatched(*given, **named):
        arguments = bound(*given, **named).args if named else given
        for argument in arguments:
            if not isinstance(argument, np.ndarray) and hasattr(argument, "__array_function__"):
                return argument.__array_function__(dispatched, (type(argument),), arguments, {})
        return function(*arguments)

    return dispatched


@native
def percentile(values, share):
    """The value below which a share of the values lies, between neighbours in proportion. values: (..., n); share: (..., 1).

    Returns (..., 1), like PERCENTILE in a cell.
    """
    # As np.quantile does, to the last digit, without all that it looks at first: a workbook has hundreds of these cells.
    last = values.shape[-1] - 1
    at = np.array(share, ndmin=values.ndim) * last
    below = np.floor(at).astype(int)
    above = np.minimum(below + 1, last)
    # A partition at several places takes many times as long: a sort uses the whole width of the processor's registers.
    ordered = np.sort(values, axis=-1)
    low, high = (np.take_along_axis(ordered, place, axis=-1) for place in (below, above))
    part = at - below
    between = np.where(part < 1 / 2, low + (high - low) * part, high - (high - low) * (1 - part))
    # A missing value is the last one, and makes the percentile missing.
    return np.where(np.isnan(ordered[..., last:]), np.nan, between)


@native
def beta_quantile(chance, alpha, beta):
    """The value of a beta distribution between 0 and 1 at a chance, like BETA.INV in a cell. All: (...).

    Only a symbol has it: of numbers it raises NotImplementedError, since drawn figures come from calc.simulation."""
    raise NotImplementedError("drawn figures come from calc.simulation, which shares the work among equal shapes")


@native
def normal_quantile(chance):
    """The value of the standard normal distribution at a chance, like NORM.S.INV in a cell. chance: (...). Returns (...)."""
    return normal.normal_quantile(chance)


@native
def normal_chance(z):
    """The chance of at most z in the standard normal distribution, like NORM.S.DIST in a cell. z: (...). Returns (...)."""
    return normal.normal_chance(z)


@native
def sum_given(*values):
    """The sum of those values that are not missing, like SUM in a cell. values: (...) each. Returns (...)."""
    return sum(np.where(np.isnan(value), 0, value) for value in values)


@native
def count_given(*values):
    """How many of the values are not missing, like COUNT in a cell. values: (...) each. Returns (...)."""
    return sum(np.where(np.isnan(value), 0, 1) for value in values)


@native
def power(base, exponent):
    """base to the power of exponent, like ^ in a cell. base: (...), above 0; exponent: (...). Returns (...).

    Formulas say it so, and not with `**`: NumPy's own differs in the last digit from one processor to the next.
    """
    return elementary.power(base, exponent)


@native
def rounded(value, digits: int):
    """The value to so many decimals, like ROUND in a cell: half away from zero, on what 15 digits show of it. value: (...)."""
    tens = float(10**digits)
    scaled = np.abs(value) * tens
    whole = np.floor(scaled * (1 + LAST_DIGITS) + 1 / 2)
    exact = scaled < LARGEST_EXACT
    return np.where(exact, np.sign(value) * whole / tens, value)


@native
def month_later(day, months):
    """The same day so many months later, or that month's last day where it has no such day, like EDATE in a cell.

    day: day numbers; months: whole. All (...). Returns day numbers; NaN where the calendar does not reach.

    >>> month_later(np.array([46053.0]), np.array([1.0, 2.0]))  # the last of January 2026: of February, of March
    array([46081., 46112.])
    """
    known = _known(day) & (np.abs(months) <= LAST_DAY)
    date, months = _dates(day), np.where(known, months, 0).astype("timedelta64[M]")
    month = date.astype("datetime64[M]")
    later = (month + months).astype("datetime64[D]")
    last = (month + months + 1).astype("datetime64[D]") - later - 1
    found = (later + np.minimum(date - month.astype("datetime64[D]"), last) - DAY_ZERO).astype(float)
    return np.where(known & _known(found), found, np.nan)


@native
def calendar_month(day):
    """The month of the year of a day, 1 for January, like MONTH in a cell. day: day numbers (...). NaN past the calendar."""
    months = _dates(day).astype("datetime64[M]").astype(int) % 12
    return np.where(_known(day), months + 1, np.nan)


@native
def calendar_year(day):
    """The year of a day, like YEAR in a cell. day: day numbers (...). NaN past the calendar."""
    return np.where(_known(day), _dates(day).astype("datetime64[Y]").astype(int) + 1970, np.nan)


def _known(day):
    return (day >= 0) & (day <= LAST_DAY)


def _dates(day):
    return DAY_ZERO + np.floor(np.where(_known(day), day, 0)).astype("timedelta64[D]")
