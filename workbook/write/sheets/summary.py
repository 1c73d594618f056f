"""Summary: a board paper on one printed page, from the question to the line to sign, live by formula.

It calculates nothing: the places of paths, reasons and alerts and the sentences are on the sheet Ranking.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from calc.quantities.lines import LINES
from calc.reductions import picked, picked_or
from calc.sentences import board
from calc.sentences.plan import decision
from calc.sentences.questions import only_if_computed
from calc.sentences.tracking import headroom_head
from workbook.files.agreed import MADE_ON
from workbook.write.book import Book, Spot
from workbook.write.charts.bars import SMALL_TYPE, bars, compact, filled
from workbook.write.charts.picture import Line, Picture, area, from_cell
from workbook.write.formula.text import formatted, joined
from workbook.write.palette import LINE_COLOURS, LINE_HATCHES
from workbook.write.sheet import PLAIN_ROW, POINTS_PER_CM, Area, Sheet
from workbook.write.sheets import ranking, recorded_inputs, sensitivity, simulation
from workbook.write.sheets.actuals import is_tracked
from workbook.write.sheets.heading import currency, figures_of_any_unit, framed
from workbook.write.sheets.values import path_ids, path_labels

NAME = "Summary"
PURPOSE = "How should this work be sourced, what does it really cost, and what comes first?"
WIDTHS = {1: 33, 2: 11, 3: 11, 4: 11, 5: 11, 6: 11, 7: 10, 8: 41}
LAST = 8
ALERTS, OTHERS = (ranking.SHOWN[lines] for lines in (board.further_alerts, board.further_paths))
REASONS, PHASES = len(ranking.RULES), 4
YEARS = 6
INVOICED = "Invoiced: audit, core. Chance: simulated."
BELOW_A_RULE = 2.0  # what the rule below a heading takes of the row under it
# So many lines of what could go wrong stand above the one whose cells beside it keep it where it is.
BESIDE_LINE = 3
# Heights of a line of text, of one where there are more paths than so many, and of a line of small heads.
LINE, CLOSE_LINE, SMALL, FEW = 12.0, 11.25, 11.0, 13
# The widths of the page and the lowest scale at which it prints, and the heights of the chart, in points.
PAGE_HEIGHT, LOWEST_SCALE, CHART_HEIGHT, CHART_WIDTH = 755.0, 0.702, (120.0, 250.0), 26.7
# How much taller the row of the chart is.
BESIDE_THE_CHART = 1.0


# Where a path has a long name: more room for it, and less for what is said in short. Points that fit the usual room.
LONG_NAMES = {1: 42, 8: 32}
POINTS_OF_NAME, POINTS_PER_CHARACTER = 190.0, 4.4


class Page:
    """The sheet while it is filled from top to bottom: the next row is `row`."""

    def __init__(self, book: Book, sheet: Sheet, row: int) -> None:
        self.book, self.sheet, self.row = book, sheet, row
        self._rule = 0.0
        self._line = LINE if book.size("place") <= FEW else CLOSE_LINE

    def next(self, tall: float = 0.0) -> int:
        """The row that comes next, so tall or as a line is; it has a cell, since a row without any has no height either."""
        self.sheet.heights[self.row] = (tall or self._line) + self._rule
        self.sheet.put(self.row, 1, None)
        self.row, self._rule = self.row + 1, 0.0
        return self.row - 1

    def section(self, title: str) -> None:
        self.next(3)
        self.sheet.section(self.next(16), title, LAST)
        self._rule = BELOW_A_RULE

    def later(self, write: Callable[..., object], *known: object) -> None:
        self.book.later(NAME, partial(write, self.book, *known))


def add(book: Book) -> None:
    """The sheet that answers the question."""
    widths = WIDTHS | (LONG_NAMES if _longest(book) * POINTS_PER_CHARACTER > POINTS_OF_NAME else {})
    sheet = framed(
        book, NAME, "result", "Project", PURPOSE, widths, freeze=(4, 1), header_rows=(0, 0), landscape=False,
        pages_tall=1, print_to=(0, LAST),
    )  # fmt: skip
    page = Page(book, sheet, 4)
    for part in (_head, _answer, _asked, _why, _why_not, _ranked, _risks, _next, _chart):
        part(page)


def _text(book: Book, row: int, column: int, name: str, style: str = "line") -> None:
    """The text of a named cell."""
    book.derive(NAME, row, column, _same, style, text=book.at(*book.names[name]))


def _same(text):
    return joined(text, "")


def _both(first, then):
    return joined(first, then)


def _number(value):
    return np.where(np.isnan(value), np.nan, value)


def _of_path(values, at):
    return picked_or(values, at, np.nan)


def _entry(values, at):
    return picked_or(values, at, "")


# 1: whose money, which years


def _head(page: Page) -> None:
    page.later(_title)
    page.later(_out_of_date)
    page.sheet.highlights.append(("C3:H3", '$C$3<>""', "alert"))
    # A name may be as long as the page is wide.
    page.later(_owner, page.next())
    heads = ("Made on", "Case", "From", None, "Currency", None, "Discount a year")
    labels, values = page.next(SMALL), page.next(15)
    page.sheet.row(labels, 1, heads, "meta_label")
    page.later(_meta, labels, values)


def _title(book: Book) -> None:
    """The project's name, which has the line of the purpose too where one is not enough."""
    reads = recorded_inputs.title(book)
    first, second, name_changed = reads["first"], reads["second"], reads["changed"]
    name = book.at(*book.names["in_name"])
    book.derive(NAME, 1, 1, _first_line, "title", name=name, first=first, name_changed=name_changed)
    book.derive(NAME, 2, 1, _second_line, "purpose", second=second, name_changed=name_changed)


