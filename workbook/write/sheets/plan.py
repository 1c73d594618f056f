"""Plan: what the path in the plan comes to, its phases with dates and cost, the decision at the end of each, and reviews."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from calc.reductions import picked_or, summed
from calc.sentences.plan import at_the_end, chosen, ways_on
from workbook.write.book import Book, Spot
from workbook.write.formula.text import joined
from workbook.write.sheet import Area
from workbook.write.sheets.heading import currency, framed, linked, unit_cell
from workbook.write.sheets.values import path_labels

NAME = "Plan"
WHAT, WHO, START, END, FROM, TO, WEEKS, FIRST_AMOUNT = range(1, 9)
LAST = FIRST_AMOUNT + 4
PICKER = FIRST_AMOUNT + 2
WIDTHS = {1: 40, 2: 28, 3: 11, 4: 11, 5: 10.5, 6: 10.5, 7: 10.5} | dict.fromkeys(range(FIRST_AMOUNT, LAST + 1), 12.5)
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
# The path in the plan, and below it how it stands to the recommended one.
TITLE, SHOWN = 5, 6
SUMS = 12
PARTS: dict[str, tuple[str | None, ...]] = {
    "Phases, feature work and retainer": ("plan_stages_paid", "own_time", None, "plan_stages_beyond"),
    "Support after delivery": ("support_total", None, None, None),
    "A rewrite, weighted with its chance": ("rewrite_total", None, None, "beyond_rewrite"),
    "While the product is unstable": (None, None, "losses", "beyond_instability"),
    "Features and care not delivered in time": (None, None, None, "beyond_features"),
}
SUM = SUMS + len(PARTS)
PHASES = SUM + 5
# The lines about each phase, and the text of each.
LINES = {"Delivers": "delivers", "Done when": "done_when", "Go on": "go_on", "Stop": "stop", "Switch": "switch"}

# The reviews of a retainer: what stands of each in a row of its own.
REVIEWS = (
    ("Review", "number", "review_number", "flag"),
    ("In week", "week", "review_week", "weeks"),
    ("Date", "date", "review_date", "date"),
)
# Heights of a line, and of what is free between two blocks of them.
LINE_HEIGHT, BETWEEN = 12, 6
REVIEWS_A_ROW = LAST - START + 1
REVIEW_LINES = len(REVIEWS) + 1


def ends_top(book: Book) -> int:
    """The row of the first phase's decision."""
    return PHASES + book.size("plan_stage") + 2


def steps_top(book: Book) -> int:
    """The row of the first step."""
    return ends_top(book) + book.size("plan_stage") * (len(LINES) + 2) + 3


def reviews_top(book: Book) -> int:
    """The row of what is said of the reviews; rows of them follow."""
    return steps_top(book) + book.size("plan_step") + 2


