"""Gantt: the plan by week, drawn in cells so that it works everywhere; 52 columns that always span the horizon."""

from __future__ import annotations

import numpy as np

from calc.gantt import covers, first_day, next_column, weeks_per_column, within
from workbook.files.address import column_letters
from workbook.write.book import Book, Spot
from workbook.write.charts.bars import bars
from workbook.write.charts.picture import Line, Picture, area, from_cell
from workbook.write.formula.text import joined
from workbook.write.palette import BAR
from workbook.write.sheet import PLAIN_ROW, POINTS_PER_CM, Area
from workbook.write.sheets import plan
from workbook.write.sheets.heading import framed

NAME = "Gantt"
COLUMNS = 52
# Of each row: its dates, and the weeks from and up to which its bar goes; then the bars.
START, END, FROM, TO, FIRST = range(2, 7)
# The path in the plan and how it stands to the recommended one, then the columns and what each of them spans.
TITLE, SHOWN, COUNT, STEP, AXIS, DAYS = range(4, 10)
BARS = DAYS + 2
# What the chart reads, at the side of what is printed.
BEGINS, LASTS = FIRST + COLUMNS + 1, FIRST + COLUMNS + 2
# The rows that the chart takes.
CHART_ROWS = 11
WEEK = plan.UNITS[plan.FROM]
AXIS_TITLE = "Weeks from the start of the project"
REVIEW_ROW_LABEL = "Reviews of the retainer"


def add(book: Book) -> None:
    """The plan as bars over weeks."""
    purpose = "The plan by week up to the horizon: dark for a phase, light for a step within it, amber for a review."
    widths = {1: 40, START: 11, END: 11, FROM: 7, TO: 7} | {FIRST + at: 2.6 for at in range(COLUMNS)}
    framed(book, NAME, "result", "Gantt chart", purpose, widths, freeze=(BARS, FIRST), header_rows=(1, BARS - 1))
    book.later(NAME, lambda: _draw(book))


def _draw(book: Book) -> None:
    sheet = book.sheets[NAME]
    title = book.at(plan.NAME, plan.TITLE, plan.WHAT)
    book.derive(NAME, TITLE, 1, lambda title: joined(title, ""), "lead_line", title=title)
    book.fetch(NAME, SHOWN, 1, book.at(*book.names["plan_shown"]), "bare_line")
    # What the columns are follows, and their heads.
    sheet.only_where(f'$A${BARS}<>""', Area(COUNT, 1, BARS - 1, FIRST + COLUMNS - 1))
    units = {COUNT: ("Columns of the chart", "columns"), STEP: ("Weeks in a column", "weeks"),
             AXIS: ("Each column up to week", "weeks"), DAYS: ("Each column begins on", "date")}  # fmt: skip
    for row, (label, unit) in units.items():
        sheet.put(row, 1, label, "bare_label")
        sheet.put(row, 3, unit, "unit_bare")
    sheet.put(COUNT, 2, COLUMNS, "bare_number", "flag")
    reads = {"horizon_weeks": book.spot("horizon_weeks"), "columns": book.at(NAME, COUNT, 2)}
    step = book.derive(NAME, STEP, 2, weeks_per_column, "bare", "flag", **reads)
    sheet.heights[DAYS] = 52
    sheet.row(BARS - 1, 1, ["Phase or step", "Start", "End", "From", "To"], "head_left")
    previous = book.fetch(NAME, AXIS, FIRST, step, "axis", "flag")
    for column in range(FIRST + 1, FIRST + COLUMNS):
        previous = book.derive(NAME, AXIS, column, next_column, "axis", "flag", before=previous, step=step)
    days = {"start_day": book.spot("start_day"), "days_per_week": book.spot("days_per_week"), "step": step}
    until = book.at(NAME, AXIS, FIRST, along=COLUMNS).each()
    book.fill(NAME, DAYS, FIRST, first_day, "axis_day", "date", **days, until=until)
    stages = [plan.PHASES + n for n in range(book.size("plan_stage"))]
    steps = [plan.steps_top(book) + n for n in range(book.size("plan_step"))]
    for column in (FROM, TO):
        sheet.put(BARS - 2, column, WEEK, "unit_centred")
    for column, source in {BEGINS: plan.FROM, LASTS: plan.WEEKS}.items():
        sheet.put(BARS - 2, column, plan.HEADS[source - 1], "head")
        sheet.put(BARS - 1, column, plan.UNITS[source], "unit_centred")
    for row, source in enumerate(stages, BARS):
        own = book.spot("plan_stage_row", plan_stage=row - BARS)
        _bar(book, row, source, step, own, until, "bar")
        begins = {"weeks": book.at(plan.NAME, source, plan.FROM), "horizon_weeks": book.spot("horizon_weeks")}
        book.derive(NAME, row, BEGINS, _begins, "calc", "weeks", row=own, **begins)
        book.derive(NAME, row, LASTS, _weeks, "calc", "weeks", row=own, weeks=book.at(plan.NAME, source, plan.WEEKS))
    reviews = BARS + len(stages)
    _reviews(book, reviews, step, until)
    # The steps come last, since some paths have none: below them nothing is left open.
    first = reviews + CHART_ROWS + 4
    sheet.breaks = [first - 1]
    sheet.print_to = (0, FIRST + COLUMNS - 1)
    _chart(book, reviews + 2, len(stages))
    above = book.derive(NAME, first - 1, FROM, _unit, "unit_centred", row=book.spot("plan_step_row", plan_step=0))
    book.fetch(NAME, first - 1, TO, above, "unit_centred")
    for row, source in enumerate(steps, first):
        own = book.spot("plan_step_row", plan_step=row - first)
        _bar(book, row, source, step, own, until, "bar_soft")
        sheet.heights[row] = 26