def _first_line(name, first, name_changed):
    return np.where(name_changed > 0, name, first)


def _second_line(second, name_changed):
    return np.where(name_changed > 0, PURPOSE, np.where(second == "", PURPOSE, second))


def _out_of_date(book: Book) -> None:
    """That what was computed once belongs to other inputs, or to other actuals."""
    if not ranking.has_actuals(book):
        _text(book, 3, 3, "board_out_of_date", "alert_line")
        return
    first, then = (book.at(*book.names[name]) for name in ("board_out_of_date", ranking.CHANGED))
    book.derive(NAME, 3, 3, _both, "alert_line", first=first, then=then)


def _meta(book: Book, labels: int, row: int) -> None:
    for column, name in ((2, "case"), (5, "in_currency")):
        _text(book, row, column, name, "meta")
    book.fetch(NAME, row, 3, book.spot("start_day"), "meta", "date")
    book.fetch(NAME, row, 4, book.spot("horizon_end"), "meta", "date")
    book.derive(NAME, labels, 4, _until, "meta_label", months=book.spot("horizon_months"))
    book.fetch(NAME, row, 6, book.spot("usd_rate"), "meta", "number")
    book.derive(NAME, labels, 6, lambda code: joined(code, " per US dollar"), "meta_label", code=currency(book))
    book.fetch(NAME, row, 7, book.spot("discount_rate"), "meta", "share")
    book.sheets[NAME].put(row, 1, book.day_made, "meta", "date")
    book.name(MADE_ON, NAME, row, 1)


def _until(months):
    return joined("To, month ", formatted(months, "0"))


def _owner(book: Book, row: int) -> None:
    book.derive(NAME, row, 1, _owned_by, "line", owner=book.at(*book.names["in_owner"]))


def _owned_by(owner):
    return joined("Owner: ", np.where(owner == "", "not named", owner))


# 2: the answer, and what must not be missed


def _answer(page: Page) -> None:
    head, cost, because = page.next(26), page.next(), page.next()
    page.book.name("recommended_path", NAME, head, LAST)
    page.later(lambda book: _text(book, head, 1, "headline", "answer"))
    page.later(_recommended_id, head)
    page.later(_because, because)
    page.later(_cost, cost)
    for name in ranking.ADVICE if is_tracked(page.book) else ():
        page.later(_text, page.next(), 1, name)
    first = page.row
    for number in range(ALERTS):
        page.later(_alert, page.next(), number)
    page.sheet.highlights.append((f"A{first}:H{page.row - 1}", f'$A{first}<>""', "alert"))


