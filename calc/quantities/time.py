"""Weeks, months and discounting."""

import numpy as np

from calc.native import power
from calc.quantity import quantity


@quantity(unit="weeks", label="Weeks per month")
def weeks_per_month(weeks_per_year, months_per_year):
    """Average weeks in a month: 52 / 12."""
    return weeks_per_year / months_per_year


@quantity(unit="weeks", label="Horizon in weeks")
def horizon_weeks(horizon_months, weeks_per_month):
    """The horizon in weeks."""
    return horizon_months * weeks_per_month


@quantity("month", unit="0/1", label="Within the horizon")
def in_horizon(month, horizon_months):
    """1 for the months 1 to the horizon, else 0. month: shape (..., month)."""
    return np.where(month <= horizon_months, 1, 0)


@quantity("month", unit="factor", label="Discount factor")
def discount_factor(discount_rate, month, months_per_year):
    """Present value of one unit paid at the end of a month: (1 + rate)^(-month/12). discount_rate: share a year."""
    return power(1 + discount_rate, -month / months_per_year)


@quantity(unit="factor", label="Discount factor of the horizon")
def horizon_factor(discount_rate, horizon_months, months_per_year):
    """Present value of one unit paid at the horizon: (1 + rate)^(-horizon/12)."""
    return power(1 + discount_rate, -horizon_months / months_per_year)


@quantity("month", unit="month", label="Month, at most the horizon")
def charted_month(month, horizon_months):
    """The month, or the horizon after it: a chart over it ends where the horizon does."""
    return np.minimum(month, horizon_months)
