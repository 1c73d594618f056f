"""The calendar: the first day of every month, fiscal years and quarters, and what each path comes to in them.

Month n is the n-th month from the start: it begins on the start's day of the month, or on the month's last day where it has
no such day. It belongs to the fiscal year and quarter that its first day is in; quarters are those of the fiscal year. A
project's own years and quarters count from 1, the first being the one in which it starts. Shapes: (..., month),
(..., fiscal_year), (..., quarter), (..., path, fiscal_year).
"""

import numpy as np

from calc.native import calendar_month, calendar_year, month_later
from calc.quantity import quantity
from calc.reductions import summed


@quantity("month", unit="date", label="First day of the month")
def month_start(start_day, month):
    """The day on which the n-th month from the start begins."""
    return month_later(start_day, month - 1)


@quantity(unit="date", label="Last day of the horizon")
def horizon_end(start_day, horizon_months):
    """The day before the month after the horizon begins."""
    return month_later(start_day, horizon_months) - 1


@quantity(unit="months", label="Fiscal year over at the start")
def months_before_start(start_day, fiscal_month, months_per_year):
    """Whole months of the fiscal year that are over in the month in which the project starts."""
    apart = calendar_month(start_day) - fiscal_month
    return apart + months_per_year * np.where(apart < 0, 1, 0)


@quantity(unit="year", label="First fiscal year")
def first_fiscal_year(start_day, fiscal_month):
    """The calendar year in which the fiscal year of the start began."""
    return calendar_year(start_day) - np.where(calendar_month(start_day) < fiscal_month, 1, 0)


@quantity("month", unit="number", label="Fiscal year of the month")
def year_of_month(months_before_start, month, months_per_year):
    """Which of the project's fiscal years the month belongs to, from 1."""
    return 1 + np.floor((months_before_start + month - 1) / months_per_year)


@quantity(unit="quarters", label="Quarters of the fiscal year over at the start")
def quarters_before_start(months_before_start, months_per_quarter):
    """Whole quarters of the fiscal year that are over in the month in which the project starts."""
    return np.floor(months_before_start / months_per_quarter)


@quantity("month", unit="number", label="Quarter of the month")
def quarter_of_month(months_before_start, month, months_per_quarter, quarters_before_start):
    """Which of the project's quarters the month belongs to, from 1."""
    return 1 + np.floor((months_before_start + month - 1) / months_per_quarter) - quarters_before_start


@quantity(unit="years", label="Fiscal years within the horizon")
def years_in_horizon(months_before_start, horizon_months, months_per_year):
    """How many fiscal years the project touches up to the horizon."""
    return 1 + np.floor((months_before_start + horizon_months - 1) / months_per_year)


@quantity(unit="quarters", label="Quarters within the horizon")
def quarters_in_horizon(months_before_start, horizon_months, months_per_quarter, quarters_before_start):
    """How many quarters the project touches up to the horizon."""
    return 1 + np.floor((months_before_start + horizon_months - 1) / months_per_quarter) - quarters_before_start


@quantity("fiscal_year", unit="year", label="Begins in the year")
def fiscal_year_begins(first_fiscal_year, fiscal_year):
    """The calendar year in which the fiscal year begins."""
    return first_fiscal_year + fiscal_year - 1


@quantity("fiscal_year", unit="date", label="From")
def fiscal_year_from(start_day, fiscal_year, months_before_start, months_per_year, years_in_horizon):
    """First day of the project's first month in the fiscal year; empty past the horizon."""
    before = np.maximum(0, (fiscal_year - 1) * months_per_year - months_before_start)
    return np.where(fiscal_year <= years_in_horizon, month_later(start_day, before), np.nan)


@quantity("quarter", unit="date", label="From")
def quarter_from(
    start_day, quarter, quarters_before_start, months_per_quarter, months_before_start, quarters_in_horizon
):
    """First day of the project's first month in the quarter; empty past the horizon."""
    before = np.maximum(0, (quarters_before_start + quarter - 1) * months_per_quarter - months_before_start)
    return np.where(quarter <= quarters_in_horizon, month_later(start_day, before), np.nan)


@quantity("quarter", unit="year", label="Fiscal year begins in the year")
def quarter_year(first_fiscal_year, quarters_before_start, quarter, months_per_quarter, months_per_year):
    """The calendar year in which the quarter's fiscal year begins."""
    return first_fiscal_year + np.floor((quarters_before_start + quarter - 1) * months_per_quarter / months_per_year)


@quantity("quarter", unit="number", label="Quarter of its fiscal year")
def quarter_number(
    quarters_before_start, quarter, quarter_year, first_fiscal_year, months_per_year, months_per_quarter
):
    """Which quarter of its fiscal year it is, from 1."""
    of_earlier_years = (quarter_year - first_fiscal_year) * months_per_year / months_per_quarter
    return quarters_before_start + quarter - of_earlier_years


def in_period(of_month, period, amounts):
    """The sum of the amounts of those months that belong to the period. of_month, amounts: (..., month); period: (..., 1)."""
    return summed((of_month == period) * amounts)


@quantity("path", "fiscal_year", unit="currency", label="Paid in the fiscal year")
def paid_by_year(all_year_of_month, fiscal_year, all_paid_spend):
    """What has to be paid in each fiscal year, within the horizon."""
    return in_period(all_year_of_month, fiscal_year, all_paid_spend)


@quantity("path", unit="currency", label="Paid in the first three months")
def paid_first_quarter(all_month, months_per_quarter, all_paid_spend):
    """What has to be paid in the project's first three months, whatever quarter of the fiscal year they are in."""
    return summed((all_month <= months_per_quarter) * all_paid_spend)
