"""Two paths: the pair that is compared, month by month, to find when one overtakes the other for good."""

from __future__ import annotations

from calc.quantity import QUANTITIES
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets.columns import head_of
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Two paths"
FIRST_MONTH, VALUE = 4, 3
# What is read of the sheet Months, month by month, stands first.
SHOWN = {8: "month", 9: "in_horizon"}
# The rows from top to bottom: the quantity of the pair in each.
ROWS = {
    5: "first_path",
    6: "second_path",
    7: "is_pair",
    10: "month_gap",
    11: "gap_so_far",
    12: "month_lead",
    13: "horizon_lead",
    14: "leader_behind",
    15: "months_behind",
    16: "ahead_for_good",
    17: "break_even_month",
    18: "leading_path",
    20: "first_total",
    21: "second_total",
    22: "total_gap",
    23: "first_unstable_months",
    24: "second_unstable_months",
    25: "meeting_loss",
    26: "break_even_loss",
    27: "break_even_above",
    28: "cheaper_beyond_loss",
}

WHOLE = ("months_behind", "break_even_month")


def add(book: Book) -> None:
    """The workings of the comparison of two paths."""
    purpose = "The two paths picked on Inputs, month by month: which has spent less, and from which month for good."
    months = book.size("month")
    widths = {1: 48, 2: 14, 3: 12} | {FIRST_MONTH + at: 10 for at in range(months)}
    framed(book, NAME, "working", "Two paths compared", purpose, widths, freeze=(5, FIRST_MONTH), header_rows=(1, 4))
    sheet = book.sheets[NAME]
    for row, key in SHOWN.items():
        label, unit, _ = head_of(book, key)
        sheet.put(row, 1, label, "label")
        sheet.put(row, 2, unit, "unit")
        book.show(key, Home(NAME, row, FIRST_MONTH, along="month"), "head" if key == "month" else "calc")
    for row, key in ROWS.items():
        quantity = QUANTITIES[key]
        sheet.put(row, 1, quantity.label, "label")
        unit_cell(book, NAME, row, 2, quantity.unit)
        by_month = quantity.over == ("month",)
        home = Home(NAME, row, FIRST_MONTH, along="month") if by_month else Home(NAME, row, VALUE)
        book.place(key, home, "calc", "flag" if key in WHOLE else format_of(quantity.unit))
