"""Checks: does the workbook add up. One row each, and one verdict that every sheet shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from calc import catalogue
from calc.checks import all_passed, difference, failing, out_of_order, passed, understood_answers
from calc.quantities.lines import LINES
from calc.reductions import occurrences, picked_or, summed
from workbook.write.book import Book, Spot
from workbook.write.formula.text import formatted, joined
from workbook.write.sheets import answers, cash_flow
from workbook.write.sheets import plan as plan_sheet
from workbook.write.sheets.heading import framed

NAME = "Checks"
FIRST = 6
# The kinds of cost, side by side on the sheet Comparison.
KINDS = ("paid", "own_time", "losses")


@dataclass(frozen=True)
class Check:
    """A figure reached in one way, and its expected value: the same figure reached in another way, or a number."""

    label: str
    unit: str
    figure: Callable
    reads: dict[str, Spot]
    expected: Spot | float


def add(book: Book) -> None:
    """The sheet of checks."""
    purpose = "Each row reaches the same figure in two ways, or counts what must not occur."
    widths = {1: 58, 2: 14, 3: 18, 4: 18, 5: 16, 6: 10}
    sheet = framed(
        book, NAME, "result", "Checks", purpose, widths, freeze=(FIRST, 2), header_rows=(1, 5), print_to=None
    )
    sheet.row(5, 1, ["Check", "Unit", "One way", "The other way", "Difference", "Passed"], "head_left")
    book.later(NAME, lambda: _rows(book))


def _rows(book: Book) -> None:
    sheet = book.sheets[NAME]
    row = FIRST
    for check in _checks(book):
        sheet.put(row, 1, check.label, "label")
        unit_cell_now(book, row, check.unit)
        book.derive(NAME, row, 3, check.figure, "calc", "cents", **check.reads)
        if isinstance(check.expected, Spot):
            book.fetch(NAME, row, 4, check.expected, "calc", "cents")
        else:
            sheet.put(row, 4, check.expected, "fixed", "cents")
        row += 1
    count = row - FIRST
    one, other = (book.at(NAME, FIRST, column, down=count).each() for column in (3, 4))
    book.fill(NAME, FIRST, 5, difference, "calc", "cents", one=one, other=other)
    differences = book.at(NAME, FIRST, 5, down=count).each()
    book.fill(NAME, FIRST, 6, passed, "calc", "flag", difference=differences, other=other)
    every = book.at(NAME, FIRST, 6, down=count)
    sheet.highlights.append((f"F{FIRST}:F{row - 1}", f"$F{FIRST}=0", "bad"))
    sheet.put(row + 1, 1, "Checks that fail", "label_strong")
    sheet.put(row + 1, 2, "checks", "unit")
    fails = book.derive(NAME, row + 1, 6, failing, "result", "flag", passed=every)
    sheet.put(row + 2, 1, "All checks passed", "label_strong")
    sheet.put(row + 2, 2, "0/1", "unit")
    book.derive(NAME, row + 2, 6, all_passed, "result", "flag", failing=fails)
    book.name("checks_passed", NAME, row + 2, 6)
    book.derive(NAME, 3, 1, _verdict, "check", failing=fails)
    sheet.highlights += [("A3", 'LEFT($A$3,3)="All"', "good"), ("A3", 'LEFT($A$3,3)<>"All"', "bad")]


def _verdict(failing):
    return np.where(failing == 0, "All checks passed", joined("Checks that fail: ", formatted(failing, "0")))


def unit_cell_now(book: Book, row: int, unit: str) -> None:
    """The unit of a check's row; the rows are written late, when a formula can be written at once."""
    if unit == "currency":
        code = book.at(*book.names["in_currency"])
        book.derive(NAME, row, 2, lambda code: joined(code, ""), "unit", code=code)
    else:
        book.sheets[NAME].put(row, 2, unit, "unit")


