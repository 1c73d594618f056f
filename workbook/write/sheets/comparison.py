"""Comparison: all paths in the order of the decision, with an index, the three kinds of cost, and what they buy."""

from __future__ import annotations

import numpy as np

from calc.reductions import picked, picked_or
from workbook.write.book import Book, Spot
from workbook.write.charts.bars import SMALL_TYPE, SMALLEST_TYPE, bars
from workbook.write.charts.picture import Line, Picture, Point, area, from_cell
from workbook.write.charts.scatter import paths_over_time, points
from workbook.write.formula.text import joined
from workbook.write.palette import CHOSEN, CURVE_LOOKS, FRONTIER, SEEN, WHOLE
from workbook.write.sheet import PLAIN_ROW, POINTS_PER_CM, Area
from workbook.write.sheets import months
from workbook.write.sheets.decision import standing_of
from workbook.write.sheets.heading import currency, framed
from workbook.write.sheets.values import path_labels

NAME = "Comparison"
TOP = 6
FIT = "Fit: 100% is all that is asked"
# Last, and seen only where a path is recommended.
INDEX = "same_scope_index"
# What is shown of each path: the quantity, its head, the rest of its unit (None: no money) and its format.
FIGURES: tuple[tuple[str, str, str | None, str], ...] = (
    ("same_scope", "Same scope", "", "money"),
    ("paid", "Paid within the horizon", "", "money"),
    ("own_time", "The leader's own time", "", "money"),
    ("losses", "Losses expected", "", "money"),
    ("total", "Total within the horizon", "", "money"),
    ("npv", "Present value of the total", "", "money"),
    ("beyond", "Beyond the horizon", "", "money"),
    ("same_place", "Same scope, all in one place", "", "money"),
    ("weeks_to_stable", "Weeks to stable", None, "weeks"),
    ("fit", FIT, None, "percent"),
    ("headline_rate", "Visible rate", "/h", "rate"),
    ("real_rate", "Real cost per hour", "/h", "rate"),
    (INDEX, "Same scope, recommended = 100%", None, "percent"),
)
UNITS = {INDEX: "share", "weeks_to_stable": "weeks", "fit": "share"}
STRONG = ("same_scope", "total")
FIRST = 4  # the first column of the figures, after place, path and standing
LAST = FIRST + len(FIGURES) - 1
WIDTHS = {1: 7, 2: 44, 3: 14} | dict.fromkeys(range(FIRST, LAST + 1), 11.2)
# What the chart reads, at the side: the frontier's points and the recommended one.
CHARTED = LAST + 2
# Where the charts stand side by side, and how wide they are (cm).
CHARTS = ((1, 13.9), (5, 12.2), (11, 12.3))
# How tall they are (cm): so much with the usual paths, and so much less for each more, so that one page holds all.
CHART_HEIGHT, USUAL_PATHS, PER_PATH = 11.0, 13, 0.25


def add(book: Book) -> None:
    """Every path by its place, and three charts."""
    purpose = (
        "What every path costs and what it buys, in the order of the decision; ruled-out paths come last, in grey."
    )
    sheet = framed(book, NAME, "result", "Comparison of all paths", purpose, WIDTHS, freeze=(TOP + 2, 3),
                   header_rows=(1, TOP + 1))  # fmt: skip
    sheet.widths.update(dict.fromkeys(range(CHARTED, CHARTED + 4), 12))
    book.later(NAME, lambda: _fill(book))


def _fill(book: Book) -> None:
    _heads(book)
    _rows(book)
    _charted(book)
    _charts(book)


def _heads(book: Book) -> None:
    sheet = book.sheets[NAME]
    sheet.row(TOP, 1, ["Place", "Path", "Standing"], "head_left")
    sheet.put(TOP + 1, 1, "place", "unit_centred")
    sheet.heights[TOP] = 42
    for column, (key, head, rest, _) in enumerate(FIGURES, FIRST):
        sheet.put(TOP, column, head, "head")
        if rest is None:
            sheet.put(TOP + 1, column, UNITS[key], "unit_centred")
        else:
            _unit(book, column, rest)


def _unit(book: Book, column: int, rest: str) -> None:
    book.derive(NAME, TOP + 1, column, lambda code: joined(code, rest), "unit_centred", code=currency(book))


def _at(book: Book, place: int) -> Spot:
    return book.spot("path_at_place", place=place)


def _rows(book: Book) -> None:
    sheet, count, labels = book.sheets[NAME], len(book.structure.paths), path_labels(book)
    for place in range(count):
        row, at = TOP + 2 + place, _at(book, place)
        sheet.put(row, 1, place + 1, "fixed", "flag")
        book.derive(NAME, row, 2, picked, "row_name", values=labels, at=at)
        book.derive(NAME, row, 3, standing_of, "calc_wrapped", standings=book.range("standing"), at=at)
        for column, (key, _, _, format) in enumerate(FIGURES, FIRST):
            style = "bare" if key == INDEX else "result" if key in STRONG else "calc"
            book.derive(NAME, row, column, picked, style, format, values=book.range(key), at=at)
    ruled = [Area(TOP + 2, LAST, TOP + 1 + count, LAST)]
    sheet.only_where(f'$C${TOP + 2}="recommended"', Area(TOP, LAST, TOP + 1 + count, LAST), ruled=ruled)
    last = column_of(LAST)
    cells = f"A{TOP + 2}:{last}{TOP + 1 + count}"
    sheet.highlights.append((cells, f'$C{TOP + 2}="recommended"', "chosen"))
    sheet.highlights.append((cells, f'$C{TOP + 2}="ruled out"', "muted"))


