"""Plan: the phases of one path with dates, people, deliverables, exit criteria and cost, the steps within, the reviews."""

from __future__ import annotations

import numpy as np

from calc import catalogue
from calc.native import rounded
from calc.reductions import picked
from workbook.book import Book, Spot
from workbook.formula.text import joined
from workbook.sheets.frame import currency, framed
from workbook.sheets.values import path_labels

NAME = "Plan"
PHASES = 10
NUMBER, ROW, WHAT, WHO, START, END, FROM, TO, WEEKS, COST, UNIT, DELIVERS, DONE = range(1, 14)
HEADS = (
    "No.", "Row", "What", "Who", "Start", "End", "From week", "To week", "Weeks", "Cost", "Unit", "Delivers",
    "Done when (exit criteria)",
)  # fmt: skip
WIDTHS = {1: 24, 2: 12, 3: 36, 4: 26, 5: 12, 6: 12, 7: 10, 8: 10, 9: 9, 10: 13, 11: 7, 12: 60, 13: 60}
REVIEWS = 20


def add(book: Book) -> None:
    """The plan of the recommended path, or of the one picked on the sheet Inputs."""
    purpose = (
        "In which order to do things: phases with dates, what each delivers, and what must be true before the next."
    )
    sheet = framed(book, NAME, "result", "Plan", purpose, WIDTHS, freeze=(5, 3), header_rows=(1, 4))
    sheet.put(5, 1, "Path in the plan", "lead")
    sheet.put(6, 1, "Another path", "label")
    picker = book.names["plan_path"]
    sheet.link(6, 3, "Pick it on the sheet Inputs", picker[0], f"C{picker[1]}")
    sheet.heights[5] = 24
    book.later(lambda: _fill(book))


def longest(book: Book, name: str) -> int:
    """The most rows that any path needs."""
    return int(book.structure.columns["path"][name].max())


def steps_top(book: Book) -> int:
    return PHASES + longest(book, "stages") + 2


def reviews_top(book: Book) -> int:
    return steps_top(book) + longest(book, "steps") + 4


def _fill(book: Book) -> None:
    plan = book.spot("plan_path")
    book.derive(NAME, 5, 3, _title, "answer", labels=path_labels(book), plan=plan)
    _phases(book, plan)
    _steps(book, plan, steps_top(book))
    _reviews(book, plan, reviews_top(book))


def _title(labels, plan):
    return np.where(plan > 0, picked(labels, np.maximum(plan, 1)), "None: the gates leave no path; pick one on Inputs")


def _row_number(first, count, plan, number):
    """Row of the plan's n-th phase or step among those of all paths; 0 past the last."""
    at = np.maximum(plan, 1)
    return np.where((plan > 0) * (number <= picked(count, at)) == 1, picked(first, at) + number - 1, 0)


def _found(values, row):
    return np.where(row > 0, picked(values, np.maximum(row, 1)), np.nan)


def _found_text(values, row):
    return np.where(row > 0, picked(values, np.maximum(row, 1)), "")


def _texts(book: Book, name: str, count: int) -> Spot:
    home = book.homes[name]
    return book.at(home.sheet, home.row, home.column, down=count)


def _rows(book: Book, top: int, count: int, first: str, counted: str, texts: dict, numbers: tuple) -> None:
    """One row per phase or step of the plan: its row among those of all paths, then what stands there."""
    sheet, plan = book.sheets[NAME], book.spot("plan_path")
    for number in range(1, count + 1):
        row = top + number - 1
        sheet.put(row, NUMBER, number, "fixed", "flag")
        reads = {"first": book.range(first), "count": book.range(counted), "plan": plan}
        at = book.derive(NAME, row, ROW, _row_number, "calc", "flag", **reads, number=book.at(NAME, row, NUMBER))
        for column, values in texts.items():
            book.derive(NAME, row, column, _found_text, "calc_text", values=values, row=at)
        for column, key, format in numbers:
            book.derive(NAME, row, column, _found, "calc", format, values=book.range(key), row=at)
    sheet.highlights.append((f"A{top}:B{top + count - 1}", f"$B{top}=0", "hidden"))


