"""Actuals: what really happened, month by month, to be filled in; the sheet Forecast holds it against the plan."""

from __future__ import annotations

import math

from calc.scenario import Scenario
from calc.scenario.actuals import HEADINGS, SERIES, Allowed, label_of, month_heading
from calc.scenario.actuals import is_tracked as scenario_is_tracked
from calc.scenario.limits import Between
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheet import Area
from workbook.write.sheets import validation
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Actuals"
# The entry among the texts of a book that says on how many pages this is printed: on none while nothing had happened.
PAGES = "pages_of_actuals"
DAY, HEAD, FIRST, FIRST_MONTH = 4, 5, 6, 4
# On paper: pages of so many months, with a few more than there are, in rows with room for what is filled in by hand.
MONTHS_ON_A_PAGE, MORE_MONTHS, ROW_HEIGHT = 14, 2, 28
FORMATS = {"currency": "cents", "share": "percent", "incidents": "general"}


def add(book: Book) -> None:
    """A row for each list of the scenario's `[actuals]`, a column for each month."""
    purpose = (
        "Fill in what really happened, month by month from the start; the sheet Forecast holds it against the path in the plan. "
        "A month is filled in as a whole: 0 where nothing was paid."
    )
    months = book.size("month")
    widths = {1: 22, 2: 22, 3: 11} | dict.fromkeys(range(FIRST_MONTH, FIRST_MONTH + months), 11)
    pages = range(FIRST_MONTH, FIRST_MONTH + book.texts[PAGES] * MONTHS_ON_A_PAGE, MONTHS_ON_A_PAGE)
    last = min(pages.stop, FIRST_MONTH + months) - 1
    sheet = framed(
        book, NAME, "input", "What really happened", purpose, widths, freeze=(FIRST, FIRST_MONTH), header_rows=(1, HEAD),
        print_to=(FIRST + len(SERIES) - 1, last) if pages else None, column_breaks=[*pages[1:]],
    )  # fmt: skip
    sheet.row(HEAD, 1, HEADINGS, "head_left")
    sheet.row(HEAD, FIRST_MONTH, [month_heading(month) for month in range(1, months + 1)], "head")
    book.later(NAME, lambda: _first_day(book))
    for row, (name, allowed) in enumerate(SERIES.items(), FIRST):
        label = label_of(name)
        sheet.put(row, 1, label, "label")
        sheet.put(row, 2, f"actuals.{name}", "id_ruled")
        unit_cell(book, NAME, row, 3, allowed.unit)
        sheet.heights[row] = ROW_HEIGHT
        format = FORMATS.get(allowed.unit) or format_of(allowed.unit)
        book.inputs(f"actual_{name}", Home(NAME, row, FIRST_MONTH, along="month"), "input", format)
        cells = Area(row, FIRST_MONTH, row, FIRST_MONTH + months - 1)
        sheet.validations.append((cells, _rule(label, allowed)))


def is_tracked(book: Book) -> bool:
    """Whether anything had happened when the workbook was made."""
    return book.texts[PAGES] > 0


def pages(scenario: Scenario) -> int:
    """On how many pages the months of a scenario are printed, up to the horizon and a few more; 0 where nothing is entered."""
    if not scenario_is_tracked(scenario.actuals):
        return 0
    entered = max(len(getattr(scenario.actuals, name)) for name in SERIES)
    return math.ceil((max(entered, scenario.project.horizon_months) + MORE_MONTHS) / MONTHS_ON_A_PAGE)


def _first_day(book: Book) -> None:
    """Above the heading of the first month, the day on which it begins."""
    book.sheets[NAME].put(DAY, 1, "Month 1 begins on", "label")
    book.fetch(NAME, DAY, FIRST_MONTH, book.at(*book.names["in_start"]), "unit_centred", "date")


def _rule(label: str, allowed: Allowed) -> validation.Rule:
    percent = " In percent." if allowed.unit == "share" else ""
    prompt = f"{label} of the month: {allowed.says}.{percent} Empty where nothing is known."
    return validation.of_number(label, prompt, Between(allowed.low, allowed.high), may_be_empty=True)