def _charted(book: Book) -> None:
    """The frontier's points: a path that is not on it stands where the first one is that is; without any, below the axis."""
    sheet, count = book.sheets[NAME], len(book.structure.paths)
    sheet.row(
        TOP, CHARTED, ["Frontier: same scope", "Frontier: fit", "Recommended: same scope", "Recommended: fit"], "head"
    )
    for number in range(4):
        if number % 2:
            sheet.put(TOP + 1, CHARTED + number, UNITS["fit"], "unit_centred")
        else:
            _unit(book, CHARTED + number, "")
    for place in range(count):
        reads = {"at": _at(book, place), "frontier": book.range("frontier"), "first": book.spot("first_on_frontier")}
        for number, (key, other, format) in enumerate((("same_scope", 0, "money"), ("fit", -2, "percent"))):
            function = _on_frontier_or_zero if other == 0 else _on_frontier_or_below
            book.derive(
                NAME, TOP + 2 + place, CHARTED + number, function, "calc", format, values=book.range(key), **reads
            )
    at = book.spot("recommended")
    book.derive(NAME, TOP - 1, CHARTED, _titled, "listed", recommended=at)
    costs, fits = book.range("same_scope"), book.range("fit")
    book.derive(NAME, TOP + 2, CHARTED + 2, _chosen_or_zero, "calc", "money", values=costs, at=at)
    book.derive(NAME, TOP + 2, CHARTED + 3, _chosen_or_below, "calc", "percent", values=fits, at=at)


def _on_frontier_or_zero(values, at, frontier, first):
    return picked_or(values, np.where(picked(frontier, at) == 1, at, first), 0)


def _on_frontier_or_below(values, at, frontier, first):
    return picked_or(values, np.where(picked(frontier, at) == 1, at, first), -2)


def _titled(recommended):
    diamond = np.where(recommended > 0, ", diamond: recommended)", "; nothing is recommended)")
    return joined("Cost of the same scope against fit (number: place, cross: on the frontier", diamond)


def _chosen_or_zero(values, at):
    return picked_or(values, at, 0)


def _chosen_or_below(values, at):
    return picked_or(values, at, -2)


def column_of(column: int) -> str:
    return area(NAME, 1, column).rpartition("!")[2].split("$")[1]


def _charts(book: Book) -> None:
    """Cost against fit, the visible rate beside the real cost of an hour, and what each path has cost by each month."""
    sheet, paths = book.sheets[NAME], book.structure.paths
    first, count = TOP + 2, len(paths)
    money, hour = (from_cell(area(*book.names[name])) for name in ("axis_money", "axis_money_per_hour"))
    columns = {key: column for column, (key, *_) in enumerate(FIGURES, FIRST)}
    marks = [
        Point(area(NAME, row, 1), area(NAME, row, columns["same_scope"]), area(NAME, row, columns["fit"]))
        for row in range(first, first + count)
    ]
    frontier = Point(area(NAME, TOP, CHARTED), area(NAME, first, CHARTED, count), area(NAME, first, CHARTED + 1, count))
    chosen = Point(area(NAME, TOP, CHARTED + 2), area(NAME, first, CHARTED + 2), area(NAME, first, CHARTED + 3))
    chart = points(
        from_cell(area(NAME, TOP - 1, CHARTED)),
        marks,
        ((frontier, FRONTIER), (chosen, CHOSEN)),
        money,
        FIT,
        _size(0, count),
    )
    alt = "Points by the cost of the same scope and the fit, one a path with the number of its place; "
    alt += "crosses mark the paths that no other possible path equals or beats in fit, cost and time, "
    alt += "a diamond the recommended one."
    below = first + count + 1
    sheet.charts.append(Picture(below, CHARTS[0][0], chart, alt))
    rates = []
    for key, colour in (("headline_rate", SEEN), ("real_rate", WHOLE)):
        rates.append(Line(area(NAME, TOP, columns[key]), area(NAME, first, columns[key], count), colour))
    chart = bars(
        "Visible rate and real cost per hour of core work",
        area(NAME, first, 2, count),
        rates,
        hour,
        _size(1, count),
        False,
        type_size=SMALLEST_TYPE if count > USUAL_PATHS else SMALL_TYPE,
    )
    alt = "Bars per path: the rate on the offer beside all that the audit and core phases cost per hour of core work."
    sheet.charts.append(Picture(below, CHARTS[1][0], chart, alt))
    _cumulated(book, below, money)
    sheet.print_to = (below + int(_size(0, count)[1] * POINTS_PER_CM // PLAIN_ROW), LAST)


def _size(chart: int, paths: int) -> tuple[float, float]:
    return CHARTS[chart][1], CHART_HEIGHT - PER_PATH * max(paths - USUAL_PATHS, 0)


def _cumulated(book: Book, row: int, unit: str) -> None:
    """What the first paths in the order of the decision have cost in all by the end of each month: more cannot be told apart."""
    axis, spent, length = book.homes["charted_month"], book.homes[months.LEADING], book.size("month")
    lines = [
        Line(area(spent.sheet, spent.row + place, 1), area(spent.sheet, spent.row + place, spent.column, along=length),
             colour, dash)
        for place, (colour, dash) in enumerate(CURVE_LOOKS)
    ]  # fmt: skip
    along = area(axis.sheet, axis.row, axis.column, along=length)
    title = "Cost so far, losses included: the first paths"
    chart = paths_over_time(title, along, lines, unit, _size(2, len(book.structure.paths)))
    alt = "Lines over the months up to the horizon: what the recommended path and its first alternatives have cost in all."
    book.sheets[NAME].charts.append(Picture(row, CHARTS[2][0], chart, alt))