def _reasoned(book: Book) -> dict[str, Spot]:
    """What the recommended path costs, empty without one, and why that is the answer."""
    return {key: book.at(*book.names[name]) for key, name in (("cost", "cost_sentence"), ("because", "because"))}


def _cost(book: Book, row: int) -> None:
    """What the recommended path costs; without one, why there is none."""
    book.derive(NAME, row, 1, _cost_or_because, "line", **_reasoned(book))


def _cost_or_because(cost, because):
    return np.where(cost == "", joined(because, ""), cost)


def _because(book: Book, row: int) -> None:
    """Why the recommended path is recommended, or how the one that is under way stands."""
    if not (is_tracked(book) or ranking.has_actuals(book)):
        book.derive(NAME, row, 1, _because_below_cost, "line", **_reasoned(book))
        return
    way = {key: book.at(*book.names[name]) for key, name in zip(("which", "stands"), ranking.FORECAST, strict=True)}
    book.derive(NAME, row, 1, _stands_or_because, "line", **way, **_reasoned(book))


def _because_below_cost(cost, because):
    return np.where(cost == "", "", because)


def _stands_or_because(which, stands, cost, because):
    return np.where(which == "", _because_below_cost(cost, because), joined(which, stands))


def _recommended_id(book: Book, row: int) -> None:
    reads = {"labels": path_ids(book), "at": book.spot("recommended")}
    book.derive(NAME, row, LAST, _id, "id_side", **reads)


def _id(labels, at):
    return picked_or(labels, at, "none")


def _alert(book: Book, row: int, number: int) -> None:
    values = ranking.texts_of(book, "alert_sentences", book.size("alert"))
    reads = {"values": values, "at": book.spot("alert_at", alert=number)}
    if number < ALERTS - 1:
        book.derive(NAME, row, 1, _entry, "alert_line", **reads)
    else:
        reads["more"] = book.at(*book.names["board_further_alerts"])
        book.derive(NAME, row, 1, board.entry, "alert_line", **reads)


# 3: what is asked for


def _asked(page: Page) -> None:
    page.section("What is asked for")
    rows = [(page.next(SMALL), page.next(15)) for _ in range(3)]
    page.later(_paid, *rows[0])
    page.later(_by_year, *rows[1])
    page.later(_budget, *rows[2])


def _labelled(book: Book, row: int, label: str) -> None:
    """What a row of figures is, and at its end the currency."""
    book.sheets[NAME].put(row, 1, label, "row_label")
    book.derive(NAME, row, LAST, _same, "unit_side", text=currency(book))


def _paid(book: Book, heads: int, row: int) -> None:
    sheet, at = book.sheets[NAME], {"at": book.spot("recommended")}
    _labelled(book, row, "To be paid within the horizon")
    figures = (
        ("In all", book.range("paid"), "figure"),
        ("First quarter", book.range("paid_first_quarter"), "figure"),
        ("Half sure (P50)", _simulated(book, simulation.PAID_LEVELS[0][0]), "figure"),
        ("80% sure (P80)", _simulated(book, simulation.PAID_LEVELS[1][0]), "figure"),
        ("Leader's time", book.range("own_time"), "figure_soft"),
        ("Losses", book.range("losses"), "figure_soft"),
    )
    for column, (head, values, style) in enumerate(figures, 2):
        sheet.put(heads, column, head, "figure_head")
        book.derive(NAME, row, column, _of_path, style, "money", values=values, **at)
    book.derive(NAME, heads, 1, board.simulated_by, "note_plain", trials=simulation.trials_per_path(book))
    book.derive(NAME, heads, LAST, board.on_top, "note_in", status=book.spot("status"))


def _simulated(book: Book, head: str) -> Spot:
    """A column of the live simulation, path by path, by its head."""
    heads = [label for label, _ in (*simulation.LEVELS, *simulation.PAID_LEVELS)]
    column = simulation.LEVEL + heads.index(head)
    return book.at(simulation.NAME, simulation.TOP + 2, column, down=len(book.structure.paths))