def add(book: Book) -> None:
    """The plan of the recommended path, or of the one picked on the sheet Inputs."""
    purpose = "What to do in which order, what it comes to, and what can be decided at the end of each phase."
    sheet = framed(book, NAME, "result", "Plan", purpose, WIDTHS, freeze=(5, 2), header_rows=(1, 4))
    linked(book, NAME, SHOWN, WHAT, "plan_shown", "bare_line")
    picker = book.names["plan_path"]
    sheet.link(SHOWN, PICKER, "Pick a path on the sheet Inputs", picker[0], f"C{picker[1]}")
    filled = (*range(SUMS, SUM + 1), *range(PHASES, PHASES + book.size("plan_stage")))
    sheet.heights |= dict.fromkeys(filled, LINE_HEIGHT)
    sheet.heights |= {TITLE - 1: BETWEEN, TITLE: 24, SUMS - 3: BETWEEN, SUM + 1: BETWEEN}
    for row, name in enumerate(("finding_out", "finding_out_worth"), SHOWN + 1):
        linked(book, NAME, row, WHAT, name, "bare_line")
    book.later(NAME, partial(_title, book))
    book.later(NAME, partial(_sums, book))
    _phases(book)
    _ends(book)
    _steps(book)
    _reviews(book)
    headings = {
        SUMS - 2: "What it comes to within the horizon, and past it for the same scope",
        PHASES - 3: "Phases",
        ends_top(book) - 1: "The decision at the end of each phase",
        steps_top(book) - 3: "Steps within the phases",
        reviews_top(book) - 1: f"Reviews of the retainer, the first {book.size('review')}",
    }
    # Where no path is chosen there is no phase either, and zeros would say that it costs nothing.
    last = reviews_top(book) + REVIEW_LINES * -(-book.size("review") // REVIEWS_A_ROW)
    there, sums = f'$A${PHASES}<>""', Area(SUMS, WHAT, SUM, LAST)
    sheet.only_where(there, Area(SUMS - 2, WHAT, last, LAST), headings, [sums])
    # The steps and reviews are drawn on the sheet Gantt, with their dates.
    sheet.print_to = (steps_top(book) - 5, LAST)


def _title(book: Book) -> None:
    book.derive(NAME, TITLE, WHAT, chosen, "answer", labels=path_labels(book), plan_path=book.spot("plan_path"))


def _number(values, row):
    return picked_or(values, row, np.nan)


def _amount(values, plan):
    return picked_or(values, plan, 0)


def _text(values, row):
    return picked_or(values, row, "")


def _sums(book: Book) -> None:
    """What the path comes to within the horizon and past it, and what that consists of."""
    sheet, plan = book.sheets[NAME], book.spot("plan_path")
    sheet.row(SUMS - 1, 1, ["Part", *[None] * (WEEKS - WHAT)], "head_left")
    sheet.row(SUMS - 1, FIRST_AMOUNT, KINDS, "head")
    code = currency(book)
    for row, (label, (*within, past)) in enumerate(PARTS.items(), SUMS):
        sheet.put(row, WHAT, label, "bare_label")
        book.derive(NAME, row, WEEKS, _unit, "unit_bare", code=code)
        for column, key in enumerate(within, FIRST_AMOUNT):
            _part(book, row, column, key, plan)
        along = book.at(NAME, row, FIRST_AMOUNT, along=len(within))
        book.derive(NAME, row, LAST - 1, summed, "bare", "money", values=along)
        _part(book, row, LAST, past, plan)
    sheet.put(SUM, WHAT, "In all", "bare_strong")
    book.derive(NAME, SUM, WEEKS, _unit, "unit_bare", code=code)
    for column in range(FIRST_AMOUNT, LAST + 1):
        down = book.at(NAME, SUMS, column, down=len(PARTS))
        book.derive(NAME, SUM, column, summed, "bare_result", "money", values=down)


def _part(book: Book, row: int, column: int, key: str | None, plan: Spot) -> None:
    if key is None:
        book.sheets[NAME].put(row, column, 0, "bare_number", "dash")
    elif book.node(key).over:
        book.derive(NAME, row, column, _amount, "bare", "money", values=book.range(key), plan=plan)
    else:
        book.fetch(NAME, row, column, book.spot(key), "bare", "money")


def _unit(code):
    return joined(code, "")


def _phases(book: Book) -> None:
    sheet = book.sheets[NAME]
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
    book.later(NAME, partial(_ways_on, book, PHASES + book.size("plan_stage")))


def _ways_on(book: Book, row: int) -> None:
    """What has been paid after the first phase, where the core is not the first, and what each way on costs."""
    keys = ("plan_opens", "first_step_paid", "go_on_costs", "switch_costs", "switch_path")
    reads = {key: book.spot(key) for key in keys} | {"labels": path_labels(book), "code": currency(book)}
    book.derive(NAME, row, WHAT, ways_on, "bare_line", **reads)


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
        book.derive(
            NAME,
            row,
            column,
            _text,
            "bare_label" if dimension == "plan_step" else "bare_text",
            values=_column(book, name, count),
            row=own,
        )
    for column, (key, format) in numbers.items():
        book.derive(NAME, row, column, _number, "bare", format, values=book.range(key), row=own)


def _column(book: Book, name: str, count: int) -> Spot:
    home = book.homes[name]
    return book.at(home.sheet, home.row, home.column, down=count)


def _ends(book: Book) -> None:
    """Of each phase: what it delivers, when it is done, and the three ways that are open then."""
    top, each = ends_top(book), len(LINES) + 2
    for at in range(book.size("plan_stage")):
        book.later(NAME, partial(_end, book, top + at * each, at))


def _end(book: Book, row: int, at: int) -> None:
    own, phase = book.spot("plan_stage_row", plan_stage=at), PHASES + at
    lines = range(row + 1, row + 1 + len(LINES))
    book.sheets[NAME].heights |= dict.fromkeys(lines, LINE_HEIGHT) | {lines.stop: BETWEEN}
    book.derive(NAME, row, WHAT, _shown, "bare_strong", text=book.at(NAME, phase, WHAT))
    book.derive(NAME, row, WHO, _given, "bare_day", "date", value=book.at(NAME, phase, END))
    reads = {
        "decisions": _column(book, "stage_decision", len(book.structure.stages)),
        "weeks": book.at(NAME, phase, WEEKS),
        "paid_past": book.spot("plan_stage_paid_past", plan_stage=at),
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
    _heads(book, top - 2, TO)
    book.sheets[NAME].put(top - 2, WHO, None, "head_left")
    numbers = {
        START: ("step_start_date", "date"),
        END: ("step_end_date", "date"),
        FROM: ("step_start", "weeks"),
        TO: ("step_end", "weeks"),
    }
    _rows(book, top, "plan_step", len(book.structure.steps), {WHAT: "step_label"}, numbers)


def _reviews(book: Book) -> None:
    """The reviews of the retainer by number, week and date, so many to a row."""
    sheet, top, count = book.sheets[NAME], reviews_top(book), book.size("review")
    book.later(NAME, partial(_said, book, top))
    for first in range(0, count, REVIEWS_A_ROW):
        row = top + 1 + first // REVIEWS_A_ROW * REVIEW_LINES
        for line, (label, unit, key, format) in enumerate(REVIEWS, row):
            sheet.put(line, WHAT, label, "bare_label")
            sheet.put(line, WHO, unit, "unit_bare")
            book.later(NAME, partial(_review, book, line, first, key, format))
        sheet.highlights.append((f"A{row}:B{row + len(REVIEWS) - 1}", f'$C${row + 1}=""', "hidden"))


def _said(book: Book, row: int) -> None:
    reads = {"start": book.spot("plan_retainer_start"), "between": book.spot("weeks_between_reviews")}
    book.derive(NAME, row, WHAT, _of_reviews, "text", **reads)


def _of_reviews(start, between):
    spaced = np.where(
        np.isnan(between), "Reviews come at milestones of scale only.", "One after the other, up to the horizon:"
    )
    return np.where(np.isnan(start), "None: the path has no retainer.", spaced)


def _review(book: Book, row: int, first: int, key: str, format: str) -> None:
    for at in range(first, min(first + REVIEWS_A_ROW, book.size("review"))):
        reads = {"value": book.spot(key, review=at).along(), "week": book.spot("review_week", review=at).along()}
        book.derive(NAME, row, START + at - first, _if_any, "bare", format, **reads)


def _if_any(value, week):
    return np.where(np.isnan(week), np.nan, value)
