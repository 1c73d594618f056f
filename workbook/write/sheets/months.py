"""Months: the calendar, the path in the plan line by line, and the cost of each phase and path, on one time axis.

Other sheets read the calendar by its homes: `year_label` and `quarter_label` are the names of the project's fiscal years and
quarters, side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from calc.quantities.cash import so_far
from calc.quantities.cash_lines import MONTHLY
from calc.quantity import QUANTITIES, argument_names
from calc.reductions import picked
from calc.sentences.calendar import quarter_label, year_label
from calc.structure import COLUMNS
from workbook.files.digits import FEWER_DIGITS
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.palette import CURVE_LOOKS
from workbook.write.sheets import forecast
from workbook.write.sheets.columns import head_of, headed, shown, singles_of, table
from workbook.write.sheets.heading import format_of, framed, unit_cell
from workbook.write.sheets.values import path_labels

NAME = "Months"
ID, UNIT, FIRST_MONTH = 2, 3, 4
# Of the lists of fiscal years and quarters: the column of the number; the name and the first day follow.
NUMBER = 3
AXIS_ROW = 5
CALENDAR_ROWS = (
    "month_start", "year_of_month", "quarter_of_month", "in_horizon", "discount_factor", "charted_month", "place_weight",
)  # fmt: skip
# Of the project's fiscal years and quarters, what stands in a row of its own, above the names.
PERIODS = {
    "fiscal_year": ("fiscal_year_begins", "fiscal_year_from"),
    "quarter": ("quarter_year", "quarter_number", "quarter_from"),
}
NAMES: dict[str, tuple[str, Callable]] = {
    "fiscal_year": ("year_label", year_label),
    "quarter": ("quarter_label", quarter_label),
}
# Where what the first paths have cost so far stands.
LEADING = "leading_so_far"
# Of the path in the plan, what several lines or other sheets read.
PLAN_STEPS = ("plan_run_share", "plan_care_share", "plan_run_hiring")
SUMS = ("plan_paid", "plan_spend")
# Of the phases that are paid by invoices: what is by month, and what else the costs by month read of them.
INVOICED = {"paid_so_far": "share", "moved": "share"}
WORK_INVOICED = ("billed_labour", "billed_hidden_scope", "billed_rework", "billed_onboarding", "billed_work")
# Over phases or paths and months, with the format of their cells.
BLOCKS = {"phase_share": "share", "paid_spend": "money", "spend": "money"}
# Each read by a single formula, in whose cells it is written: rows of their own would hold nothing that anybody else reads.
WRITTEN_OUT = (
    "own_time_spend", "loss_spend", "plan_support_share", "plan_rewrite_share", "plan_run_coordination",
    "plan_run_replacement",
)  # fmt: skip


def add(book: Book) -> None:
    """The workings by month."""
    purpose = "Month n is the n-th month from the start and counts in the fiscal year and quarter of its first day. "
    purpose += "Months past the horizon carry no cost."
    widths = {1: 34, 2: 26, 3: 14} | dict.fromkeys(range(FIRST_MONTH, FIRST_MONTH + book.size("month")), 10)
    freeze = (AXIS_ROW + 2, FIRST_MONTH)
    rows = (1, AXIS_ROW + 1)
    sheet = framed(
        book, NAME, "working", "Months", purpose, widths, freeze=freeze, header_rows=rows, digits=FEWER_DIGITS
    )
    sheet.put(AXIS_ROW, 1, "Month", "label_strong")
    sheet.put(AXIS_ROW, 3, COLUMNS["month"].unit, "unit")
    book.inputs("month", Home(NAME, AXIS_ROW, FIRST_MONTH, along="month"), "head", "flag")
    row = _calendar_reads(book, _row(book, AXIS_ROW + 1, CALENDAR_ROWS[0]))
    for key in CALENDAR_ROWS[1:]:
        row = _row(book, row, key)
    row = _periods(book, row + 1)
    row = _read(book, row + 1)
    row = _invoices(book, row + 1) if book.structure.billed else row
    for key in WRITTEN_OUT:
        book.write_out(key)
    for key, format in BLOCKS.items():
        row = _block(book, row + 1, key, format)
    row = _plan(book, row + 1)
    for dimension in PERIODS:
        row = _listed(book, row + 1, dimension)
    _leading(book, row + 1)


def _calendar_reads(book: Book, row: int) -> int:
    """The single numbers that the calendar reads, below its first row, which freezes, and but for what that one reads."""
    rest = (*CALENDAR_ROWS[1:], *(key for keys in PERIODS.values() for key in keys))
    above = singles_of(book, NAME, CALENDAR_ROWS[:1])
    for key in [key for key in singles_of(book, NAME, rest) if key not in above]:
        label, unit, name = head_of(book, key)
        _labels(book, row, label, name, unit)
        book.show(key, Home(NAME, row, FIRST_MONTH))
        row += 1
    return row


def _row(book: Book, row: int, key: str, style: str = "calc") -> int:
    """One quantity in a row of its own, along its dimension; returns the row after it."""
    made = QUANTITIES[key]
    _labels(book, row, made.label, key, made.unit)
    (dimension,) = made.over
    format = "flag" if made.unit in ("number", "year", "month") else format_of(made.unit)
    book.place(key, Home(NAME, row, FIRST_MONTH, along=dimension), style, format)
    return row + 1


def _periods(book: Book, row: int) -> int:
    """The project's fiscal years and quarters, side by side, with their names."""
    sheet = book.sheets[NAME]
    for dimension, keys in PERIODS.items():
        sheet.section(row, f"{COLUMNS[dimension].label}s of the project", FIRST_MONTH + book.size(dimension) - 1)
        _labels(book, row + 1, COLUMNS[dimension].label, dimension, COLUMNS[dimension].unit)
        book.inputs(dimension, Home(NAME, row + 1, FIRST_MONTH, along=dimension), "fixed", "flag")
        row += 2
        for key in keys:
            row = _row(book, row, key)
        name, function = NAMES[dimension]
        _labels(book, row, "Name", name, "text")
        book.settle(name, Home(NAME, row, FIRST_MONTH, along=dimension))
        book.later(NAME, partial(_names, book, row, dimension, function))
        row += 2
    return row - 1


