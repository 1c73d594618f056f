"""Forecast: actuals against the plan by line and month, the estimate at completion, and the ways to go on."""

from __future__ import annotations

from functools import partial

import numpy as np

from calc.actual_lines import OF_PHASES, SUMS
from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.reductions import picked_or
from calc.sentences.tracking import (
    advised_here,
    forecast_line,
    late_line,
    missing_line,
    same_actuals,
    ways_found,
    ways_kept,
    ways_line,
)
from workbook.files.address import column_letters
from workbook.write.book import Book, Spot
from workbook.write.charts.picture import Line, Picture, area, from_cell
from workbook.write.charts.scatter import paths_over_time
from workbook.write.formula.expression import Home
from workbook.write.once.studies import cell
from workbook.write.palette import BAR, DARK_GREY, VERMILION
from workbook.write.sheet import Area
from workbook.write.sheets import recorded_inputs, simulation, tracking
from workbook.write.sheets.actuals import is_tracked
from workbook.write.sheets.heading import currency, framed, unit_cell, warned_if_out

NAME = "Forecast"
LABEL, ID, UNIT, FIRST_MONTH = 1, 2, 3, 4
SAID, MISSING = 5, 6
TOP = 9  # the units of the table of lines; its rows follow
# The columns of the table of lines: those that are summed, in which column, and under which head.
LINE_COLUMNS = {
    "planned_by_now": (3, "Plan by now"), "actual": (4, "Actual"), "variance": (5, "Variance"),
    "to_come": (8, "To come"), "forecast": (9, "Forecast"),
}  # fmt: skip
OF_PHASE_WORK, AFTER, PLANNED, NOT_ENTERED = 6, 7, 10, 11
HEADS = {OF_PHASE_WORK: "To come, of phases", AFTER: "To come, afterwards", PLANNED: "Plan in all",
         NOT_ENTERED: "Months not entered"}  # fmt: skip
IN = 12
LAST = 15
# Where it stands: what people look for; and what leads there, below all that is printed.
SCALARS = (
    "actual_month", "core_done", "core_planned", "performance", "forecast_end_week", "forecast_end_date", "invoiced_so_far",
    "invoiced_forecast", "budget_left", "forecast_headroom",
)  # fmt: skip
LEADING = (
    "plan_core_end", "forecast_core_end", "core_known_month",
    "core_missing", "reached_from", "reached_until", "stands_at", "last_undone", "first_done", "forecast_run_start",
    "forecast_run_months", "run_left", "run_share_left", "care_left", "support_left", "rewrite_left", "unstable_left",
)  # fmt: skip
# The chart below the table of lines, then where it stands; so many rows are as tall as the chart.
CHART, CHART_ROWS = TOP + len(LINES) + 3, 19
LATE = CHART - 1
STANDS = CHART + CHART_ROWS + 2
WAYS = STANDS + len(SCALARS) + 4
# The way on, what it costs and how long it takes; at the side of what is printed, what the ways were found for.
WAY_COLUMNS = (("To come, same scope", "currency", "money"), ("Weeks from then", "weeks", "weeks"))
BARRED = UNIT + len(WAY_COLUMNS)
BASIS = {
    17: ("actual_month", "flag"), 18: ("core_known_month", "flag"), 19: ("core_done", "share"), 20: ("tracked_actual", "cents"),
}  # fmt: skip
# The texts of the sheet Tracking, each after those that it is read from.
FORECAST_LINE, MISSING_LINE, SAME, KEPT_LINE, FOUND, WAYS_LINE, LATE_LINE = range(7)
CHART_SIZE = (26.0, 9.6)
# What the chart shows: amounts, over which months, and how they are drawn.
CHARTED = (
    ("plan_so_far", "charted_month", DARK_GREY, "sysDot"), ("actual_so_far", "tracked_month", BAR, None),
    ("forecast_so_far", "forecast_month", VERMILION, "dash"),
)  # fmt: skip


def add(book: Book) -> None:
    """The lines, where it stands, the chart, and the ways to go on."""
    purpose = "What really happened against the path in the plan, and what it comes to if it goes on at the pace seen."
    widths = {LABEL: 40, ID: 22} | dict.fromkeys(range(UNIT, LAST + 1), 11) | dict.fromkeys(BASIS, 24)
    printed = (WAYS + len(book.structure.paths), LAST) if is_tracked(book) else None
    sheet = framed(
        book, NAME, "result", "Actuals against the plan", purpose, widths, freeze=(TOP - 2, 2), header_rows=(1, 4),
        print_to=printed,
    )  # fmt: skip
    _lines(book)
    _figures(book, STANDS, "Where it stands", SCALARS)
    _figures(book, WAYS + len(book.structure.paths) + 4, "What leads there", LEADING)
    book.later(NAME, lambda: _said(book))
    book.later(NAME, lambda: _ways(book))
    book.later(NAME, lambda: _chart(book))
    sheet.breaks = [STANDS - 1]