def _by_year(book: Book, heads: int, row: int) -> None:
    _labelled(book, row, "Of that, by fiscal year")
    names = book.homes["year_label"]
    for year in range(YEARS):
        label = book.at(names.sheet, *names.cell({"fiscal_year": year}))
        book.derive(NAME, heads, 2 + year, _same, "figure_head", text=label)
        reads = {"values": book.range("paid_by_year", fiscal_year=year), "at": book.spot("recommended")}
        book.derive(NAME, row, 2 + year, _of_year, "figure_soft", "money", **reads, label=label)
    book.derive(NAME, heads, LAST, board.begins_in, "note_in", fiscal_month=book.spot("fiscal_month"))


def _of_year(values, at, label):
    return np.where(label == "", np.nan, picked_or(values, at, np.nan))


def _budget(book: Book, heads: int, row: int) -> None:
    sheet = book.sheets[NAME]
    _labelled(book, row, "Against the budget")
    figures = (("Budget", "budget", "figure"), ("Invoiced", "recommended_invoiced", "figure"),
               ("Headroom", "headroom", "figure"))  # fmt: skip
    for column, (head, key, style) in enumerate(figures, 2):
        sheet.put(heads, column, head, "figure_head")
        book.derive(NAME, row, column, _number, style, "money", value=book.spot(key))
    sheet.put(heads, 5, "Chance above it", "figure_head")
    chance = book.at(*book.names["recommended_chance_above"])
    book.derive(NAME, row, 5, _number, "figure", "percent", value=chance)
    book.derive(NAME, heads, LAST, _budget_note, "note_in", budget=book.spot("budget"))
    sheet.highlights.append((f"D{row}", f"$D${row}<0", "bad"))
    if is_tracked(book) or ranking.has_actuals(book):
        forecast = book.at(*book.names[ranking.HEADROOM])
        book.derive(NAME, heads, 6, headroom_head, "figure_head", headroom=forecast)
        book.derive(NAME, row, 6, _number, "figure_soft", "money", value=forecast)
        # A cell without a figure holds an empty text, which is greater than any number.
        sheet.highlights.append((f"F{row}", f"$F${row}<0", "bad"))


def _budget_note(budget):
    return np.where(np.isnan(budget), "No budget given. Invoiced: audit, core.", INVOICED)


# 4: why


def _why(page: Page) -> None:
    page.section("Why")
    for number in range(REASONS):
        page.later(_reason, page.next(), number)


def _reason(book: Book, row: int, number: int) -> None:
    at, count = book.spot("reason_at", reason=number), book.size("reason")
    reads = {"values": ranking.texts_of(book, "reason_sentences", count), "at": at}
    reads["more"] = book.at(*book.names[ranking.RULES[number]])
    book.derive(NAME, row, 1, board.entry, "line", **reads)
    sources = ranking.texts_of(book, "reason_sources", count)
    book.derive(NAME, row, LAST, _entry, "source_side", values=sources, at=at)


# 5: why not another path


def _why_not(page: Page) -> None:
    page.section("Why not the next best, or a cheaper path, for the same scope")
    for number in range(min(OTHERS + 1, page.book.size("place"))):
        page.later(_other, page.next(), number)


def _longest(book: Book) -> int:
    """How many characters the longest name of a path has, with its place."""
    return max(len(f"10. {path.label}") for path in book.structure.paths)


def _other(book: Book, row: int, number: int) -> None:
    """A path that is explained; after the last one, what the recommended path gives for costing more."""
    count = len(book.structure.paths)
    reads = {"place_number": book.spot("place_number", place=number), "explained_paths": book.spot("explained_paths")}
    cheaper = book.spot("alert_cheaper_exists")
    at, buys = book.spot("explained_at", place=number), book.at(*book.names["board_dearer_buys"])
    labels, sentences = path_labels(book), ranking.texts_of(book, "compared", count)
    if number == 0:
        alone = book.at(*book.names["board_no_other"])
        book.derive(NAME, row, 1, _entry, "name", values=labels, at=at)
        book.derive(NAME, row, 2, board.entry, "line", values=sentences, at=at, more=alone)
        return
    if number == OTHERS:
        more = book.at(*book.names["board_further_paths"])
        book.derive(NAME, row, 2, board.last_line, "line", more=more, after=buys, **reads)
        return
    book.derive(NAME, row, 2, board.entry_or_after, "line", values=sentences, at=at, after=buys, **reads)
    book.derive(NAME, row, 1, board.other_name, "name", values=labels, at=at, alert_cheaper_exists=cheaper, **reads)


