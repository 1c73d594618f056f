"""Simulation: the range of every path's cost, live from the trials in the workbook, with a large run in Python beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calc.model import CASES
from calc.native import percentile
from calc.reductions import picked, picked_or
from calc.sentences.questions import NOT_COMPUTED
from calc.simulation.statistics import chance_cheapest, chance_cheapest_eligible, chance_over_budget, length
from calc.text.uncapitalized import uncapitalized
from workbook.write.book import Book, Spot
from workbook.write.charts.bars import SMALLEST_TYPE, bars, on_one_line
from workbook.write.charts.picture import Line, Picture, Point, area, from_cell
from workbook.write.charts.scatter import curves
from workbook.write.edition import Edition
from workbook.write.formula.text import joined
from workbook.write.once.large_run import LABEL, SHEET
from workbook.write.once.live_trials import LIVE_TRIALS
from workbook.write.palette import CURVE_LOOKS, FAR, NEAR
from workbook.write.sheet import PLAIN_ROW, POINTS_PER_CM
from workbook.write.sheets import recorded_inputs, trials
from workbook.write.sheets.heading import currency, framed, linked, warned_if_out
from workbook.write.sheets.values import path_labels

NAME = SHEET
SENTENCES, SHARES, KEPT, TOP = 4, 9, 10, 11
CASE, LEVEL, CHANCE, BUDGET, CONTINGENCY, LENGTHS = 2, 5, 11, 13, 14, 16
LAST_PRINTED = CONTINGENCY
# The percentiles of each path, at the side, and the paths by their place whose curves are drawn.
CURVE, CURVE_STEPS, CURVES = 19, 10, 4
CHARTS = ((1, 16.8), (6, 21.3))
# How many rows they take, and how tall they are (cm).
CHART_ROWS = 17
CHART_HEIGHT = (CHART_ROWS - 1) * PLAIN_ROW / POINTS_PER_CM
# The height of the line of a path.
LINE_HEIGHT = 12.75
LEVELS = (("P10", 0.1), ("P50 (median)", 0.5), ("P80", 0.8), ("P90", 0.9))
P10, P50, P80, P90 = range(LEVEL, LEVEL + len(LEVELS))
# What sentences read of the recommended path -> its column.
FIGURES = {"p10": P10, "p80": P80, "p90": P90, "paid_p50": P90 + 1, "paid_p80": P90 + 2, "reserve": CONTINGENCY}
PAID_LEVELS = (("To be paid, P50", 0.5), ("To be paid, P80", 0.8))
CHANCES = ("Chance of being cheapest", "Cheapest of those possible", "Chance above the budget")
LARGE_HEADS = ("P10", "P50", "P80", "P90", *(head for head, _ in PAID_LEVELS), *CHANCES)


# Title of the ranges by edition, and whose inputs they belong to, where that is always the same.
LIVE = {
    Edition.full: (f"Live: the three cases, and {LIVE_TRIALS} trials that follow the inputs", "They follow the inputs"),
    Edition.light: (f"The three cases and {LIVE_TRIALS} trials, computed once when this workbook was made", ""),
}
STATE = 4
# Why the worst case of a path can cost less than its likely one.
PAST_THE_HORIZON = "Work past the horizon is not counted: a path that is late in its worst case can cost less there."


def add(book: Book) -> None:
    """The sheet of ranges."""
    purpose = "How widely the cost of each path ranges when every uncertain figure is drawn from its own range."
    widths = {1: 44} | dict.fromkeys(range(2, CURVE + CURVE_STEPS + 2), 12.7) | {CURVE - 1: 46}
    framed(book, NAME, "result", "Simulation", purpose, widths, freeze=(4, 2), header_rows=(1, 3))
    book.later(NAME, lambda: _fill(book))


def large(book: Book) -> int:
    """The row of the heads of the large run, below the live figures and their chart."""
    return TOP + 2 + len(book.structure.paths) + CHART_ROWS + 4


def state(book: Book) -> Spot:
    """Whether what was computed once belongs to the inputs in the cells."""
    return book.at(NAME, large(book) - 1, 1)


def large_run(book: Book) -> Spot:
    """How many trials the large run had; 0 where nothing was computed once."""
    return book.at(NAME, large(book) - 2, 2)


def trials_run_once(book: Book) -> Spot:
    """How many trials, here and in the large run, do not follow the inputs; 0 where all that is shown follows them."""
    return book.at(NAME, KEPT, 2)


def trials_per_path(book: Book) -> Spot:
    """How many trials the ranges and chances of each path are of."""
    return book.at(NAME, TOP - 3, 2)


def _fill(book: Book) -> None:
    _live(book)
    _recommended(book)
    _large(book)
    for row, name in enumerate(("range_sentence", "paid_sentence"), SENTENCES):
        linked(book, NAME, row, 1, name, "lead_line")
    _chart(book)
    _curves(book)
    book.sheets[NAME].print_to = (large(book) - 4, LAST_PRINTED)
    # No other sheet reads them, and they are much of what is kept for each scenario.
    book.trials.clear()


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
    above = TOP - 3
    sheet.row(above, 1, ["Trials per path", LIVE_TRIALS, "trials"], "label")
    sheet.put(above, 2, LIVE_TRIALS, "fixed", "whole")
    count = trials_per_path(book)
    title, words = LIVE[book.edition]
    sheet.section(above - 1, title, LAST_PRINTED)
    if words:
        sheet.put(above, STATE, words, "check")
    else:
        book.derive(NAME, above, STATE, kept, "check", changed=recorded_inputs.changed(book))
        warned_if_out(sheet, above, STATE)
    levels = (*LEVELS, *PAID_LEVELS)
    cases = [f"{case.capitalize()} case" for case in CASES]
    _heads(book, TOP, CASE, [*cases, *(label for label, _ in levels), *CHANCES, "Reserve: P80 less P50"])
    sheet.put(SHARES, 1, "Share of the trials below", "label")
    sheet.row(SHARES, LEVEL, [share for _, share in levels], "fixed", "percent")
    sheet.row(KEPT, 1, ["Trials that were run once", None, "trials"], "label")
    kept_trials = book.studies.trials + (0 if trials.NAME in book.sheets else LIVE_TRIALS)
    sheet.put(KEPT, 2, kept_trials, "fixed", "whole")
    sheet.put(KEPT, STATE, PAST_THE_HORIZON, "line")
    first_paid = LEVEL + len(LEVELS)
    of_totals = book.at(NAME, SHARES, LEVEL, along=len(LEVELS)).each()
    of_paid = book.at(NAME, SHARES, first_paid, along=len(PAID_LEVELS)).each()
    of_all, of_eligible = trials.winners(book)
    for at, path in enumerate(book.structure.paths):
        row = TOP + 2 + at
        sheet.put(row, 1, path.label, "row_name")
        sheet.heights[row] = LINE_HEIGHT
        totals, paid = trials.of_path(book, "total", at), trials.of_path(book, "paid", at)
        for number in range(len(CASES)):
            book.fetch(NAME, row, CASE + number, trials.case(book, number, at), "calc", "money")
        book.fill(NAME, row, LEVEL, percentile, "result", "money", values=totals, share=of_totals)
        book.fill(NAME, row, first_paid, percentile, "result", "money", values=paid, share=of_paid)
        reads = {"path": book.spot("path", path=at), "trials": count}
        book.derive(NAME, row, CHANCE, chance_cheapest, "result", "percent", winners=of_all, **reads)
        reads |= {"winners": of_eligible, "eligible": book.spot("eligible", path=at)}
        book.derive(NAME, row, CHANCE + 1, chance_cheapest_eligible, "result", "percent", **reads)
        reads = {"invoiced": trials.of_path(book, "invoiced", at), "budget": book.spot("budget"), "trials": count}
        reads["half_a_cent"] = trials.half_a_cent()
        book.derive(NAME, row, BUDGET, chance_over_budget, "calc", "percent", **reads)
        reads = {"low": book.at(NAME, row, first_paid), "high": book.at(NAME, row, first_paid + 1)}
        book.derive(NAME, row, CONTINGENCY, length, "calc", "money", **reads)


def recommended(book: Book, column: int) -> Spot:
    """A figure of the recommended path, in the row below those of all paths."""
    return book.at(NAME, TOP + 2 + len(book.structure.paths), column)


def _recommended(book: Book) -> None:
    """The row of the recommended path, empty without one."""
    count, at = len(book.structure.paths), book.spot("recommended")
    row = TOP + 2 + count
    book.sheets[NAME].heights[row] = 20
    book.derive(NAME, row, 1, _chosen_or_none, "result_text", labels=path_labels(book), at=at)
    for column in range(CASE, LAST_PRINTED + 1):
        format = "percent" if column in (CHANCE, CHANCE + 1, BUDGET) else "money"
        values = book.at(NAME, TOP + 2, column, down=count)
        book.derive(NAME, row, column, _of_chosen, "result", format, values=values, at=at)


def _chosen_or_none(labels, at):
    return np.where(at > 0, joined("Recommended: ", picked_or(labels, at, "")), "No path is recommended")


def _of_chosen(values, at):
    return picked_or(values, at, np.nan)


def _curves(book: Book) -> None:
    """The percentiles of every path at the side, those of the first paths by place below them, and their curves."""
    sheet, count, labels = book.sheets[NAME], len(book.structure.paths), path_labels(book)
    sheet.put(TOP - 1, CURVE - 1, "Percentiles", "label")
    sheet.put(TOP, CURVE - 1, "Path", "head_left")
    code = currency(book)
    for step in range(CURVE_STEPS + 1):
        column = CURVE + step
        sheet.put(TOP - 1, column, step / CURVE_STEPS, "fixed", "percent")
        sheet.put(TOP, column, f"Up to {step} in {CURVE_STEPS}", "head")
        book.derive(NAME, TOP + 1, column, lambda code: joined(code, ""), "unit_centred", code=code)
    shares = book.at(NAME, TOP - 1, CURVE, along=CURVE_STEPS + 1).each()
    for at, path in enumerate(book.structure.paths):
        sheet.put(TOP + 2 + at, CURVE - 1, path.label, "label")
        totals = trials.of_path(book, "total", at)
        book.fill(NAME, TOP + 2 + at, CURVE, percentile, "calc", "money", values=totals, share=shares)
    below = TOP + 5 + count
    for place in range(CURVES):
        drawn = book.spot("path_at_place", place=place)
        book.derive(NAME, below + place, CURVE - 1, picked, "calc_text", values=labels, at=drawn)
        for column in range(CURVE, CURVE + CURVE_STEPS + 1):
            values = book.at(NAME, TOP + 2, column, down=count)
            book.derive(NAME, below + place, column, picked, "calc", "money", values=values, at=drawn)
        sheet.put(below + place, CURVE + CURVE_STEPS + 1, "currency", "unit")
    heights = area(NAME, TOP - 1, CURVE, along=CURVE_STEPS + 1)
    lines = [
        (
            Point(area(NAME, below + n, CURVE - 1), area(NAME, below + n, CURVE, along=CURVE_STEPS + 1), heights),
            colour,
            dash,
        )
        for n, (colour, dash) in enumerate(CURVE_LOOKS)
    ]
    title = "How likely it is to stay below an amount: the first paths in the order of the decision"
    across = from_cell(area(*book.names["axis_money"]))
    chart = curves(title, lines, across, "Share of the trials", (CHARTS[1][1], CHART_HEIGHT))
    alt = "Curves from 0 to 100 percent of the trials over the total cost: the recommended path and its first alternatives."
    sheet.charts.append(Picture(TOP + 4 + count, CHARTS[1][0], chart, alt))


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
    unit = from_cell(area(*book.names["axis_money"]))
    title = "From P10 to P90 of the trials; the colour changes at the median"
    size, names = (CHARTS[0][1], CHART_HEIGHT), area(NAME, first, 1, count)
    drawing = bars(title, names, lines, unit, size, stacked=True, type_size=SMALLEST_TYPE)
    chart = on_one_line(drawing, max(len(path.label) for path in paths))
    alt = (
        "Bars per path from the tenth to the ninetieth percentile of simulated cost; the colour changes at the median."
    )
    sheet.charts.append(Picture(first + count + 2, CHARTS[0][0], chart, alt))


def _large(book: Book) -> None:
    """The results of the large run, marked with whether they belong to the inputs in the cells."""
    sheet, studies, top = book.sheets[NAME], book.studies, large(book)
    sheet.section(top - 3, "Computed once in Python: each figure with its standard error", 1 + 2 * len(LARGE_HEADS))
    sheet.row(top - 2, 1, [LABEL], "label")
    sheet.put(top - 2, 2, studies.trials, "fixed", "whole")
    sheet.put(top - 2, 3, book.texts["inputs_hash"], "id")
    reads = {"changed": recorded_inputs.changed(book), "trials": book.at(NAME, top - 2, 2)}
    book.derive(NAME, top - 1, 1, out_of_date, "check", **reads)
    warned_if_out(sheet, top - 1, 1)
    _heads(book, top, 2, LARGE_HEADS, step=2)
    for number, (head, name) in enumerate(zip(LARGE_HEADS, studies.simulated, strict=True)):
        column, share = 2 + 2 * number, head in CHANCES
        sheet.put(top, column + 1, f"Standard error of {uncapitalized(head) if share else head}", "head")
        sheet.put(top + 1, column + 1, "share" if share else "the same", "unit_centred")
        for part, values in enumerate(studies.simulated[name]):
            for at in range(values.shape[1]):
                by_scenario = values[:, at]
                value = by_scenario[0] if len(by_scenario) == 1 else by_scenario
                style = "published" if part == 0 else "fixed"
                sheet.put(top + 2 + at, column + part, value, style, "share" if share else "money")
    for at, path in enumerate(book.structure.paths):
        sheet.put(top + 2 + at, 1, path.label, "label")


def marker(book: Book, sheet: str, row: int, column: int, style: str = "check") -> None:
    """On another sheet, beside one-off results: whether they were computed for the inputs in the cells."""
    book.derive(sheet, row, column, lambda state: joined(state, ""), style, state=state(book))
    warned_if_out(book.sheets[sheet], row, column)


def out_of_date(changed, trials):
    """Whether one-off results still belong to the inputs in the cells."""
    return np.where(trials > 0, kept(changed), NOT_COMPUTED)


def kept(changed):
    """Whether ranges that were computed once still belong to the inputs in the cells."""
    return np.where(changed == 0, "Computed for these inputs", "Out of date: the inputs have changed since")
