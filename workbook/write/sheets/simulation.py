"""Simulation: the range of every path's cost, live from the trials in the workbook, with a large run in Python beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calc.model import CASES
from calc.native import percentile
from calc.simulation.statistics import chance_cheapest, chance_cheapest_eligible, chance_over_budget, length
from workbook.files.address import column_letters
from workbook.write.book import Book, Spot
from workbook.write.charts.make import Line, Picture, area, bars
from workbook.write.edition import Edition
from workbook.write.formula.text import joined
from workbook.write.once.live_trials import LIVE_TRIALS
from workbook.write.palette import FAR, NEAR
from workbook.write.sheets import recorded_inputs, trials
from workbook.write.sheets.heading import currency, framed

NAME = "Simulation"
SHARES, TOP = 7, 9
NOT_RUN = "Not calculated in a batch: build this workbook by itself, or batch --studies"
CASE, LEVEL, CHANCE, BUDGET, LENGTHS = 2, 5, 11, 13, 15
CHART_ROWS = 19
LEVELS = (("P10", 0.1), ("P50 (median)", 0.5), ("P80", 0.8), ("P90", 0.9))
P10, P50, P80, P90 = range(LEVEL, LEVEL + len(LEVELS))
PAID_LEVELS = (("To be paid, P50", 0.5), ("To be paid, P80", 0.8))
CHANCES = ("Chance of being cheapest", "Cheapest among the eligible", "Chance above the budget")
LARGE_HEADS = ("P10", "P50", "P80", "P90", *(head for head, _ in PAID_LEVELS), *CHANCES)


# Title of the ranges by edition, and whose inputs they belong to, where that is always the same.
LIVE = {
    Edition.full: (f"Live: the three cases, and {LIVE_TRIALS} trials that follow the inputs", "They follow the inputs"),
    Edition.light: (f"The three cases and {LIVE_TRIALS} trials, computed once when this workbook was made", ""),
}
STATE = 4


def add(book: Book) -> None:
    """The sheet of ranges."""
    purpose = "How widely the cost of each path ranges when every uncertain figure is drawn from its own range."
    widths = {1: 40} | dict.fromkeys(range(2, 2 + 2 * len(LARGE_HEADS)), 13)
    framed(book, NAME, "result", "Simulation", purpose, widths, freeze=(5, 2), header_rows=(1, 4))
    book.later(NAME, lambda: _fill(book))


def large(book: Book) -> int:
    """The row of the heads of the large run, below the live figures and their chart."""
    return TOP + 2 + len(book.structure.paths) + CHART_ROWS + 4


def state(book: Book) -> Spot:
    """Whether what was computed once belongs to the inputs in the cells."""
    return book.at(NAME, large(book) - 1, 1)


def state_of_ranges(book: Book) -> Spot:
    """Whether the ranges belong to the inputs in the cells: always where the trials are live."""
    return book.at(NAME, 5, STATE)


def _fill(book: Book) -> None:
    _live(book)
    _large(book)
    _chart(book)


def _heads(book: Book, top: int, first: int, heads: Sequence[str], step: int = 1) -> None:
    """Heads of columns, and their units below: the currency, or a share of the trials for a chance."""
    sheet, code = book.sheets[NAME], currency(book)
    sheet.put(top, 1, "Path", "head_left")
    sheet.heights[top] = 42
    for column, head in zip(range(first, first + step * len(heads), step), heads, strict=True):
        sheet.put(top, column, head, "head")
        if head in CHANCES:
            sheet.put(top + 1, column, "share", "unit_centred")
        else:
            book.derive(NAME, top + 1, column, lambda code: joined(code, ""), "unit_centred", code=code)


def _live(book: Book) -> None:
    """The three cases and the trials, which follow the inputs."""
    sheet = book.sheets[NAME]
    sheet.row(5, 1, ["Trials per path", LIVE_TRIALS, "trials"], "label")
    sheet.put(5, 2, LIVE_TRIALS, "fixed", "whole")
    count = book.at(NAME, 5, 2)
    title, words = LIVE[book.edition]
    sheet.section(6, title, BUDGET)
    if words:
        sheet.put(5, STATE, words, "check")
    else:
        book.derive(NAME, 5, STATE, kept, "check", changed=recorded_inputs.changed(book))
        sheet.highlights.append((f"{column_letters(STATE)}5", f'LEFT(${column_letters(STATE)}$5,3)="Out"', "bad"))
    levels = (*LEVELS, *PAID_LEVELS)
    cases = [f"{case.capitalize()} case" for case in CASES]
    _heads(book, TOP, CASE, [*cases, *(label for label, _ in levels), *CHANCES])
    sheet.put(SHARES, 1, "Share of the trials below", "label")
    sheet.row(SHARES, LEVEL, [share for _, share in levels], "fixed", "percent")
    shares = [book.at(NAME, SHARES, LEVEL + at) for at in range(len(levels))]
    of_all, of_eligible = trials.winners(book)
    for at, path in enumerate(book.structure.paths):
        row = TOP + 2 + at
        sheet.put(row, 1, path.label, "label")
        totals, paid = trials.of_path(book, "total", at), trials.of_path(book, "paid", at)
        for number in range(len(CASES)):
            book.fetch(NAME, row, CASE + number, trials.case(book, number, at), "calc", "money")
        for number, share in enumerate(shares):
            values = totals if number < len(LEVELS) else paid
            book.derive(NAME, row, LEVEL + number, percentile, "result", "money", values=values, share=share)
        reads = {"path": book.spot("path", path=at), "trials": count}
        book.derive(NAME, row, CHANCE, chance_cheapest, "result", "percent", winners=of_all, **reads)
        reads |= {"winners": of_eligible, "eligible": book.spot("eligible", path=at)}
        book.derive(NAME, row, CHANCE + 1, chance_cheapest_eligible, "result", "percent", **reads)
        reads = {"bills": trials.bills(book, at), "budget": book.spot("budget"), "trials": count}
        book.derive(NAME, row, BUDGET, chance_over_budget, "calc", "percent", **reads)


def _chart(book: Book) -> None:
    """The ranges as bars from P10 over the median to P90; their lengths stand to the right of the table."""
    sheet, paths = book.sheets[NAME], book.structure.paths
    first, count = TOP + 2, len(paths)
    sheet.row(TOP, LENGTHS, ["P10 to median", "Median to P90"], "head")
    code = currency(book)
    for number in range(2):
        book.derive(NAME, TOP + 1, LENGTHS + number, lambda code: joined(code, ""), "unit_centred", code=code)
        for row in range(first, first + count):
            ends = ((P10, P50), (P50, P90))[number]
            reads = {"low": book.at(NAME, row, ends[0]), "high": book.at(NAME, row, ends[1])}
            book.derive(NAME, row, LENGTHS + number, length, "calc", "money", **reads)
    lines = [
        Line(area(NAME, TOP, P10), area(NAME, first, P10, count), None),
        Line(area(NAME, TOP, LENGTHS), area(NAME, first, LENGTHS, count), NEAR),
        Line(area(NAME, TOP, LENGTHS + 1), area(NAME, first, LENGTHS + 1, count), FAR),
    ]
    title = "Range of cost: 80 of 100 trials lie within the bar, half on each side of where the colour changes"
    chart = bars(
        title, area(NAME, first, 1, count), lines, "Project currency within the horizon", (30, 9), stacked=True
    )
    alt = (
        "Bars per path from the tenth to the ninetieth percentile of simulated cost; the colour changes at the median."
    )
    sheet.charts.append(Picture(first + count + 1, 1, chart, alt))


def _large(book: Book) -> None:
    """The results of the large run, marked with whether they belong to the inputs in the cells."""
    sheet, studies, top = book.sheets[NAME], book.studies, large(book)
    sheet.section(top - 3, "Computed once in Python: each figure with its standard error", 1 + 2 * len(LARGE_HEADS))
    sheet.row(top - 2, 1, ["Trials of this run, and the hash of its inputs"], "label")
    sheet.put(top - 2, 2, studies.trials, "fixed", "whole")
    sheet.put(top - 2, 3, book.texts["inputs_hash"], "id")
    reads = {"changed": recorded_inputs.changed(book), "trials": book.at(NAME, top - 2, 2)}
    book.derive(NAME, top - 1, 1, out_of_date, "check", **reads)
    sheet.highlights.append((f"A{top - 1}", f'LEFT($A${top - 1},3)="Out"', "bad"))
    _heads(book, top, 2, LARGE_HEADS, step=2)
    for number, (head, name) in enumerate(zip(LARGE_HEADS, studies.simulated, strict=True)):
        column, share = 2 + 2 * number, head in CHANCES
        sheet.put(top, column + 1, f"Standard error of {head[0].lower() + head[1:] if share else head}", "head")
        sheet.put(top + 1, column + 1, "share" if share else "the same", "unit_centred")
        for part, values in enumerate(studies.simulated[name]):
            for at in range(values.shape[1]):
                by_scenario = values[:, at]
                value = by_scenario[0] if len(by_scenario) == 1 else by_scenario
                style = "published" if part == 0 else "fixed"
                sheet.put(top + 2 + at, column + part, value, style, "share" if share else "money")
    for at, path in enumerate(book.structure.paths):
        sheet.put(top + 2 + at, 1, path.label, "label")


def out_of_date(changed, trials):
    """Whether one-off results still belong to the inputs in the cells."""
    return np.where(trials > 0, kept(changed), NOT_RUN)


def kept(changed):
    """Whether ranges that were computed once still belong to the inputs in the cells."""
    return np.where(changed == 0, "Computed for these inputs", "Out of date: the inputs have changed since")
