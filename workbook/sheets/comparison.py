"""Comparison: all paths line by line, the visible rate against the whole cost, and what each gives for it."""

from __future__ import annotations

from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from workbook.book import Book
from workbook.formula.expression import Home
from workbook.sheets.frame import format_of, framed, unit_cell

NAME = "Comparison"
TOP = 6
OUTCOMES = (
    "phases_total", "total", "npv", "core_cost", "headline_rate", "real_rate", "feature_hours_delivered",
    "core_hours_delivered", "cost_per_delivered_hour", "cost_per_stable_month", "peak_spend", "peak_month",
)  # fmt: skip
STRONG = {"total", "npv", "real_rate", "cost_per_delivered_hour"}
NAMED = {"total": "total", "npv": "npv"}


def add(book: Book) -> None:
    """Costs within the horizon by path and line, then what they buy."""
    purpose = "What every path costs within the horizon, line by line, and what it delivers for that."
    sheet = framed(
        book, NAME, "result", "Comparison of all paths", purpose, {1: 40, 2: 12}, freeze=(TOP + 3, 2), header_rows=(1, 8)
    )
    sheet.row(TOP, 1, ["Path"], "head_left")
    column = _columns(book, 3, list(LINES.values()), "Costs within the horizon, by line")
    _columns(book, column + 1, OUTCOMES, "What it comes to, and what it buys")
    sheet.put(TOP, 2, "Weeks to stable", "head")
    sheet.put(TOP + 1, 2, "weeks", "unit_centred")
    for at, path in enumerate(book.structure.paths, TOP + 3):
        sheet.put(at, 1, path.label, "label_strong")
        book.later(lambda at=at, path=path: _weeks(book, at, path.id))
    sheet.highlights.append(
        (f"A{TOP + 3}:A{TOP + 2 + len(book.structure.paths)}", f"ROW()-{TOP + 2}=recommended_position", "chosen")
    )


def _weeks(book: Book, row: int, path: str) -> None:
    at = row - TOP - 3
    book.derive(NAME, row, 2, lambda weeks: weeks * 1, "calc", "weeks", weeks=book.spot("weeks_to_stable", path=at))
    book.name(f"weeks_to_stable_{path}", NAME, row, 2)


def _columns(book: Book, left: int, keys, title: str) -> int:
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
                book.name(f"{NAMED[key]}_{path.id}", NAME, row, column)
    sheet.heights[TOP] = 42
    return left + len(keys)
