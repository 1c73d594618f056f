"""A switched date system: spreadsheets then keep every date's number and show another day."""

from __future__ import annotations

from datetime import timedelta

from calc.model import DAY_ZERO
from workbook.receive.checking.report import Finding


def switched(day_zero: int) -> Finding:
    """The finding that names the switch. day_zero: the day that dates count from now, in days from the usual one."""
    first = DAY_ZERO + timedelta(days=day_zero)
    system = f" (the {first.year} date system)" if (first.month, first.day) == (1, 1) else ""
    direction = "later" if day_zero > 0 else "earlier"
    says = f"dates count from {first}{system}, so each shows a day {abs(day_zero):,} days {direction}"
    return Finding("date system", "", "", f"dates that count from {DAY_ZERO}", says)