def text(book: Book, number: int) -> Spot:
    """One of the texts that this sheet shows, where it is worked out."""
    book.write(NAME)
    return book.at(tracking.NAME, tracking.TEXTS + number, tracking.LABEL)


def month_when_made(book: Book) -> Spot:
    """The last month with actuals for which the ways to go on were found; 0 where none were."""
    return book.at(NAME, WAYS + 1, min(BASIS))


def plan_total(book: Book) -> Spot:
    """What the path in the plan costs in all."""
    return book.at(NAME, TOP + len(LINES) + 1, PLANNED)


def _lines(book: Book) -> None:
    sheet = book.sheets[NAME]
    sheet.section(TOP - 2, "By cost line", LAST)
    sheet.row(TOP - 1, LABEL, ["Cost line", "Id"], "head_left")
    for column, head in (*LINE_COLUMNS.values(), *HEADS.items()):
        sheet.put(TOP - 1, column, head, "head")
    for column in range(UNIT, NOT_ENTERED):
        unit_cell(book, NAME, TOP, column, "currency", "unit_centred")
    sheet.put(TOP, NOT_ENTERED, "months", "unit_centred")
    sheet.put(TOP - 1, IN, "Unit", "head")
    sheet.heights[TOP - 1] = 30
    for row, (line, total) in enumerate(LINES.items(), TOP + 1):
        sheet.put(row, LABEL, QUANTITIES[total].label, "label")
        sheet.row(row, ID, [line, *[None] * (IN - ID)], "id_ruled")
        for kind, (column, _) in LINE_COLUMNS.items():
            book.place(f"{line}_{kind}", Home(NAME, row, column), "calc", "money")
        for part, column in _parts(line).items():
            book.place(part, Home(NAME, row, column), "calc", "money")
        book.place(f"{line}_missing", Home(NAME, row, NOT_ENTERED), "calc", "flag")
        unit_cell(book, NAME, row, IN, "currency")
        book.later(NAME, partial(_plan_in_all, book, row, total))
    row = TOP + len(LINES) + 1
    sheet.put(row, LABEL, "All lines", "label_strong")
    sheet.row(row, ID, [None] * (IN - ID + 1), "id_ruled")
    for kind in SUMS:
        book.place(f"tracked_{kind}", Home(NAME, row, LINE_COLUMNS[kind][0]), "result", "money")
    book.place("tracked_missing", Home(NAME, row, NOT_ENTERED), "result", "flag")
    book.later(NAME, partial(_plan_in_all, book, row, "total", "result"))


def _parts(line: str) -> dict[str, int]:
    """What is to come of a line, part by part -> its column."""
    names = [f"{line}_{part}_to_come" for part in ("of_phases", "afterwards", "until_stable")]
    return {
        name: OF_PHASE_WORK if line in OF_PHASES and name == names[0] else AFTER for name in names if name in QUANTITIES
    }


def _plan_in_all(book: Book, row: int, total: str, style: str = "calc") -> None:
    reads = {"values": book.range(total), "at": book.spot("plan_path")}
    book.derive(NAME, row, PLANNED, _of_path, style, "money", **reads)


def _of_path(values, at):
    return picked_or(values, at, 0)


def _figures(book: Book, top: int, title: str, keys: tuple[str, ...]) -> None:
    sheet = book.sheets[NAME]
    sheet.section(top - 1, title, LAST)
    # Without a budget none is left, and what was not entered is not known.
    area = Area(top, LABEL, top + len(keys) - 1, UNIT + 1)
    sheet.only_where(f'${column_letters(UNIT)}{top}<>""', area, ruled=[area])
    for row, key in enumerate(keys, top):
        made = QUANTITIES[key]
        sheet.put(row, LABEL, made.label, "wrapped")
        sheet.put(row, ID, key, "id")
        book.show(key, Home(NAME, row, UNIT), "bare")
        unit_cell(book, NAME, row, UNIT + 1, made.unit, "unit_bare")


