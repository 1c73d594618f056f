"""Sensitivity and break-even: what the recommendation depends on, two paths line by line, and when one overtakes the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calc.quantities.lines import LINES
from calc.quantities.pairs import costs_more
from calc.quantity import QUANTITIES
from calc.reductions import picked_or
from calc.sensitivity.tornado import moved_by
from calc.sentences.questions import NOT_COMPUTED
from workbook.write.book import Book, Spot
from workbook.write.charts.bars import SMALL_TYPE, bars, compact, unnumbered_if_empty
from workbook.write.charts.picture import Line, Picture, area, from_cell
from workbook.write.formula.text import formatted, joined
from workbook.write.once.studies import ANSWER_FLIPS, BARS, VALUE_FLIPS, cell
from workbook.write.palette import HIGH, LOW
from workbook.write.sheet import Area
from workbook.write.sheets import searches, simulation
from workbook.write.sheets.heading import currency, figures_of_any_unit, framed
from workbook.write.sheets.values import path_labels

NAME = "Sensitivity"
WIDTHS = {1: 56, 2: 16, 3: 15, 4: 15, 5: 20, 6: 12, 7: 12, 9: 14, 10: 14}
LAST = 7
# How texts look that leave the columns beside them to numbers.
TEXTS = {1: "listed_name", 2: "listed_unit"}
# Where there is no path.
NONE = "none"
CHANGES = 9  # what the chart reads, at the side of what is printed
NOW, FLIPS_AT = 3, 4
CHART, CHART_ROWS = (27.8, 6.2), 12
COST_LINES = (*LINES.values(), "total", "npv", "beyond", "same_scope")
STRONG = ("total", "npv", "same_scope")
# Heights of a line, and of what is free between two blocks of them.
LINE_HEIGHT, BETWEEN = 11.5, 4
# The row of the heads of each block, from top to bottom: below them are the rows of the block, then one that is free.
# What is there although nothing is recommended comes first, so that what is not leaves the end of the page free.
VALUES = 7
ANSWERS = VALUES + VALUE_FLIPS + 3
CHART_ROW = ANSWERS + ANSWER_FLIPS + 2
TORNADO = CHART_ROW + CHART_ROWS + 2
DIFFERENCE = TORNADO + BARS + 4
BREAK_EVEN = DIFFERENCE + len(COST_LINES) + 4
CORE_HOURS = BREAK_EVEN + 6


def add(book: Book) -> None:
    """The sheet of differences and of the changes that would flip the recommendation."""
    purpose = (
        "Which single change would flip the recommendation, how two paths differ, and when one overtakes the other."
    )
    framed(book, NAME, "result", "Sensitivity and break-even", purpose, WIDTHS, freeze=(5, 2), header_rows=(1, 4),
           landscape=False)  # fmt: skip
    book.later(NAME, lambda: _fill(book))


def _fill(book: Book) -> None:
    _values(book, VALUES)
    _answers(book, ANSWERS)
    _tornado(book, TORNADO)
    _difference(book, DIFFERENCE)
    _break_even(book, BREAK_EVEN)
    _core_hours(book, CORE_HOURS)
    book.sheets[NAME].print_to = (BREAK_EVEN + 3, LAST)
    book.sheets[NAME].breaks = [DIFFERENCE - 1]
    _heights(book)


def _heights(book: Book) -> None:
    """Lines closer to each other than on other sheets, so that all is one page."""
    heights = book.sheets[NAME].heights
    blocks = ((VALUES + 1, VALUE_FLIPS), (ANSWERS + 1, ANSWER_FLIPS), (TORNADO + 1, BARS + 1),
              (DIFFERENCE + 2, len(COST_LINES)), (BREAK_EVEN + 1, 3))  # fmt: skip
    for first, count in blocks:
        heights |= dict.fromkeys(range(first, first + count), LINE_HEIGHT)
        heights[first + count] = BETWEEN
    heights[VALUES - 2] = heights[TORNADO - 2] = BETWEEN


def answer_flip(book: Book, number: int) -> dict[str, Spot]:
    """One of the answers that would change the recommendation: its question, the answer, and the path it leads to."""
    columns = {"question": 1, "answer": 4, "path": 5}
    return {name: book.at(NAME, ANSWERS + 1 + number, column) for name, column in columns.items()}


def nearest_value_flip(book: Book) -> dict[str, Spot]:
    """The nearest figure that would change the recommendation: label, unit, its value of today, the value that does, the side
    on which that is of a value of today that reads alike, and the path."""
    columns = {"figure": 1, "unit": 2, "now": NOW, "path": 5}
    value, side = searches.value_flip(book, 0)
    return {name: book.at(NAME, VALUES + 1, column) for name, column in columns.items()} | {
        "value": value,
        "side": side,
    }


def gap(book: Book) -> Spot:
    """What the next best path costs more than the recommended one, a blank where there is none."""
    return book.at(NAME, TORNADO + 1, NOW)


def bar(book: Book, number: int) -> dict[str, Spot]:
    """One of the figures that move the gap to the next best most: its label, and the gap at its low and at its high."""
    columns = {"figure": 1, "at_low": 6, "at_high": 7}
    return {name: book.at(NAME, TORNADO + 2 + number, column) for name, column in columns.items()}


def _section(book: Book, row: int, title: str, heads: Sequence[str | None]) -> None:
    book.sheets[NAME].section(row - 1, title, LAST)
    _heads(book, row, heads)


def _heads(book: Book, row: int, heads: Sequence[str | None]) -> None:
    sheet = book.sheets[NAME]
    sheet.row(row, 1, heads[:1], "head_left")
    sheet.row(row, 2, heads[1:], "head")


def _pair(book: Book) -> tuple[Spot, Spot]:
    return book.spot("first_path"), book.spot("second_path")


def _difference(book: Book, row: int) -> None:
    """Both paths by cost line, and how much more the second costs."""
    sheet, labels = book.sheets[NAME], path_labels(book)
    book.derive(NAME, 4, 1, _compared, "listed", pair=book.spot("is_pair"))
    picker = book.names["compare_path"]
    sheet.link(4, 3, "Pick them on the sheet Inputs", picker[0], f"C{picker[1]}")
    _heads(book, row, ["Cost line", "Unit", "First path", "Second path", "Second less first"])
    for column, at in zip((3, 4), _pair(book), strict=True):
        book.derive(NAME, row + 1, column, _label, "mark_wrapped", labels=labels, at=at)
    sheet.heights[row + 1] = 48
    for line, key in enumerate(COST_LINES, row + 2):
        style = "bare_result" if key in STRONG else "bare"
        sheet.put(line, 1, QUANTITIES[key].label, "listed_name")
        book.derive(NAME, line, 2, lambda code: joined(code, ""), "listed_unit", code=currency(book))
        for column, at in zip((3, 4), _pair(book), strict=True):
            book.derive(NAME, line, column, _value, style, "money", values=book.range(key), at=at)
        reads = {"first": book.at(NAME, line, 3), "second": book.at(NAME, line, 4)}
        book.derive(NAME, line, 5, costs_more, style, "money", **reads)
    # A path that is none would seem to cost nothing.
    headings = {row - 1: "The two paths, line by line", BREAK_EVEN - 1: "Break-even between the two"}
    ruled = [Area(row + 1, 1, row + 1 + len(COST_LINES), 5), Area(BREAK_EVEN + 1, 1, BREAK_EVEN + 2, 5)]
    there = f'AND($C${row + 1}<>"{NONE}",$D${row + 1}<>"{NONE}")'
    sheet.only_where(there, Area(row - 1, 1, BREAK_EVEN + 3, LAST), headings, ruled)


def _compared(pair):
    return np.where(
        pair == 1,
        "Two paths are compared below, line by line.",
        "There are no two paths to compare yet: answer more questions, or pick two.",
    )


def _label(labels, at):
    return picked_or(labels, at, NONE)


def _value(values, at):
    return picked_or(values, at, 0)


def _break_even(book: Book, row: int) -> None:
    """Live: the revenue loss at which both cost the same, and the month in which one overtakes the other."""
    sheet, labels = book.sheets[NAME], path_labels(book)
    _heads(book, row, ["Question", "Unit", "Break-even", "Today"])
    sheet.put(row + 1, 1, "Revenue loss a month at which both cost the same", "listed_name")
    book.derive(NAME, row + 1, 2, lambda code: joined(code, "/month"), "listed_unit", code=currency(book))
    loss = book.fetch(NAME, row + 1, 3, book.spot("break_even_loss"), "bare_result", "money")
    book.fetch(NAME, row + 1, 4, book.spot("revenue_loss_per_month"), "bare", "money")
    reads = {"loss": loss, "above": book.spot("break_even_above"), "cheaper": book.spot("cheaper_beyond_loss")}
    reads["pair"] = book.spot("is_pair")
    book.derive(NAME, row + 1, 5, _beyond, "note_in", **reads, labels=labels)
    sheet.put(row + 2, 1, "Month from which one path stays ahead", "listed_name")
    sheet.put(row + 2, 2, "month", "listed_unit")
    turn = book.fetch(NAME, row + 2, 3, book.spot("break_even_month"), "bare_result", "flag")
    sheet.put(row + 2, 4, "The leader:", "note_in")
    better = book.derive(NAME, row + 2, 5, _label, "listed_text", labels=labels, at=book.spot("leading_path"))
    reads = {"month": turn, "leader": book.spot("horizon_lead"), "better": better, "pair": book.spot("is_pair")}
    book.derive(NAME, row + 3, 1, _ahead, "listed", **reads)


def _beyond(loss, above, cheaper, pair, labels):
    side = np.where(above == 1, "above it, ", "below it, ")
    beyond = joined(side, picked_or(labels, cheaper, NONE), " costs less")
    never = np.where(pair == 1, "never within the range", "")
    return np.where(np.isnan(loss), never, beyond)


def _ahead(month, leader, better, pair):
    always = joined("From the start: ", better, ".")
    known = np.where(
        np.isnan(month), always, joined("From the end of month ", formatted(month, "0"), ": ", better, ".")
    )
    neither = np.where(pair == 1, "Both have spent the same at the horizon.", "There are no two paths to compare.")
    return np.where(leader == 0, neither, known)


def _marker(book: Book, row: int, style: str = "section_note") -> None:
    """In the heading: whether the results below it were computed for the inputs in the cells."""
    simulation.marker(book, NAME, row, 5, style)


def _study(book: Book, row: int, rows: list, count: int, formats: list[str]) -> None:
    """A table of one-off results: one list of rows per scenario."""
    sheet = book.sheets[NAME]
    for at in range(count):
        for column, format in enumerate(formats, 1):
            empty = "" if format == "text" else np.nan
            style = TEXTS.get(column, "listed_text") if format == "text" else "listed_number"
            sheet.put(
                row + at, column, cell(rows, at, column - 1, empty), style, "general" if format == "text" else format
            )


def _tornado(book: Book, row: int) -> None:
    heads = ["Figure, from its low to its high", "Unit", "Now", "Low", "High", "Gap at low", "Gap at high"]
    _heads(book, row, heads)
    sheet, code = book.sheets[NAME], currency(book)
    headings = {row - 1: "What moves the gap between the recommended path and the next best, largest first"}
    # Without a gap the title of the chart says that there is none.
    sheet.only_where(f'$C${row + 1}<>""', Area(row - 1, 1, row + 1, LAST), headings)
    _marker(book, row - 1, "heading_note")
    sheet.put(row + 1, 1, "Gap today: the next best path less the recommended", "name")
    for column in (6, 7, CHANGES, CHANGES + 1):
        book.derive(NAME, row + 1, column, lambda code: joined(code, ""), "unit_centred", code=code)
    gaps = np.array(book.studies.gaps)
    book.derive(NAME, row + 1, 2, lambda code: joined(code, ""), "listed_unit", code=code)
    sheet.put(row + 1, NOW, gaps if len(gaps) > 1 else gaps[0], "listed_number", "money")
    formats = ["text", "text", "number", "number", "number", "money", "money"]
    _study(book, row + 2, book.studies.tornado, BARS, formats)
    figures_of_any_unit(sheet, Area(row + 2, NOW, row + 1 + BARS, NOW + 2), 2)
    sheet.row(row, CHANGES, ["Change at low", "Change at high"], "head")
    today = gap(book)
    for line in range(row + 2, row + 2 + BARS):
        for number in range(2):
            reads = {"gap": book.at(NAME, line, 6 + number), "today": today}
            book.derive(NAME, line, CHANGES + number, moved_by, "listed_number", "money", **reads)
    lines = [
        Line(area(NAME, row, CHANGES + n), area(NAME, row + 2, CHANGES + n, BARS), c) for n, c in enumerate((LOW, HIGH))
    ]
    book.derive(NAME, row - 1, CHANGES, _moved, "listed", today=today, state=simulation.state(book))
    title = from_cell(area(NAME, row - 1, CHANGES))
    names = area(NAME, row + 2, 1, BARS)
    unit = from_cell(area(*book.names["axis_money"]))
    drawing = bars(title, names, lines, unit, CHART, stacked=False, has_legend=False, overlaid=True)
    chart = unnumbered_if_empty(compact(drawing, SMALL_TYPE))
    alt = "Tornado: per figure, how far the gap between the recommended path and the next best moves at its low and its high."
    sheet.charts.append(Picture(CHART_ROW, 1, chart, alt))


def _moved(today, state):
    title = "How far each figure moves the gap at its low (light) and at its high (dark)"
    none = "Nothing to draw: no gap between the recommended path and a next best"
    return np.where(np.isnan(today), np.where(state == NOT_COMPUTED, NOT_COMPUTED, none), title)


def _answers(book: Book, row: int) -> None:
    heads = ["Question", None, "Answered", "If it were", "Then recommended"]
    _section(book, row, "Single answers that would change the recommendation, unknown ones first", heads)
    _marker(book, row - 1)
    rows = [[(q, "", given, answer, path) for q, given, answer, path in flips] for flips in book.studies.answers]
    rows = _or_none(book, rows, ("", "", "", "", "no single answer does"))
    _study(book, row + 1, rows, ANSWER_FLIPS, ["text", "text", "text", "text", "text"])
    _heads_where_found(book, row)


def _heads_where_found(book: Book, row: int) -> None:
    """Nobody has looked where a list has not even a row that says that nothing was found."""
    book.sheets[NAME].highlights.append((f"A{row}:E{row}", f'$A${row + 1}&$E${row + 1}=""', "absent"))


def _or_none(book: Book, rows: list[list[tuple]], none: tuple) -> list[list[tuple]]:
    """The rows of every scenario; in their place, where they were looked for and there are none, that there are none."""
    return [found or [none] for found in rows] if book.studies.trials else rows


def _values(book: Book, row: int) -> None:
    heads = ["Figure", "Unit", "Now", "Flips at", "Then recommended"]
    _section(book, row, "Single figures that would change the recommendation within their range, nearest first", heads)
    _marker(book, row - 1)
    rows = _or_none(book, book.studies.values, ("", "", np.nan, np.nan, "no single figure does"))
    _study(book, row + 1, rows, VALUE_FLIPS, ["text", "text", "number", "number", "text"])
    _heads_where_found(book, row)
    figures_of_any_unit(book.sheets[NAME], Area(row + 1, NOW, row + VALUE_FLIPS, NOW + 1), 2)
    for at in range(VALUE_FLIPS):
        value, side = searches.value_flip(book, at)
        book.derive(NAME, row + 1 + at, FLIPS_AT, _flips_at, "listed_number", "number", value=value, side=side)


def _flips_at(value, side):
    """The value, or the side of the value of today on which it is where both read alike."""
    return np.where(side == "", np.where(np.isnan(value), np.nan, value), side)


def _core_hours(book: Book, row: int) -> None:
    heads = ["Path compared with the recommended one", "Unit", "Core hours", None, "Cheaper beyond that"]
    _section(
        book,
        row,
        "Core hours at which the cheaper of two paths changes; empty where it never does",
        heads,
    )
    _marker(book, row - 1)
    paths = book.structure.paths
    rows = [[(path.label, "h", hours, "", who) for path, (hours, who) in zip(paths, crossings, strict=False)]
            for crossings in book.studies.core_hours]  # fmt: skip
    _study(book, row + 1, rows, len(paths), ["text", "text", "hours", "text", "text"])