# 6: all paths


def _ranked(page: Page) -> None:
    page.section("All paths, in the order of the decision")
    heads = (
        "Path",
        "To be paid",
        "Total cost",
        "Same scope",
        "Stable after",
        "Fit",
        "Fit in %",
        "Why not, in short",
    )
    row, units = page.next(13), page.next(SMALL)
    page.sheet.row(row, 1, heads, "head")
    page.sheet.put(row, 1, heads[0], "head_left")
    page.sheet.put(row, LAST, heads[-1], "head_left")
    page.later(_units, units)
    first = page.row
    for place in range(page.book.size("place")):
        page.later(_place, page.next(), place)
    cells = f"A{first}:H{page.row - 1}"
    page.sheet.highlights.append((cells, f'$H{first}="Recommended"', "chosen"))
    page.sheet.highlights.append((cells, f'LEFT($H{first},5)="Ruled"', "muted"))
    note = "Same scope: what the core and features for every month of the horizon cost, in today's money. "
    note += "Fit: 100% is all that the answers ask for, 0% neither for nor against."
    page.sheet.put(page.next(SMALL), 1, note, "note_plain")


def _units(book: Book, row: int) -> None:
    for column in (2, 3, 4):
        book.derive(NAME, row, column, _same, "unit_centred", text=currency(book))
    sheet = book.sheets[NAME]
    sheet.put(row, 5, "weeks", "unit_centred")
    sheet.put(row, 6, "in words", "unit_centred")
    sheet.put(row, 7, "%", "unit_centred")


def _place(book: Book, row: int, place: int) -> None:
    count = len(book.structure.paths)
    at = book.spot("path_at_place", place=place)
    labels = ranking.texts_of(book, "ranked_labels", count)
    book.derive(
        NAME, row, 1, _same, "cell_name", text=book.at(labels.home.sheet, labels.home.row + place, labels.home.column)
    )
    keys = (("paid", "money"), ("total", "money"), ("same_scope", "money"), ("weeks_to_stable", "weeks"))
    for column, (key, format) in enumerate(keys, 2):
        book.derive(NAME, row, column, picked, "cell", format, values=book.range(key), at=at)
    book.derive(NAME, row, 6, picked, "cell_centred", values=ranking.texts_of(book, "fit_word", count), at=at)
    book.derive(NAME, row, 7, picked, "cell", "percent", values=book.range("fit"), at=at)
    book.derive(NAME, row, LAST, picked, "cell_text", values=ranking.texts_of(book, "short_ground", count), at=at)


# 7: what could go wrong


def _risks(page: Page) -> None:
    page.section("What could go wrong, and what is not known yet")
    for number in range(len(ranking.RISKS)):
        if number == BESIDE_LINE:
            page.later(_figure, page.next())
        page.later(_risk, page.next(), number)


def _risk(book: Book, row: int, number: int) -> None:
    home, at = book.homes["risks"], book.homes["risk_in_line"]
    reads = {"values": book.at(home.sheet, home.row, home.column, down=len(ranking.RISKS))}
    book.derive(NAME, row, 1, _entry, "line", at=book.at(at.sheet, at.row + number, at.column), **reads)


