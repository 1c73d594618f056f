"""Fiscal years and quarters by name. Shapes: all (..., n) alike; a name past the horizon is an empty text."""

from __future__ import annotations

import numpy as np

from calc.text.live import formatted, joined


def year_name(begins, fiscal_month):
    """A fiscal year by the calendar years that it lies in: 2026, or 2026/2027 where it does not begin in January."""
    first = formatted(begins, "0")
    return np.where(fiscal_month == 1, first, joined(first, "/", formatted(begins + 1, "0")))


def year_label(fiscal_year, years_in_horizon, fiscal_year_begins, fiscal_month):
    """The name of one of the project's fiscal years, such as FY 2026/2027."""
    return np.where(fiscal_year <= years_in_horizon, joined("FY ", year_name(fiscal_year_begins, fiscal_month)), "")


def quarter_label(quarter, quarters_in_horizon, quarter_number, quarter_year, fiscal_month):
    """The name of one of the project's quarters, such as Q3 2026/2027."""
    name = joined("Q", formatted(quarter_number, "0"), " ", year_name(quarter_year, fiscal_month))
    return np.where(quarter <= quarters_in_horizon, name, "")
