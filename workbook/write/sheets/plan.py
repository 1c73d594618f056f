"""Plan: the phases of one path with dates, people, deliverables, exit criteria and cost, the steps within, the reviews."""

from __future__ import annotations

import numpy as np

from calc.reductions import picked_or
from workbook.write.book import Book, Spot
from workbook.write.formula.expression import Home
from workbook.write.formula.text import joined
from workbook.write.sheets.heading import currency, framed
from workbook.write.sheets.values import path_labels

NAME = "Plan"
PHASES = 10
NUMBER, ROW, WHAT, WHO, START, END, FROM, TO, WEEKS, COST, UNIT, DELIVERS, DONE = range(1, 14)
HEADS = (
    "No.", "Row", "What", "Who", "Start", "End", "From week", "To week", "Weeks", "Cost", "Unit", "Delivers",
    "Done when (exit criteria)",
)  # fmt: skip
WIDTHS = {1: 24, 2: 12, 3: 36, 4: 26, 5: 12, 6: 12, 7: 10, 8: 10, 9: 9, 10: 13, 11: 7, 12: 60, 13: 60}


def add(book: Book) -> None:
    """The plan of the recommended path, or of the one picked on the sheet Inputs."""
    purpose = "What to do in which order: phases with dates, what each delivers, and what must be true before the next."
    sheet = framed(book, NAME, "result", "Plan", purpose, WIDTHS, freeze=(5, 3), header_rows=(1, 4))
    sheet.put(5, 1, "Path in the plan", "lead")
    sheet.put(6, 1, "Another path", "label")
    picker = book.names["plan_path"]
    sheet.link(6, 3, "Pick it on the sheet Inputs", picker[0], f"C{picker[1]}")
    sheet.heights[5] = 24
    _place(book)
    book.later(NAME, lambda: _fill(book))


def steps_top(book: Book) -> int:
    return PHASES + book.size("plan_stage") + 2


def reviews_top(book: Book) -> int:
    return steps_top(book) + book.size("plan_step") + 4


def _place(book: Book) -> None:
    """The numbers of the rows, the rows that they stand for among those of all paths, and the reviews."""
    for key, top in (("plan_stage", PHASES), ("plan_step", steps_top(book) + 2)):
        book.inputs(key, Home(NAME, top, NUMBER, down=key), "fixed", "flag")
        book.place(f"{key}_row", Home(NAME, top, ROW, down=key), "calc", "flag")
    top = reviews_top(book)
    book.place("weeks_between_reviews", Home(NAME, top, 2), "calc", "weeks")
    book.place("plan_retainer_start", Home(NAME, top + 1, 2), "calc", "weeks")
    book.inputs("review_number", Home(NAME, top + 4, NUMBER, down="review"), "fixed", "flag")
    book.place("review_week", Home(NAME, top + 4, 2, down="review"), "calc", "weeks")
    book.place("review_date", Home(NAME, top + 4, START, down="review"), "calc", "date")


def _fill(book: Book) -> None:
    plan = book.spot("plan_path")
    book.derive(NAME, 5, 3, _title, "answer", labels=path_labels(book), plan=plan)
    _phases(book)
    _steps(book, steps_top(book))
    _reviews(book, reviews_top(book))


def _title(labels, plan):
    return picked_or(labels, plan, "None: no path passes every gate; pick one on Inputs")


def _number(values, row):
    return picked_or(values, row, np.nan)


def _text(values, row):
    return picked_or(values, row, "")


def _texts(book: Book, name: str, count: int) -> Spot:
    home = book.homes[name]
    return book.at(home.sheet, home.row, home.column, down=count)


def _rows(book: Book, top: int, count: int, texts: dict, numbers: tuple) -> None:
    """One row per phase or step of the plan, filled from its row among those of all paths."""
    sheet = book.sheets[NAME]
    for row in range(top, top + count):
        at = book.at(NAME, row, ROW)
        for column, values in texts.items():
            book.derive(NAME, row, column, _text, "calc_text", values=values, row=at)
        for column, key, format in numbers:
            book.derive(NAME, row, column, _number, "calc", format, values=book.range(key), row=at)
    sheet.highlights.append((f"A{top}:B{top + count - 1}", f"$B{top}=0", "hidden"))


def _phases(book: Book) -> None:
    book.sheets[NAME].section(PHASES - 3, "Phases", DONE)
    sheet = book.sheets[NAME]
    _heads(book, PHASES - 2, DONE)
    count = book.size("plan_stage")
    columns = {WHAT: "what", WHO: "who", DELIVERS: "delivers", DONE: "done_when"}
    texts = {column: _texts(book, f"stage_{name}", len(book.structure.stages)) for column, name in columns.items()}
    numbers = (
        (START, "stage_start_date", "date"),
        (END, "stage_end_date", "date"),
        (FROM, "stage_start", "weeks"),
        (TO, "stage_end", "weeks"),
        (WEEKS, "stage_weeks", "weeks"),
        (COST, "stage_cost", "money"),
    )
    _rows(book, PHASES, count, texts, numbers)
    code = currency(book)
    for row in range(PHASES, PHASES + count):
        sheet.heights[row] = 54
        book.derive(NAME, row, UNIT, _unit, "unit", code=code, row=book.at(NAME, row, ROW))


def _heads(book: Book, row: int, last: int) -> None:
    """The heads of the first columns, and their units below."""
    sheet = book.sheets[NAME]
    sheet.row(row, 1, HEADS[:last], "head_left")
    units = {ROW: "number", START: "date", END: "date", FROM: "week", TO: "week", WEEKS: "weeks"}
    for column, unit in units.items():
        if column <= last:
            sheet.put(row + 1, column, unit, "unit_centred")


def _unit(code, row):
    return np.where(row > 0, joined(code, ""), "")


def _steps(book: Book, top: int) -> None:
    book.sheets[NAME].section(top - 1, "Steps within the phases", DONE)
    _heads(book, top, TO)
    numbers = (
        (START, "step_start_date", "date"),
        (END, "step_end_date", "date"),
        (FROM, "step_start", "weeks"),
        (TO, "step_end", "weeks"),
    )
    labels = {WHAT: _texts(book, "step_label", len(book.structure.steps))}
    count = book.size("plan_step")
    _rows(book, top + 2, count, labels, numbers)
    for row in range(top + 2, top + 2 + count):
        book.sheets[NAME].heights[row] = 40


def _reviews(book: Book, top: int) -> None:
    """The reviews as dates, while a retainer runs."""
    sheet, count = book.sheets[NAME], book.size("review")
    sheet.section(top - 1, f"Reviews of the retainer, the first {count}", DONE)
    sheet.put(top, 1, "Weeks between reviews", "label")
    sheet.row(top, 3, ["weeks", "empty where reviews come at milestones of scale only"], "unit")
    sheet.put(top + 1, 1, "Retainer starts in week", "label")
    sheet.row(top + 1, 3, ["weeks", "empty where the path has no retainer"], "unit")
    sheet.row(top + 2, 1, ["No.", "In week", "Review", None, "Date"], "head_left")
    sheet.row(top + 3, 2, ["week", None, None, "date"], "unit_centred")
    for row in range(top + 4, top + 4 + count):
        book.derive(NAME, row, 3, _review, "calc_text", week=book.at(NAME, row, 2))
    sheet.highlights.append((f"A{top + 4}:A{top + 3 + count}", f'$B{top + 4}=""', "hidden"))


def _review(week):
    return np.where(np.isnan(week), "", "Review")