def _said(book: Book) -> None:
    """The sentences at the head: what it comes to, what is missing, and that it would be late."""
    names = ("actual_month", "tracked_actual", "tracked_planned_by_now", "tracked_forecast")
    reads = {name: book.spot(name) for name in names}
    said = tracking.text(
        book, FORECAST_LINE, forecast_line, reads | {"plan_total": plan_total(book), "currency": currency(book)}
    )
    missing = tracking.text(book, MISSING_LINE, missing_line, {"tracked_missing": book.spot("tracked_missing")})
    when = ("actual_month", "forecast_core_end", "horizon_months")
    late = tracking.text(book, LATE_LINE, late_line, {name: book.spot(name) for name in when})
    book.fetch(NAME, SAID, 1, said, "lead_line")
    book.fetch(NAME, LATE, 1, late, "listed")
    book.fetch(NAME, MISSING, 1, missing, "alert_line")


def _ways(book: Book) -> None:
    """The ways to go on as they were found when the workbook was made, and whether that still holds."""
    sheet, studies = book.sheets[NAME], book.studies
    sheet.section(WAYS - 3, "Stay or switch: what is left of the core, decided anew without what is spent", LAST)
    sheet.row(WAYS - 1, LABEL, ["Way on, in the order of the decision", "Id"], "head_left")
    for at, (head, unit, _) in enumerate(WAY_COLUMNS):
        sheet.put(WAYS - 1, UNIT + at, head, "head")
        unit_cell(book, NAME, WAYS, UNIT + at, unit, "unit_centred")
    sheet.row(WAYS - 1, BARRED, ["Why not", *[None] * (LAST - BARRED)], "head_left")
    sheet.heights[WAYS - 1] = 42
    # Where no ways were looked for, the line above says why.
    sheet.only_where(f'$A${WAYS + 1}<>""', Area(WAYS - 1, LABEL, WAYS, LAST))
    for at in range(len(book.structure.paths)):
        row = WAYS + 1 + at
        for column in (LABEL, ID):
            sheet.put(row, column, cell(studies.ways, at, column - 1, ""), "listed" if column == LABEL else "id")
        for column, (_, _, format) in enumerate(WAY_COLUMNS, UNIT):
            sheet.put(row, column, cell(studies.ways, at, column - 1, np.nan), "listed_number", format)
        sheet.put(row, BARRED, cell(studies.ways, at, BARRED - 1, ""), "listed_text")
    then = {}
    for column, (key, format) in BASIS.items():
        made = QUANTITIES[key]
        sheet.put(WAYS - 1, column, f"{made.label}, when this was made", "head")
        unit_cell(book, NAME, WAYS, column, made.unit, "unit_centred")
        sheet.put(WAYS + 1, column, np.array([basis[key] for basis in studies.ways_for]), "record", format)
        then[key] = book.at(NAME, WAYS + 1, column)
    now = {key: book.spot(key) for key in then}
    bases = {
        f"{name}{when}": of[key]
        for name, key in zip(("", "known_", "done_", "spent_"), now, strict=True)
        for when, of in (("now", now), ("then", then))
    }
    same = tracking.text(book, SAME, same_actuals, bases, "0/1")
    kept = tracking.text(book, KEPT_LINE, ways_kept, {"changed": recorded_inputs.changed(book), "same": same})
    when_made = {"trials": simulation.large_run(book), "then": then["actual_month"]}
    found = tracking.text(book, FOUND, ways_found, when_made | {"kept": kept})
    today = {"now": now["actual_month"], "done_now": now["core_done"]}
    line = tracking.text(book, WAYS_LINE, ways_line, today | {"found": found})
    book.fetch(NAME, WAYS - 2, 1, line, "check")
    if is_tracked(book):
        said = recorded_inputs.advised(book)[1:]
        reads = dict(zip(("said", "why"), said, strict=True)) | {"line": line}
        book.derive(NAME, WAYS - 2, UNIT, advised_here, "listed", **reads)
    warned_if_out(sheet, WAYS - 2, 1)


def _chart(book: Book) -> None:
    """Plan and actuals so far over the months, and the forecast from where it stands to the horizon."""
    along = book.size("month")
    lines = []
    for key, across, colour, dash in CHARTED:
        home, axis = book.homes[key], book.homes[across]
        name = area(home.sheet, home.row, LABEL)
        months = area(axis.sheet, axis.row, axis.column, along=along)
        lines.append(Line(name, area(home.sheet, home.row, home.column, along=along), colour, dash, months))
    unit = from_cell(area(*book.names["axis_money"]))
    chart = paths_over_time("Plan and actuals so far, and the forecast", "", lines, unit, CHART_SIZE)
    alt = "Lines over the months: the plan so far up to the horizon, the actuals so far up to the last month with any, and the "
    alt += "forecast from there to the horizon, dashed."
    book.sheets[NAME].charts.append(Picture(CHART, LABEL, chart, alt))
