"""Costs: all paths line by line, the visible rate beside the whole cost, and what it comes to; in the order of the paths.

The sheet Comparison shows what matters of it in the order of the decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Costs"
TOP = 6
OUTCOMES = (
    "phases_paid", "phases_paid_past", "paid", "own_time", "losses", "total", "npv", "beyond_core", "beyond_instability",
    "beyond_features", "beyond", "same_scope", "same_place", "invoiced", "core_cost", "headline_rate", "real_rate",
    "feature_hours_delivered",
    "core_hours_delivered", "cost_per_delivered_hour", "cost_per_stable_month", "peak_spend", "peak_weight",
    "peak_month",
)  # fmt: skip
STRONG = {"paid", "total", "npv", "same_scope", "invoiced", "real_rate", "cost_per_delivered_hour"}
NAMED = ("total", "npv", "same_scope", "invoiced")


def add(book: Book) -> None:
    """Costs within the horizon by path and line, then what they buy."""
    purpose = "What every path costs within the horizon, line by line, and what it delivers for that."
    sheet = framed(
        book,
        NAME,
        "working",
        "Costs of all paths, line by line",
        purpose,
        {1: 40, 2: 12},
        freeze=(TOP + 3, 2),
        header_rows=(1, 8),
    )
    sheet.row(TOP, 1, ["Path"], "head_left")
    column = _columns(book, 3, list(LINES.values()), "Costs within the horizon, by line")
    _columns(book, column + 1, OUTCOMES, "What it comes to, and what it buys")
    sheet.put(TOP, 2, "Weeks to stable", "head")
    sheet.put(TOP + 1, 2, "weeks", "unit_centred")
    for at, path in enumerate(book.structure.paths, TOP + 3):
        sheet.put(at, 1, path.label, "label_strong")
        book.later(NAME, partial(_weeks, book, at, path.id))


def _weeks(book: Book, row: int, path: str) -> None:
    at = row - TOP - 3
    book.fetch(NAME, row, 2, book.spot("weeks_to_stable", path=at), "calc", "weeks")
    book.name(f"weeks_to_stable_{path}", NAME, row, 2)


def _columns(book: Book, left: int, keys: Sequence[str], title: str) -> int:
    sheet = book.sheets[NAME]
    for at, key in enumerate(keys):
        quantity, column = QUANTITIES[key], left + at
        sheet.put(TOP - 1, column, title if at == 0 else None, "section")
        sheet.put(TOP, column, quantity.label, "head")
        unit_cell(book, NAME, TOP + 1, column, quantity.unit, "unit_centred")
        sheet.put(TOP + 2, column, key, "id")
        sheet.widths[column] = 12.5
        style = "result" if key in STRONG else "calc"
        dimension = "path" if quantity.over == ("path",) else None
        book.place(key, Home(NAME, TOP + 3, column, down=dimension), style, format_of(quantity.unit))
        if key in NAMED:
            for row, path in enumerate(book.structure.paths, TOP + 3):
                book.name(f"{key}_{path.id}", NAME, row, column)
    sheet.heights[TOP] = 42
    return left + len(keys)
