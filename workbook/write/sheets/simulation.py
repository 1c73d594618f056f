"""Simulation: the range of every path's cost, live from the trials in the workbook, with a large run in Python beside it."""

from __future__ import annotations

import numpy as np

from calc.model import CASES
from calc.native import percentile
from calc.simulation.statistics import chance_cheapest, chance_over_budget, length
from workbook.files.address import column_letters
from workbook.write.book import Book
from workbook.write.charts.make import Line, Picture, area, bars
from workbook.write.formula.text import joined
from workbook.write.once.live_trials import LIVE_TRIALS
from workbook.write.palette import FAR, NEAR
from workbook.write.sheets import recorded_inputs, trials
from workbook.write.sheets.heading import currency, framed

NAME = "Simulation"
SHARES, TOP = 7, 9
CASE, LEVEL, CHANCE, BUDGET, LARGE = 2, 5, 8, 9, 11
LEVELS = (("P10", 0.1), ("P50 (median)", 0.5), ("P90", 0.9))
LENGTHS = 22
LARGE_HEADS = ("P10", "P50", "P90", "Chance of being cheapest", "Chance above the budget")


def add(book: Book) -> None:
    """The sheet of ranges."""
    purpose = "How widely the cost of each path ranges when every uncertain figure is drawn from its own range."
    widths = {1: 40} | dict.fromkeys(range(2, 24), 13) | {10: 3, 21: 3}
    sheet = framed(book, NAME, "result", "Simulation", purpose, widths, freeze=(TOP + 1, 2), header_rows=(1, TOP))
    sheet.row(7, LARGE, ["Trials", book.studies.trials, "Inputs", book.texts["inputs_hash"]], "label")
    sheet.put(7, LARGE + 1, book.studies.trials, "fixed", "whole")
    sheet.put(7, LARGE + 3, book.texts["inputs_hash"], "id")
    book.later(NAME, lambda: _fill(book))


def _fill(book: Book) -> None:
    sheet, paths = book.sheets[NAME], book.structure.paths
    sheet.row(5, 1, ["Trials in this workbook", LIVE_TRIALS, "trials"], "label")
    sheet.put(5, 2, LIVE_TRIALS, "fixed", "whole")
    count = book.at(NAME, 5, 2)
    sheet.put(6, 2, f"Live: the three cases, and {LIVE_TRIALS} trials that follow the inputs", "section")
    sheet.put(6, LARGE, "Computed once in Python: each figure with its standard error", "section")
    heads = [*(f"{case.capitalize()} case" for case in CASES), *(label for label, _ in LEVELS)]
    sheet.put(TOP, 1, "Path", "head_left")
    sheet.row(TOP, 2, [*heads, "Chance of being cheapest", "Chance above the budget"], "head")
    sheet.put(SHARES, 1, "Share of the trials below", "label")
    sheet.row(SHARES, LEVEL, [share for _, share in LEVELS], "fixed", "percent")
    shares = [book.at(NAME, SHARES, LEVEL + at) for at in range(len(LEVELS))]
    code = currency(book)
    for column in (*range(CASE, CHANCE), LARGE, LARGE + 2, LARGE + 4):
        book.derive(NAME, TOP + 1, column, lambda code: joined(code, ""), "unit_centred", code=code)
    sheet.row(TOP + 1, CHANCE, ["share", "share"], "unit_centred")
    sheet.heights[TOP] = 42
    winners = trials.winners(book)
    for at, path in enumerate(paths):
        row = TOP + 2 + at
        sheet.put(row, 1, path.label, "label")
        totals = trials.of_path(book, "total", at)
        for number in range(len(CASES)):
            case = book.at(trials.NAME, trials.CASE_ROW + number, totals.home.column)
            book.fetch(NAME, row, CASE + number, case, "calc", "money")
        for number, share in enumerate(shares):
            book.derive(NAME, row, LEVEL + number, percentile, "result", "money", values=totals, share=share)
        reads = {"winners": winners, "path": book.spot("path", path=at), "trials": count}
        book.derive(NAME, row, CHANCE, chance_cheapest, "result", "percent", **reads)
        reads = {"costs": trials.of_path(book, "core_cost", at), "budget": book.spot("budget"), "trials": count}
        book.derive(NAME, row, BUDGET, chance_over_budget, "calc", "percent", **reads)
    _large(book)
    _chart(book)


def _chart(book: Book) -> None:
    """The ranges as bars from P10 over the median to P90; their lengths stand to the right of the table."""
    sheet, paths = book.sheets[NAME], book.structure.paths
    first, count = TOP + 2, len(paths)
    sheet.row(TOP, LENGTHS, ["P10 to median", "Median to P90"], "head")
    code = currency(book)
    for number in range(2):
        book.derive(NAME, TOP + 1, LENGTHS + number, lambda code: joined(code, ""), "unit_centred", code=code)
        for row in range(first, first + count):
            reads = {"low": book.at(NAME, row, LEVEL + number), "high": book.at(NAME, row, LEVEL + 1 + number)}
            book.derive(NAME, row, LENGTHS + number, length, "calc", "money", **reads)
    lines = [
        Line(area(NAME, TOP, LEVEL), area(NAME, first, LEVEL, count), None),
        Line(area(NAME, TOP, LENGTHS), area(NAME, first, LENGTHS, count), NEAR),
        Line(area(NAME, TOP, LENGTHS + 1), area(NAME, first, LENGTHS + 1, count), FAR),
    ]
    title = "Range of cost: 80 of 100 trials lie within the bar, half on each side of where the colour changes"
    chart = bars(
        title, area(NAME, first, 1, count), lines, "Project currency within the horizon", (30, 12), stacked=True
    )
    alt = (
        "Bars per path from the tenth to the ninetieth percentile of simulated cost; the colour changes at the median."
    )
    sheet.charts.append(Picture(first + count + 2, 1, chart, alt))


def _large(book: Book) -> None:
    """The results of the large run, marked with whether they belong to the inputs in the cells."""
    sheet, studies = book.sheets[NAME], book.studies
    reads = {"changed": recorded_inputs.changed(book), "trials": book.at(NAME, 7, LARGE + 1)}
    book.derive(NAME, 8, LARGE, out_of_date, "check", **reads)
    sheet.highlights.append((f"{column_letters(LARGE)}8", f'LEFT(${column_letters(LARGE)}$8,3)="Out"', "bad"))
    for number, (head, name) in enumerate(zip(LARGE_HEADS, studies.simulated, strict=True)):
        column = LARGE + 2 * number
        share = name.startswith("chance")
        sheet.row(TOP, column, [head, f"Standard error of {head[0].lower() + head[1:] if share else head}"], "head")
        sheet.put(TOP + 1, column + 1, "share" if share else "the same", "unit_centred")
        if share:
            sheet.put(TOP + 1, column, "share", "unit_centred")
        for part, values in enumerate(studies.simulated[name]):
            for at in range(values.shape[1]):
                by_scenario = values[:, at]
                value = by_scenario[0] if len(by_scenario) == 1 else by_scenario
                style = "published" if part == 0 else "fixed"
                sheet.put(TOP + 2 + at, column + part, value, style, "share" if share else "money")


def out_of_date(changed, trials):
    """Whether one-off results still belong to the inputs in the cells."""
    state = np.where(changed == 0, "Computed for these inputs", "Out of date: the inputs have changed since")
    return np.where(trials > 0, state, "Not computed for this workbook, which holds the live figures only")