def _phases(book: Book, plan: Spot) -> None:
    book.sheets[NAME].section(PHASES - 3, "Phases", DONE)
    sheet = book.sheets[NAME]
    _heads(book, PHASES - 2, DONE)
    count = longest(book, "stages")
    columns = {WHAT: "what", WHO: "who", DELIVERS: "delivers", DONE: "done_when"}
    texts = {column: _texts(book, f"stage_{name}", len(book.structure.stages)) for column, name in columns.items()}
    numbers = (
        (START, "stage_start_date", "date"),
        (END, "stage_end_date", "date"),
        (FROM, "stage_start", "weeks"),
        (TO, "stage_end", "weeks"),
        (COST, "stage_cost", "money"),
    )
    _rows(book, PHASES, count, "first_stage", "stages", texts, numbers)
    code = currency(book)
    for row in range(PHASES, PHASES + count):
        sheet.heights[row] = 54
        at = book.at(NAME, row, ROW)
        reads = {"start": book.at(NAME, row, FROM), "end": book.at(NAME, row, TO), "row": at}
        book.derive(NAME, row, WEEKS, _length, "calc", "weeks", **reads)
        book.derive(NAME, row, UNIT, _unit, "unit", code=code, row=at)


def _heads(book: Book, row: int, last: int) -> None:
    """The heads of the first columns, and their units below."""
    sheet = book.sheets[NAME]
    sheet.row(row, 1, HEADS[:last], "head_left")
    units = {ROW: "number", START: "date", END: "date", FROM: "week", TO: "week", WEEKS: "weeks"}
    for column, unit in units.items():
        if column <= last:
            sheet.put(row + 1, column, unit, "unit_centred")


def _length(start, end, row):
    return np.where(row > 0, end - start, np.nan)


def _unit(code, row):
    return np.where(row > 0, joined(code, ""), "")


def _steps(book: Book, plan: Spot, top: int) -> None:
    book.sheets[NAME].section(top - 1, "Steps within the phases", DONE)
    _heads(book, top, TO)
    numbers = (
        (START, "step_start_date", "date"),
        (END, "step_end_date", "date"),
        (FROM, "step_start", "weeks"),
        (TO, "step_end", "weeks"),
    )
    labels = {WHAT: _texts(book, "step_label", len(book.structure.steps))}
    count = longest(book, "steps")
    _rows(book, top + 2, count, "first_step_row", "steps", labels, numbers)
    for row in range(top + 2, top + 2 + count):
        book.sheets[NAME].heights[row] = 40


def _reviews(book: Book, plan: Spot, top: int) -> None:
    """Quarterly reviews as dates, while a retainer runs."""
    book.sheets[NAME].section(top - 1, "Quarterly reviews of the retainer", DONE)
    sheet = book.sheets[NAME]
    step = next(step for step in catalogue.plan_steps() if step.every_weeks)
    sheet.row(top, 1, ["Weeks between reviews", step.every_weeks, "weeks"], "label")
    sheet.put(top, 2, step.every_weeks, "published", "flag")
    sheet.put(top + 1, 1, "Retainer starts in week", "label")
    sheet.row(top + 1, 3, ["weeks", "empty where the path has no retainer"], "unit")
    reads = {"keepers": book.range("has_keeper"), "ends": book.range("weeks_to_stable"), "plan": plan}
    start = book.derive(NAME, top + 1, 2, _retainer_start, "calc", "weeks", **reads)
    sheet.row(top + 2, 1, ["No.", "In week", "Review", None, "Date"], "head_left")
    sheet.row(top + 3, 2, ["week", None, None, "date"], "unit_centred")
    reads = {"start": start, "interval": book.at(NAME, top, 2), "horizon": book.spot("horizon_weeks")}
    for number in range(1, REVIEWS + 1):
        row = top + 3 + number
        sheet.put(row, 1, number, "fixed", "flag")
        week = book.derive(NAME, row, 2, _review_week, "calc", "weeks", **reads, number=book.at(NAME, row, 1))
        book.derive(NAME, row, 3, lambda week: np.where(np.isnan(week), "", "Quarterly review"), "calc_text", week=week)
        days = {"week": week, "day": book.spot("start_day"), "days": book.spot("days_per_week")}
        book.derive(NAME, row, START, _review_date, "calc", "date", **days)
    sheet.highlights.append((f"A{top + 4}:A{top + 3 + REVIEWS}", f'$B{top + 4}=""', "hidden"))


def _retainer_start(keepers, ends, plan):
    at = np.maximum(plan, 1)
    return np.where((plan > 0) * (picked(keepers, at) == 1) == 1, picked(ends, at), np.nan)


def _review_week(start, number, interval, horizon):
    return np.where(
        np.isnan(start),
        np.nan,
        np.where(rounded(start + number * interval - horizon, 9) <= 0, start + number * interval, np.nan),
    )


def _review_date(week, day, days):
    return np.where(np.isnan(week), np.nan, day + np.floor(rounded(week * days, 9)))
