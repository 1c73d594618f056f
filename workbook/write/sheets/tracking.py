"""Tracking: what the forecast follows from, by month and in single figures, and the texts about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from calc.quantities.cash_lines import MONTHLY
from calc.quantities.lines import LOSSES, OWN_TIME
from calc.quantity import QUANTITIES
from workbook.write.book import Book, Spot
from workbook.write.formula.expression import Home
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Tracking"
LABEL, ID, UNIT, VALUE, FIRST_MONTH = 1, 2, 3, 4, 4
TOP = 6
# The rows from top to bottom, each after those that it is read from.
PLANNED = ("month_start", "plan_paid", MONTHLY[OWN_TIME[0]], MONTHLY[LOSSES[0]], "plan_spend")
ROWS = (
    *PLANNED, "actual_paid", "actual_own_time", "actual_lost", "actual_spend", "plan_so_far", "actual_so_far",
    "entered_month", "progress_month", "actual_month", "tracked", "tracked_month", "forecast_month", "undone_month",
    "core_known_month", "last_undone", "done_month", "core_done", "core_planned", "performance", "core_missing",
    "reached_from", "reached_until", "stands_at", "first_done", "plan_core_end", "forecast_core_end", "forecast_end_week",
    "forecast_end_date", "forecast_run_start", "forecast_run_months", "run_left", "run_share_left", "care_left",
    "support_left", "rewrite_left", "unstable_left", "forecast_so_far", "core_hiring_share", "actual_core_hiring",
    "invoiced_so_far", "invoiced_forecast", "budget_left", "forecast_headroom",
)  # fmt: skip
# Below them, the texts in the order in which they are read from one another.
TEXTS = TOP + len(ROWS) + 2


def add(book: Book) -> None:
    """The quantities of the actuals, in the order in which they follow from each other."""
    purpose = "What the sheet Forecast follows from: plan and actuals by month, and where the core stands."
    widths = {LABEL: 48, ID: 22, UNIT: 12} | {FIRST_MONTH + at: 10 for at in range(book.size("month"))}
    framed(
        book, NAME, "working", "Actuals, month by month", purpose, widths, freeze=(5, FIRST_MONTH), header_rows=(1, 4)
    )
    sheet = book.sheets[NAME]
    for row, key in enumerate(ROWS, TOP):
        made = QUANTITIES[key]
        sheet.put(row, LABEL, made.label, "label")
        sheet.put(row, ID, key, "id")
        unit_cell(book, NAME, row, UNIT, made.unit)
        home = Home(NAME, row, FIRST_MONTH, along="month") if made.over else Home(NAME, row, VALUE)
        if key in PLANNED:
            book.show(key, home)
        else:
            book.place(key, home, "calc", format_in(made.unit))
    sheet.put(TEXTS - 1, LABEL, "Texts of the sheet Forecast", "label_strong")


def format_in(unit: str) -> str:
    """The number format of a unit here, where a month is the number of a whole one."""
    return "flag" if unit == "month" else format_of(unit)


def text(book: Book, number: int, formula: Callable[..., Any], reads: Mapping[str, Spot], unit: str = "text") -> Spot:
    """A text, or a figure that texts are read from, in its row. number: which one, from 0."""
    book.sheets[NAME].put(TEXTS + number, UNIT, unit, "unit")
    return book.derive(NAME, TEXTS + number, LABEL, formula, "calc", **reads)
