"""Actuals: what really happened, month by month, to be filled in; the sheet Forecast holds it against the plan."""

from __future__ import annotations

from calc.scenario.actuals import HEADINGS, SERIES, Allowed, label_of, month_heading
from calc.scenario.limits import Between
from workbook.write.book import Area, Book
from workbook.write.formula.expression import Home
from workbook.write.sheets import validation
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Actuals"
# The entry among the texts of a book that says whether anything had happened when it was made.
TRACKED = "is_tracked"
DAY, HEAD, FIRST, FIRST_MONTH = 4, 5, 6, 4
# On paper: as many months as a page has room for, in rows with room for what is filled in by hand.
PRINTED_MONTHS, ROW_HEIGHT = 14, 28
FORMATS = {"currency": "cents", "share": "percent", "incidents": "general"}


def add(book: Book) -> None:
    """A row for each list of the scenario's `[actuals]`, a column for each month."""
    purpose = (
        "Fill in what really happened, month by month from the start; the sheet Forecast holds it against the path in the plan. "
        "A month is filled in as a whole: 0 where nothing was paid."
    )
    months = book.size("month")
    widths = {1: 22, 2: 22, 3: 11} | dict.fromkeys(range(FIRST_MONTH, FIRST_MONTH + months), 11)
    printed = (FIRST + len(SERIES) - 1, FIRST_MONTH + PRINTED_MONTHS - 1) if is_tracked(book) else None
    sheet = framed(
        book, NAME, "input", "What really happened", purpose, widths, freeze=(FIRST, FIRST_MONTH), header_rows=(1, HEAD),
        print_to=printed,
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
    return bool(book.texts[TRACKED])


def _first_day(book: Book) -> None:
    """Above the heading of the first month, the day on which it begins."""
    book.sheets[NAME].put(DAY, 1, "Month 1 begins on", "label")
    book.fetch(NAME, DAY, FIRST_MONTH, book.at(*book.names["in_start"]), "unit_centred", "date")


def _rule(label: str, allowed: Allowed) -> validation.Rule:
    percent = " In percent." if allowed.unit == "share" else ""
    prompt = f"{label} of the month: {allowed.says}.{percent} Empty where nothing is known."
    return validation.of_number(label, prompt, Between(allowed.low, allowed.high), may_be_empty=True)