def _chart(book: Book, row: int, count: int) -> None:
    """The phases as a chart, for those who copy it into a report."""
    sheet = book.sheets[NAME]
    lines = [
        Line(area(NAME, BARS - 2, column), area(NAME, BARS, column, count), colour)
        for column, colour in ((BEGINS, None), (LASTS, BAR))
    ]
    names = area(plan.NAME, plan.PHASES, plan.WHAT, count)
    # Titled as the sheet is: by the path, or that none is chosen and the chart therefore empty.
    size = (41, CHART_ROWS * PLAIN_ROW / POINTS_PER_CM)
    chart = bars(from_cell(area(NAME, TITLE, 1)), names, lines, AXIS_TITLE, size, stacked=True)
    alt = "Bars per phase of the plan: from the week in which it starts, as long as it lasts."
    sheet.charts.append(Picture(row, 1, chart, alt))


def _begins(row, weeks, horizon_weeks):
    """Where a bar begins; of a line without a phase, the end of the horizon, to which the axis then reaches."""
    return np.where(row > 0, weeks, horizon_weeks)


def _weeks(row, weeks):
    return np.where(row > 0, weeks, 0)


def _bar(book: Book, row: int, source: int, step: Spot, own: Spot, until: Spot, look: str) -> None:
    sheet = book.sheets[NAME]
    label = book.at(plan.NAME, source, plan.WHAT)
    book.derive(NAME, row, 1, lambda what: joined(what, ""), "bar_label", what=label)
    shown = {START: (plan.START, "date"), END: (plan.END, "date"), FROM: (plan.FROM, "weeks"), TO: (plan.TO, "weeks")}
    first, last = [
        book.derive(NAME, row, column, _of_row, "bare", format, found=book.at(plan.NAME, source, read), row=own)
        for column, (read, format) in shown.items()
    ][-2:]
    book.fill(NAME, row, FIRST, covers, "bar_cell", "hidden", first=first, last=last, step=step, until=until)
    end = f"{column_letters(FIRST + COLUMNS - 1)}{row}"
    sheet.highlights.append((f"{column_letters(FIRST)}{row}:{end}", f"{column_letters(FIRST)}{row}=1", look))


def _of_row(found, row):
    """A date or a week of a line; nothing where it has no phase."""
    return np.where(row > 0, found, np.nan)


def _unit(row):
    return np.where(row > 0, WEEK, "")


def _review_label(start):
    return np.where(np.isnan(start), "", REVIEW_ROW_LABEL)


def _reviews(book: Book, row: int, step: Spot, until: Spot) -> None:
    sheet = book.sheets[NAME]
    book.derive(NAME, row, 1, _review_label, "bar_label", start=book.spot("plan_retainer_start"))
    reads = {"weeks": book.range("review_week"), "step": step, "until": until}
    book.fill(NAME, row, FIRST, within, "bar_cell", "hidden", **reads)
    cells = f"{column_letters(FIRST)}{row}:{column_letters(FIRST + COLUMNS - 1)}{row}"
    sheet.highlights.append((cells, f"{column_letters(FIRST)}{row}>0", "bar_mark"))
