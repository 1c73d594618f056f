"""Plan: what the path in the plan comes to, its phases with dates and cost, the decision at the end of each, and reviews."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from calc.reductions import picked_or, summed
from calc.sentences.plan import at_the_end
from workbook.write.book import Book, Spot
from workbook.write.formula.expression import Home
from workbook.write.formula.text import joined
from workbook.write.sheets.heading import currency, framed, unit_cell
from workbook.write.sheets.values import path_labels

NAME = "Plan"
WHAT, WHO, START, END, FROM, TO, WEEKS, FIRST_AMOUNT = range(1, 9)
LAST = FIRST_AMOUNT + 4
WIDTHS = {1: 38, 2: 26, 3: 11, 4: 11, 5: 8, 6: 8, 7: 8} | dict.fromkeys(range(FIRST_AMOUNT, LAST + 1), 12.5)
HEADS = ("What", "Who", "Start", "End", "From week", "To week", "Weeks")
UNITS = {START: "date", END: "date", FROM: "week", TO: "week", WEEKS: "weeks"}
AMOUNTS = {
    "Paid": "stage_paid",
    "Own time": "stage_own_time",
    "Past the horizon": "stage_beyond",
    "Paid by its end": "stage_paid_so_far",
    "Stopping then saves": "stage_saves",
}
# What the path comes to: the kinds of cost, and where each of them comes from.
KINDS = ("Paid", "Own time", "Losses", "Total", "Past the horizon")
SUMS = 10
PARTS: dict[str, tuple[str | None, ...]] = {
    "Phases, feature work and retainer": ("plan_stages_paid", "own_time", None, "plan_stages_beyond"),
    "Support after delivery": ("support_total", None, None, None),
    "A rewrite, weighted with its chance": ("rewrite_total", None, None, "beyond_rewrite"),
    "While the product is unstable": (None, None, "losses", "beyond_instability"),
    "Features and care not delivered in time": (None, None, None, "beyond_features"),
}
SUM = SUMS + len(PARTS)
PHASES = SUM + 6
# The lines about each phase, and the text of each.
LINES = {"Delivers": "delivers", "Done when": "done_when", "Go on": "go_on", "Stop": "stop", "Switch": "switch"}


def ends_top(book: Book) -> int:
    """The row of the first phase's decision."""
    return PHASES + book.size("plan_stage") + 3


def steps_top(book: Book) -> int:
    """The row of the first step."""
    return ends_top(book) + book.size("plan_stage") * (len(LINES) + 2) + 4


def reviews_top(book: Book) -> int:
    """The row of the weeks between reviews; the first review stands four rows below."""
    return steps_top(book) + book.size("plan_step") + 3


def add(book: Book) -> None:
    """The plan of the recommended path, or of the one picked on the sheet Inputs."""
    purpose = "What to do in which order, what it comes to, and what can be decided at the end of each phase."
    sheet = framed(book, NAME, "result", "Plan", purpose, WIDTHS, freeze=(5, 2), header_rows=(1, 4))
    sheet.put(6, WHAT, "Another path", "text")
    picker = book.names["plan_path"]
    sheet.link(6, WHO, "Pick it on the sheet Inputs", picker[0], f"C{picker[1]}")
    sheet.heights[5] = 24
    top = reviews_top(book)
    book.place("weeks_between_reviews", Home(NAME, top, WHO), "bare", "weeks")
    book.place("plan_retainer_start", Home(NAME, top + 1, WHO), "bare", "weeks")
    book.inputs("review_number", Home(NAME, top + 4, WHAT, down="review"), "bare_number", "flag")
    book.place("review_week", Home(NAME, top + 4, WHO, down="review"), "bare", "weeks")
    book.place("review_date", Home(NAME, top + 4, START, down="review"), "bare", "date")
    book.later(NAME, partial(_title, book))
    book.later(NAME, partial(_sums, book))
    _phases(book)
    _ends(book)
    _steps(book)
    _reviews(book, top)
    sheet.breaks.append(steps_top(book) - 3)