def _names(book: Book, row: int, dimension: str, function: Callable) -> None:
    """The names of the project's fiscal years or quarters, each under its number."""
    reads = argument_names(function)
    single = {name: book.spot(name) for name in reads if not book.node(name).over}
    for at in range(book.size(dimension)):
        own = {name: book.spot(name, **{dimension: at}).along() for name in reads if name not in single}
        book.derive(NAME, row, FIRST_MONTH + at, function, "calc_text", **own, **single)


def _listed(book: Book, row: int, dimension: str) -> int:
    """The same one below the other: number, name and first day, for tables that have a row for each."""
    sheet, count = book.sheets[NAME], book.size(dimension)
    sheet.section(row, f"{COLUMNS[dimension].label}s of the project, listed", FIRST_MONTH + 1)
    name, _ = NAMES[dimension]
    book.settle(f"{name}_listed", Home(NAME, row + 1, NUMBER, down=dimension))
    for at in range(count):
        sheet.put(row + 1 + at, 1, f"{COLUMNS[dimension].label} {at + 1}", "label")
        sheet.put(row + 1 + at, NUMBER, at + 1, "fixed", "flag")
        book.later(NAME, partial(_period, book, row + 1 + at, dimension))
    return row + 1 + count


def _period(book: Book, row: int, dimension: str) -> None:
    name, _ = NAMES[dimension]
    home, number = book.homes[name], book.at(NAME, row, NUMBER)
    names = book.at(home.sheet, home.row, home.column, along=book.size(dimension))
    book.derive(NAME, row, NUMBER + 1, picked, "calc_text", values=names, at=number)
    book.derive(NAME, row, NUMBER + 2, picked, "calc", "date", values=book.range(f"{dimension}_from"), at=number)


def _leading(book: Book, row: int) -> None:
    """What the first paths in the order of the decision, whose numbers stand beside their names, cost in each month, and have
    cost by its end, which a chart draws."""
    sheet, last = book.sheets[NAME], FIRST_MONTH + book.size("month") - 1
    by_then = row + len(CURVE_LOOKS) + 2
    sheet.section(row, "What the first paths in the order of the decision cost in the month, losses included", last)
    sheet.section(by_then, "What they have cost so far", last)
    for first in (row + 1, by_then + 1):
        for place in range(len(CURVE_LOOKS)):
            unit_cell(book, NAME, first + place, UNIT, QUANTITIES["spend"].unit)
    book.settle(LEADING, Home(NAME, by_then + 1, FIRST_MONTH, along="month"))
    for place in range(len(CURVE_LOOKS)):
        book.later(NAME, partial(_at_place, book, row + 1 + place, by_then + 1 + place, place))


def _at_place(book: Book, in_month: int, by_then: int, place: int) -> None:
    at = book.spot("path_at_place", place=place).down()
    label = book.derive(NAME, in_month, 1, picked, "calc_text", values=path_labels(book), at=at)
    path = book.fetch(NAME, in_month, ID, at, "calc", "flag")
    book.fill(NAME, in_month, FIRST_MONTH, picked, "calc", "money", values=book.ranges("spend", "month"), at=path)
    book.fetch(NAME, by_then, 1, label.down(), "calc_text")
    amounts, months = book.at(NAME, in_month, FIRST_MONTH, along=book.size("month")).down(), book.range("month")
    reads = {"amounts": amounts, "months": months, "month": months.each()}
    book.fill(NAME, by_then, FIRST_MONTH, so_far, "calc", "money", **reads)


