"""The large simulation beside the live one: how many trials it has, and where a workbook says how many it had."""

from __future__ import annotations

# It runs once in Python.
LARGE_RUN = 10_000
# The sheet, and what stands beside the number there; more than so many are not believed.
SHEET, LABEL = "Simulation", "Trials of this run, and the hash of its inputs"
MOST = 100_000


def trials_said(beside: object) -> int:
    """How many trials the cell beside LABEL says; the usual number where it says nothing sensible."""
    if isinstance(beside, int | float) and float(beside).is_integer() and 0 <= beside <= MOST:
        return int(beside)
    return LARGE_RUN