def _title(book: Book) -> None:
    book.derive(NAME, 5, 1, _path, "answer", labels=path_labels(book), plan=book.spot("plan_path"))


def _path(labels, plan):
    return picked_or(labels, plan, "None: no path passes every gate; pick one on Inputs")


def _number(values, row):
    return picked_or(values, row, np.nan)


def _amount(values, plan):
    return picked_or(values, plan, 0)


def _text(values, row):
    return picked_or(values, row, "")


def _sums(book: Book) -> None:
    """What the path comes to within the horizon and past it, and what that consists of."""
    sheet, plan = book.sheets[NAME], book.spot("plan_path")
    sheet.section(SUMS - 2, "What it comes to within the horizon, and past it for the same scope", LAST)
    sheet.row(SUMS - 1, 1, ["Part", *[None] * (WEEKS - WHAT)], "head_left")
    sheet.row(SUMS - 1, FIRST_AMOUNT, KINDS, "head")
    code = currency(book)
    for row, (label, (*within, past)) in enumerate(PARTS.items(), SUMS):
        sheet.row(row, WHAT, [label, *[None] * (WEEKS - WHAT)], "label")
        book.derive(NAME, row, WEEKS, _unit, "unit", code=code)
        for column, key in enumerate(within, FIRST_AMOUNT):
            _part(book, row, column, key, plan)
        along = book.at(NAME, row, FIRST_AMOUNT, along=len(within))
        book.derive(NAME, row, LAST - 1, summed, "calc", "money", values=along)
        _part(book, row, LAST, past, plan)
    sheet.row(SUM, WHAT, ["In all", *[None] * (WEEKS - WHAT)], "label_strong")
    book.derive(NAME, SUM, WEEKS, _unit, "unit", code=code)
    for column in range(FIRST_AMOUNT, LAST + 1):
        down = book.at(NAME, SUMS, column, down=len(PARTS))
        book.derive(NAME, SUM, column, summed, "result", "money", values=down)


def _part(book: Book, row: int, column: int, key: str | None, plan: Spot) -> None:
    if key is None:
        book.sheets[NAME].put(row, column, 0, "fixed", "dash")
    elif book.node(key).over:
        book.derive(NAME, row, column, _amount, "calc", "money", values=book.range(key), plan=plan)
    else:
        book.fetch(NAME, row, column, book.spot(key), "calc", "money")


def _unit(code):
    return joined(code, "")


def _phases(book: Book) -> None:
    sheet = book.sheets[NAME]
    sheet.section(PHASES - 3, "Phases", LAST)
    _heads(book, PHASES - 2, WEEKS)
    for column, label in enumerate(AMOUNTS, FIRST_AMOUNT):
        sheet.put(PHASES - 2, column, label, "head")
        unit_cell(book, NAME, PHASES - 1, column, "currency", "unit_centred")
    sheet.heights[PHASES - 2] = 30
    texts = {WHAT: "stage_what", WHO: "stage_who"}
    numbers = {
        START: ("stage_start_date", "date"),
        END: ("stage_end_date", "date"),
        FROM: ("stage_start", "weeks"),
        TO: ("stage_end", "weeks"),
        WEEKS: ("stage_weeks", "weeks"),
    } | {column: (key, "money") for column, key in enumerate(AMOUNTS.values(), FIRST_AMOUNT)}
    _rows(book, PHASES, "plan_stage", len(book.structure.stages), texts, numbers)


def _heads(book: Book, row: int, last: int) -> None:
    """The heads of the first columns, and their units below."""
    sheet = book.sheets[NAME]
    sheet.row(row, WHAT, HEADS[: START - 1], "head_left")
    sheet.row(row, START, HEADS[START - 1 : last], "head")
    for column, unit in UNITS.items():
        if column <= last:
            sheet.put(row + 1, column, unit, "unit_centred")