def _read(book: Book, row: int) -> int:
    """What the formulas below read of other sheets, shown here first, so that one of them serves all of its months."""
    by_month = (*BLOCKS, *WRITTEN_OUT, *PLAN_STEPS, *MONTHLY.values(), *SUMS)
    arguments = [argument.node for key in by_month for argument in book.node(key).arguments]
    here = {*by_month, *(key for key, home in book.homes.items() if home.sheet == NAME)}
    elsewhere = [key for key in dict.fromkeys(arguments) if key not in here]
    sheet = book.sheets[NAME]
    for dimension in ("phase", "path"):
        # A single value stands beside the first path.
        keys = [key for key in elsewhere if (book.node(key).over or ("path",)) == (dimension,)]
        sheet.section(row, f"Read of each {dimension}", FIRST_MONTH + len(keys) - 1)
        labels = _elements(book, dimension)
        for at, label in enumerate(labels, row + 4):
            sheet.put(at, 1, label, "label")
        for column, key in enumerate(keys, FIRST_MONTH):
            headed(book, NAME, row + 1, column, key)
            down = dimension if book.node(key).over else None
            book.show(key, Home(NAME, row + 4, column, down=down))
        sheet.heights[row + 1] = 42
        row += len(labels) + 5
    return row - 1


def _invoices(book: Book, row: int) -> int:
    """The phases by quotes with payment terms: these terms, and what they move from month to month."""
    reads = [argument.node for key in (*WORK_INVOICED, *INVOICED) for argument in book.node(key).arguments]
    keys = [
        key for key in ("billed_phase", *reads, "billed_path", *WORK_INVOICED) if book.node(key).over == ("billed",)
    ]
    sheet = book.sheets[NAME]
    sheet.section(row, "Phases paid by invoices", FIRST_MONTH + len(set(keys)) - 1)
    shown(book, NAME, row + 1, table(book, NAME, row + 1, FIRST_MONTH, "billed", dict.fromkeys(keys)), INVOICED)
    for at, label in enumerate(_elements(book, "billed"), row + 4):
        sheet.put(at, 1, label, "label")
    row += 5 + book.size("billed")
    for key, format in INVOICED.items():
        row = _block(book, row, key, format) + 1
    if forecast.NAME not in book.sheets:
        return row - 1
    table(book, NAME, row, FIRST_MONTH, "billed", ["phase_left@billed", "not_yet_due"])
    for at, label in enumerate(_elements(book, "billed"), row + 3):
        sheet.put(at, 1, label, "label")
    return row + 3 + book.size("billed")


def _plan(book: Book, row: int) -> int:
    """The path in the plan: what its lines have in common, then the lines, and what they come to."""
    sheet, last = book.sheets[NAME], FIRST_MONTH + book.size("month") - 1
    row = sheet.section(row, "Path in the plan, line by line", last)
    for key in PLAN_STEPS:
        row = _row(book, row, key)
    for key in MONTHLY.values():
        row = _row(book, row, key)
    for key in SUMS:
        row = _row(book, row, key, "result")
    return row


def _elements(book: Book, dimension: str) -> list[str]:
    """What the rows over a dimension are called: phases, those of them that are paid by invoices, or paths."""
    paths = book.structure.paths
    if dimension == "billed":
        phases = _elements(book, "phase")
        return [phases[billed.phase - 1] for billed in book.structure.billed]
    if dimension == "path":
        return [path.label for path in paths]
    return [f"{path.label}: {phase.work}, step {phase.position}" for path in paths for phase in path.phases]


def _block(book: Book, row: int, key: str, format: str) -> int:
    """One quantity by month, a row per phase or path; returns the row after the last."""
    made = QUANTITIES[key]
    sheet, labels = book.sheets[NAME], _elements(book, made.over[0])
    sheet.section(row, made.label, FIRST_MONTH + book.size("month") - 1)
    for at, label in enumerate(labels, row + 1):
        _labels(book, at, label, key, made.unit)
    book.place(key, Home(NAME, row + 1, FIRST_MONTH, down=made.over[0], along="month"), "calc", format)
    return row + len(labels) + 1


def _labels(book: Book, row: int, label: str, key: str, unit: str) -> None:
    book.sheets[NAME].put(row, 1, label, "label")
    book.sheets[NAME].put(row, 2, key, "id")
    unit_cell(book, NAME, row, 3, unit)