def _checks(book: Book) -> Iterator[Check]:
    for at, path in enumerate(book.structure.paths):
        total = book.spot("total", path=at)
        first = book.homes["labour_total"]
        lines = {"values": book.at(first.sheet, first.row + at, first.column, along=len(LINES))}
        yield Check(f"Cost lines add up to the total: {path.label}", "currency", summed, lines, total)
    for at, path in enumerate(book.structure.paths):
        first = book.homes["paid"]
        kinds = {"values": book.at(first.sheet, first.row + at, first.column, along=len(KINDS))}
        total = book.spot("total", path=at)
        yield Check(f"Paid, own time and losses add up to the total: {path.label}", "currency", summed, kinds, total)
    for at, path in enumerate(book.structure.paths):
        months, total = {"values": book.range("spend", path=at)}, book.spot("total", path=at)
        yield Check(f"Months add up to the total: {path.label}", "currency", summed, months, total)
    yield from _cash(book)
    yield Check(
        "Core shares add up to one in every path", "paths", summed, {"values": book.range("share")},
        float(len(book.structure.paths)),
    )  # fmt: skip
    for label, keys in (
        ("Parameters whose low, likely and high are out of order", ("low", "likely", "high")),
        ("Estimates whose low, likely and high are out of order", ("estimate_low", "given_likely", "estimate_high")),
    ):
        low, likely, high = (book.range(key) for key in keys)
        reads = {"low": low, "likely": likely, "high": high}
        yield Check(label, "rows", out_of_order, reads, 0.0)
    asked = len(catalogue.questions())
    reads = {
        "id": answers.column(book, answers.IDS),
        "given": answers.column(book, answers.ANSWER),
    }
    yield Check("Answers that are yes, no, unknown or empty", "answers", understood_answers, reads, float(asked))
    yield Check(
        "The recommended path is eligible (or none is)", "0/1", _eligible_or_none,
        {"eligible": book.range("eligible"), "recommended": book.spot("recommended")}, 1.0,
    )  # fmt: skip
    yield Check(
        "The horizon is a whole number of months within the axis", "0/1", occurrences,
        {"value": book.spot("horizon_months"), "values": book.range("month")}, 1.0,
    )  # fmt: skip


def _cash(book: Book) -> Iterator[Check]:
    """The cash flow, by fiscal year, quarter and line, against the results of the paths."""
    years = book.size("fiscal_year")
    for at, path in enumerate(book.structure.paths):
        home = book.homes["paid_by_year"]
        by_year = {"values": book.at(home.sheet, home.row + at, home.column, along=years)}
        label = f"Fiscal years add up to what is paid: {path.label}"
        yield Check(label, "currency", summed, by_year, book.spot("paid", path=at))
    plan = book.spot("plan_path")
    for label, key in cash_flow.KINDS.items():
        column = cash_flow.PAID + list(cash_flow.KINDS).index(label)
        whole = book.at(cash_flow.NAME, cash_flow.whole(book), column)
        reads = {"values": book.range(key), "at": plan}
        yield Check(f"Cash flow of the plan agrees with its path: {label}", "currency", _of_plan, reads, whole)
        for period, top, count in (
            ("Fiscal years", cash_flow.years_top(book), years),
            ("Quarters", cash_flow.quarters_top(book), book.size("quarter")),
        ):
            values = {"values": book.at(cash_flow.NAME, top, column, down=count)}
            yield Check(f"{period} of the plan add up: {label}", "currency", summed, values, whole)

    sums = [book.at(plan_sheet.NAME, plan_sheet.SUM, plan_sheet.FIRST_AMOUNT + at) for at in range(5)]
    for at, label in enumerate(cash_flow.KINDS):
        whole = book.at(cash_flow.NAME, cash_flow.whole(book), cash_flow.PAID + at)
        yield Check(f"The plan adds up to its cash flow: {label}", "currency", _as_it_is, {"figure": sums[at]}, whole)
    reads = {"values": book.range("beyond"), "at": plan}
    yield Check("The plan adds up to its path: past the horizon", "currency", _of_plan, reads, sums[-1])


def _as_it_is(figure):
    return figure


def _of_plan(values, at):
    return picked_or(values, at, 0)


def _eligible_or_none(eligible, recommended):
    return picked_or(eligible, recommended, 1)