def _rows(book: Book, top: int, dimension: str, count: int, texts: dict[int, str], numbers: dict) -> None:
    """One row per phase or step of the plan, filled from its row among those of all paths; without rules, as it may be empty."""
    for at in range(book.size(dimension)):
        book.later(NAME, partial(_row, book, top + at, dimension, at, count, texts, numbers))


def _row(book: Book, row: int, dimension: str, at: int, count: int, texts: dict[int, str], numbers: dict) -> None:
    own = book.spot(f"{dimension}_row", **{dimension: at}).down()
    for column, name in texts.items():
        book.derive(NAME, row, column, _text, "bare_text", values=_column(book, name, count), row=own)
    for column, (key, format) in numbers.items():
        book.derive(NAME, row, column, _number, "bare", format, values=book.range(key), row=own)


def _column(book: Book, name: str, count: int) -> Spot:
    home = book.homes[name]
    return book.at(home.sheet, home.row, home.column, down=count)


def _ends(book: Book) -> None:
    """Of each phase: what it delivers, when it is done, and the three ways that are open then."""
    top, each = ends_top(book), len(LINES) + 2
    book.sheets[NAME].section(top - 1, "The decision at the end of each phase", LAST)
    for at in range(book.size("plan_stage")):
        book.later(NAME, partial(_end, book, top + at * each, at))


def _end(book: Book, row: int, at: int) -> None:
    own, phase = book.spot("plan_stage_row", plan_stage=at), PHASES + at
    book.derive(NAME, row, WHAT, _shown, "bare_strong", text=book.at(NAME, phase, WHAT))
    book.derive(NAME, row, WHO, _given, "bare_day", "date", value=book.at(NAME, phase, END))
    reads = {
        "paid_so_far": book.at(NAME, phase, FIRST_AMOUNT + list(AMOUNTS.values()).index("stage_paid_so_far")),
        "saves": book.at(NAME, phase, FIRST_AMOUNT + list(AMOUNTS.values()).index("stage_saves")),
    }
    book.derive(NAME, row, START, at_the_end, "bare_line", plan_stage_row=own, code=currency(book), **reads)
    for line, (label, name) in enumerate(LINES.items(), row + 1):
        book.derive(NAME, line, WHAT, _label(label), "bare_label", row=own)
        values = _column(book, f"stage_{name}", len(book.structure.stages))
        book.derive(NAME, line, WHO, _text, "text", values=values, row=own)


def _shown(text):
    return joined(text, "")


def _given(value):
    return np.where(np.isnan(value), np.nan, value)


def _label(label: str) -> Callable:
    return lambda row: np.where(row > 0, label, "")


def _steps(book: Book) -> None:
    top = steps_top(book)
    book.sheets[NAME].section(top - 3, "Steps within the phases", LAST)
    _heads(book, top - 2, TO)
    numbers = {
        START: ("step_start_date", "date"),
        END: ("step_end_date", "date"),
        FROM: ("step_start", "weeks"),
        TO: ("step_end", "weeks"),
    }
    _rows(book, top, "plan_step", len(book.structure.steps), {WHAT: "step_label"}, numbers)


def _reviews(book: Book, top: int) -> None:
    """The reviews as dates, while a retainer runs."""
    sheet, count = book.sheets[NAME], book.size("review")
    sheet.section(top - 1, f"Reviews of the retainer, the first {count}", LAST)
    sheet.put(top, WHAT, "Weeks between reviews", "bare_text")
    sheet.row(top, START, ["weeks", "empty where reviews come at milestones of scale only"], "note_bare")
    sheet.put(top + 1, WHAT, "Retainer starts in week", "bare_text")
    sheet.row(top + 1, START, ["weeks", "empty where the path has no retainer"], "note_bare")
    sheet.row(top + 2, 1, ["Review", "In week", "Date"], "head")
    sheet.put(top + 3, WHO, "week", "unit_centred")
    sheet.put(top + 3, START, "date", "unit_centred")
    first = top + 4
    sheet.highlights.append((f"A{first}:A{first + count - 1}", f'$B{first}=""', "hidden"))