def _figure(book: Book, row: int) -> None:
    """The nearest figure that would change the recommendation; its value, which may have decimals, has a cell of its own."""
    reads = {"changed": recorded_inputs.changed(book), "trials": simulation.large_run(book)}
    said = book.at(*book.names[ranking.BESIDE])
    book.derive(NAME, row, 1, only_if_computed, "line", said=said, **reads)
    flip = sensitivity.nearest_value_flip(book)
    reads["side"] = flip["side"]
    book.derive(NAME, row, 7, board.flips_from, "line_number", "number", value=flip["value"], **reads)
    book.derive(NAME, row, 8, board.flips_from_unit, "note_plain", unit=flip["unit"], **reads)
    figures_of_any_unit(book.sheets[NAME], Area(row, 7, row, 7), 8)


# 8: next steps


def _next(page: Page) -> None:
    page.section("Next steps")
    heads = page.next(SMALL)
    page.sheet.row(heads, 1, ("Phase", "From", "To", None, None, None, None, None), "figure_head_left")
    page.sheet.put(heads, 6, "Decision at its end", "note_in")
    page.sheet.put(heads, 4, "To be paid", "figure_head")
    for number in range(min(PHASES, page.book.size("plan_stage"))):
        page.later(_phase, page.next(), number)
    page.next(8)
    row = page.next(16)
    texts = {1: "Decided on:", 3: "Name:", 5: "Signature:"}
    for column in range(1, LAST + 1):
        page.sheet.put(row, column, texts.get(column), "sign")


def _phase(book: Book, row: int, number: int) -> None:
    at, count = book.spot("next_stage_row", plan_stage=number), len(book.structure.stages)
    book.derive(NAME, row, 1, _entry, "line", values=ranking.texts_of(book, "stage_what", count), at=at)
    for column, key, format in (
        (2, "stage_start_date", "date"),
        (3, "stage_end_date", "date"),
        (4, "stage_paid", "money"),
    ):
        book.derive(
            NAME,
            row,
            column,
            _of_path,
            "line_number" if format == "money" else "line",
            format,
            values=book.range(key),
            at=at,
        )
    book.derive(NAME, row, 5, _unit_where, "unit_side", code=currency(book), at=at)
    decisions = ranking.texts_of(book, "stage_decision", count)
    if number == 0:
        reads = {"more": book.at(*book.names["board_no_phases"]), "values": decisions, "at": at}
        book.derive(NAME, row, 6, board.entry, "line_in", **reads)
    else:
        weeks = book.range("stage_weeks")
        book.derive(NAME, row, 6, decision, "line_in", row=at, decisions=decisions, weeks=weeks)


def _unit_where(code, at):
    return np.where(at > 0, joined(code, ""), "")


# 9: the chart


def _chart(page: Page) -> None:
    page.next(5)
    rest = PAGE_HEIGHT / LOWEST_SCALE - sum(page.sheet.heights.get(row, PLAIN_ROW) for row in range(1, page.row))
    tall = min(max(rest - BESIDE_THE_CHART, CHART_HEIGHT[0]), CHART_HEIGHT[1])
    page.later(_draw, page.next(tall + BESIDE_THE_CHART), tall)


def _draw(book: Book, row: int, tall: float) -> None:
    """Cost per path by line, in the order of the table."""
    count, labels, first = book.size("place"), book.homes["ranked_labels"], book.homes["ranked_lines"]
    lines = [
        Line(
            area(first.sheet, first.row - 3, first.column + at),
            area(first.sheet, first.row, first.column + at, count),
            LINE_COLOURS[line],
            hatch=LINE_HATCHES.get(line),
        )
        for at, line in enumerate(LINES)
    ]
    names = area(labels.sheet, labels.row, labels.column, count)
    size = (CHART_WIDTH, tall / POINTS_PER_CM)
    title = "Cost of every path within the horizon, by line, in the order of the decision"
    unit = from_cell(area(*book.names["axis_money"]))
    drawing = compact(bars(title, names, lines, unit, size, stacked=True), SMALL_TYPE)
    chart = filled(drawing, count, _longest(book))
    alt = "Stacked bars per path, the recommended one first: labour, hidden scope, rework, onboarding, coordination, review, "
    alt += "replacement, rewrite, hiring, feature work, retainer, support and instability within the horizon."
    book.sheets[NAME].charts.append(Picture(row, 1, chart, alt))
