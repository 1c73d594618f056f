"""Comparison: all paths line by line, the visible rate beside the whole cost, and the results for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.structure import PathRow
from workbook.write.book import Book
from workbook.write.charts.make import Line, Picture, area, bars, paths_over_time
from workbook.write.formula.expression import Home
from workbook.write.palette import DASHES, MODEL_COLOURS, SEEN, WHOLE
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Comparison"
TOP = 6
OUTCOMES = (
    "phases_paid", "paid", "own_time", "losses", "total", "npv", "beyond_core", "beyond_instability", "beyond_features",
    "beyond", "same_scope", "same_place", "invoiced", "core_cost", "headline_rate", "real_rate", "feature_hours_delivered",
    "core_hours_delivered", "cost_per_delivered_hour", "cost_per_stable_month", "peak_spend", "peak_month",
)  # fmt: skip
STRONG = {"paid", "total", "npv", "same_scope", "invoiced", "real_rate", "cost_per_delivered_hour"}
NAMED = ("total", "npv", "same_scope", "invoiced")


def add(book: Book) -> None:
    """Costs within the horizon by path and line, then what they buy."""
    purpose = "What every path costs within the horizon, line by line, and what it delivers for that."
    sheet = framed(
        book,
        NAME,
        "result",
        "Comparison of all paths",
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
    book.later(NAME, lambda: _charts(book))


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


def _charts(book: Book) -> None:
    """The visible rate beside the real cost of an hour, and the cumulated cost of each path by month."""
    sheet, paths = book.sheets[NAME], book.structure.paths
    first, count = TOP + 3, len(paths)
    names = area(NAME, first, 1, count)
    rates = []
    for key, colour in (("headline_rate", SEEN), ("real_rate", WHOLE)):
        column = book.homes[key].column
        rates.append(Line(area(NAME, TOP, column), area(NAME, first, column, count), colour))
    title = "Visible rate and real cost per hour of core work"
    chart = bars(title, names, rates, "Project currency per hour", (22, 12), stacked=False)
    alt = "Bars per path: the rate on the offer beside all that the audit and core phases cost per hour of core work."
    below = first + count + 2
    sheet.charts.append(Picture(below, 1, chart, alt))
    months = book.homes["charted_month"]
    spent = book.homes["cumulated"]
    length = book.size("month")
    lines = [
        Line(area(NAME, first + at, 1), area(spent.sheet, spent.row + at, spent.column, along=length), colour, dash)
        for at, (colour, dash) in enumerate(path_looks(paths))
    ]
    axis = area(months.sheet, months.row, months.column, along=length)
    chart = paths_over_time("Spent so far, by path", axis, lines, "Project currency", (26, 12))
    alt = "Lines over the months up to the horizon: what each path has cost in all; hybrids are dashed."
    sheet.charts.append(Picture(below, 8, chart, alt))


def path_looks(paths: Sequence[PathRow]) -> list[tuple[str, str | None]]:
    """Colour and dash of each path: a hybrid has the colour of the model that does most of its core, dashed."""
    looks: list[tuple[str, str | None]] = []
    used: dict[str, int] = {}
    for path in paths:
        main = max(path.core, key=lambda phase: phase.share).model
        single = len(path.phases) == 1
        dash = None if single else DASHES[used.get(main, 0) % len(DASHES)]
        used[main] = used.get(main, 0) + (0 if single else 1)
        looks.append((MODEL_COLOURS[main], dash))
    return looks
