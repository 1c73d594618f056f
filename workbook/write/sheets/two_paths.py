"""Two paths: the pair that is compared, month by month, to find when one overtakes the other for good."""

from __future__ import annotations

from calc.quantity import QUANTITIES
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Two paths"
FIRST_MONTH, VALUE = 4, 3
# The rows from top to bottom: the quantity of the pair in each. The months have a row of their own.
MONTH = 8
ROWS = {
    5: "first_path",
    6: "second_path",
    7: "is_pair",
    9: "first_spent",
    10: "second_spent",
    11: "month_lead",
    12: "horizon_lead",
    13: "leader_behind",
    14: "months_behind",
    15: "ahead_for_good",
    16: "break_even_month",
    17: "leading_path",
    19: "first_total",
    20: "second_total",
    21: "total_gap",
    22: "first_unstable_months",
    23: "second_unstable_months",
    24: "meeting_loss",
    25: "break_even_loss",
    26: "break_even_above",
    27: "cheaper_beyond_loss",
}

WHOLE = ("months_behind", "break_even_month")


def add(book: Book) -> None:
    """The workings of the comparison of two paths."""
    purpose = "The two paths picked on Inputs, month by month: which has spent less, and from which month for good."
    months = book.size("month")
    widths = {1: 48, 2: 14, 3: 12} | {FIRST_MONTH + at: 10 for at in range(months)}
    framed(book, NAME, "working", "Two paths compared", purpose, widths, freeze=(5, FIRST_MONTH), header_rows=(1, 4))
    sheet = book.sheets[NAME]
    sheet.put(MONTH, 1, "Month", "label")
    sheet.put(MONTH, 2, "month", "unit")
    for row, key in ROWS.items():
        quantity = QUANTITIES[key]
        sheet.put(row, 1, quantity.label, "label")
        unit_cell(book, NAME, row, 2, quantity.unit)
        by_month = quantity.over == ("month",)
        home = Home(NAME, row, FIRST_MONTH, along="month") if by_month else Home(NAME, row, VALUE)
        book.place(key, home, "calc", "flag" if key in WHOLE else format_of(quantity.unit))
    book.later(NAME, lambda: _months(book, months))


def _months(book: Book, months: int) -> None:
    for at in range(months):
        month = book.spot("month", month=at).along()
        book.fetch(NAME, MONTH, FIRST_MONTH + at, month, "head", "flag")
