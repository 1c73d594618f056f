"""Cash flow: the cost of each phase and path in every month, on one time axis for the whole sheet."""

from __future__ import annotations

from calc.quantity import QUANTITIES
from calc.structure import COLUMNS
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets.heading import framed, unit_cell

NAME = "Cash flow"
FIRST_MONTH = 4
AXIS_ROW = 5


def add(book: Book) -> None:
    """The workings by month."""
    purpose = "Month n runs from n-1 to n. Months past the horizon carry no cost."
    widths = {1: 34, 2: 26, 3: 14} | dict.fromkeys(range(FIRST_MONTH, FIRST_MONTH + book.size("month")), 10)
    sheet = framed(
        book, NAME, "working", "Cash flow by month", purpose, widths, freeze=(9, FIRST_MONTH), header_rows=(1, 8)
    )
    sheet.put(AXIS_ROW, 1, "Month", "label_strong")
    sheet.put(AXIS_ROW, 3, COLUMNS["month"].unit, "unit")
    book.inputs("month", Home(NAME, AXIS_ROW, FIRST_MONTH, along="month"), "head", "flag")
    for row, key in ((6, "in_horizon"), (7, "discount_factor"), (8, "charted_month")):
        _labels(book, row, QUANTITIES[key].label, key, QUANTITIES[key].unit)
        book.place(key, Home(NAME, row, FIRST_MONTH, along="month"), "calc", "factor" if row == 7 else "flag")
    row = 10
    phases = [
        f"{path.label}: {phase.work}, step {phase.position}" for path in book.structure.paths for phase in path.phases
    ]
    paths = [path.label for path in book.structure.paths]
    for key, labels, format in (
        ("phase_share", phases, "share"),
        ("paid_spend", paths, "money"),
        ("own_time_spend", paths, "money"),
        ("loss_spend", paths, "money"),
        ("spend", paths, "money"),
        ("cumulated", paths, "money"),
        ("peaks_so_far", paths, "flag"),
    ):
        row = _block(book, row, key, labels, format)


def _block(book: Book, row: int, key: str, labels: list[str], format: str) -> int:
    """One quantity by month, a row per phase or path."""
    quantity = QUANTITIES[key]
    sheet = book.sheets[NAME]
    sheet.section(row, quantity.label, FIRST_MONTH + book.size("month") - 1)
    for at, label in enumerate(labels, row + 1):
        _labels(book, at, label, key, quantity.unit)
    book.place(key, Home(NAME, row + 1, FIRST_MONTH, down=quantity.over[0], along="month"), "calc", format)
    return row + len(labels) + 2


def _labels(book: Book, row: int, label: str, key: str, unit: str) -> None:
    book.sheets[NAME].put(row, 1, label, "label")
    book.sheets[NAME].put(row, 2, key, "id")
    unit_cell(book, NAME, row, 3, unit)
