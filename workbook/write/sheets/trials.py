"""Trials: the simulation inside the workbook. One formula runs along each row, and down a block of equal ones.

A figure is drawn from its range as it is in force, at a chance that follows from the trial's number; then every phase and
path is calculated anew in the trial's column by the same functions as on the sheet Phases. What is the same in every trial
is shown once at the left of them: a formula that is shared along a row names no other sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from inspect import signature

import numpy as np

from calc import catalogue
from calc.model import CASES
from calc.quantity import QUANTITIES
from calc.scenario.schema import ESTIMATES, FIELDS
from calc.simulation import draws
from calc.simulation.common_factor import common_weight, own_weight
from calc.simulation.contending import AHEAD, HALF_A_CENT, NEVER, handicap, lowest, scope_cost, winner, winner_among
from calc.simulation.of_trial import common_of_trial, pert_of_trial, tail_of_trial
from calc.simulation.pert import pert_alpha, pert_beta
from calc.simulation.tail import NORMAL_P90, ratio_above, ratio_below
from workbook.write.book import Book, Spot
from workbook.write.formula.expression import BELOW, Expression, Home, Reference, reference
from workbook.write.formula.tracing import traced, written
from workbook.write.once.live_trials import LIVE_TRIALS, SCENARIOS_AT_A_TIME
from workbook.write.sheet import Block, Cell, Line, Sheet
from workbook.write.sheets.columns import head_of
from workbook.write.sheets.heading import format_of, framed, unit_cell
from workbook.write.sheets.trial_formulas import ALONG, TrialRows, cell, trial_rows

NAME = "Trials"
# Of every row: its label, id and unit; then what its formula reads at the left, then the cases and the trials. What most
# formulas read has the shortest address.
LABEL, ID, UNIT, SAME, LOW, LIKELY, HIGH, ALPHA, BETA, SIDE, TAIL, SHIFT, BELOW_MEDIAN, ABOVE_MEDIAN = range(1, 15)
SQUARE, FACTOR, START, NUMBER, STEPS, CENT, AHEAD_BY, MOST, COMMON_WEIGHT, OWN_WEIGHT, P90 = range(15, 26)
PATH, ELIGIBLE, HANDICAP = range(26, 29)
CASE = 30
FIRST = CASE + len(CASES) + 1
# The rows of the heads, with the number of each trial, and of the draw that all figures of a trial share, where single
# numbers stand too; then the figures.
HEADS, COMMON, VALUES = 5, 6, 8


def add(book: Book) -> None:
    """The workings of the simulation."""
    purpose = f"{LIVE_TRIALS} trials that follow the inputs: the figures drawn, phases, paths."
    widths = {LABEL: 44, ID: 22} | dict.fromkeys(range(UNIT, FIRST), 11)
    sheet = framed(book, NAME, "working", "Trials", purpose, widths, freeze=(COMMON, ID), header_rows=(1, HEADS))
    Workings(book, sheet).write()


@dataclass(frozen=True)
class Places:
    """The rows of the sheet: of the formulas, and the first of what is compared between paths.

    figures: the row of each figure, in the order of `draws.figures`; scope: a row for each path; all: the cheapest
    of all paths; lowest, eligible: the lowest cost of the eligible ones and whose it is.
    """

    figures: list[int]
    formulas: TrialRows
    scope: int
    all: int
    lowest: int
    eligible: int


def places(book: Book) -> Places:
    """The rows for the book's paths."""
    return book.once((NAME, "places"), lambda: _places(book))


def _places(book: Book) -> Places:
    figures = _figure_rows(book)
    formulas = trial_rows(book, NAME, CASE, SAME, figures, VALUES + len(figures) + 1)
    first = formulas.first + len(book.structure.paths) + 1
    return Places(figures, formulas, formulas.first, first, first + 1, first + 2)


def _figure_rows(book: Book) -> list[int]:
    """Those that may have a tail come last: they have a formula of their own, and each formula is in one block."""
    last = np.lexsort((may_have_tail(book),))  # keeps the order of equals
    rows = np.empty(len(last), int)
    rows[last] = VALUES + np.arange(len(last))
    return rows.tolist()


def may_have_tail(book: Book) -> np.ndarray:
    """Whether each figure may have a tail, in the order of `draws.figures`."""
    return np.concatenate([book.values[key][0] == 1 for key in ("is_overrun", "estimate_tail")])


def of_path(book: Book, key: str, path: int) -> Spot:
    """A quantity of one path in all trials."""
    values = book.trials[key][:, len(CASES) :, path]
    return Spot(Home(NAME, places(book).formulas.rows[key, path], FIRST, along="n"), values, LIVE_TRIALS)


def case(book: Book, number: int, path: int) -> Spot:
    """The total of one path in the best, the likely or the worst case."""
    values = book.trials["total"][:, number, path]
    return Spot(Home(NAME, places(book).formulas.rows["total", path], CASE + number), values[:, np.newaxis])


def half_a_cent() -> Spot:
    """What is invoiced is above a budget from so much more on."""
    return Spot(Home(NAME, COMMON, CENT), np.array([[HALF_A_CENT]]))


def winners(book: Book) -> tuple[Spot, Spot]:
    """The cheapest path of every trial, by number: over all paths, and among the eligible ones."""
    of_all, of_eligible = places(book).all, places(book).eligible
    if NAME in book.sheets:
        return _written(book, of_all), _written(book, of_eligible)
    given = book.trials["total"], book.trials["beyond"], book.values["eligible"]
    parts = [
        _winners(*(of[first : first + SCENARIOS_AT_A_TIME] for of in given))
        for first in range(0, book.count, SCENARIOS_AT_A_TIME)
    ]
    all_winners, among = map(np.concatenate, zip(*parts, strict=True))
    return _unwritten(of_all, all_winners), _unwritten(of_eligible, among)


def _winners(total: np.ndarray, beyond: np.ndarray, eligible: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As `winners`, shape (scenario, trial, 1). total, beyond: (scenario, case or trial, path); eligible: (scenario, path)."""
    costs = scope_cost(total, beyond)[:, len(CASES) :]
    numbers = np.arange(1.0, costs.shape[-1] + 1)
    handicaps = handicap(eligible, numbers, AHEAD, NEVER)[:, np.newaxis]
    lowest_costs = (costs + handicaps).min(axis=-1, keepdims=True)
    return winner(costs), winner_among(costs, handicaps, lowest_costs, numbers)


def _unwritten(row: int, values: np.ndarray) -> Spot:
    """A row of the trials where they are on no sheet. values: shape (scenario, trial, 1)."""
    return Spot(Home(NAME, row, FIRST, along="n"), values[..., 0].astype(float), LIVE_TRIALS)


def _written(book: Book, row: int) -> Spot:
    """A row of the trials as it was written."""
    block = book.write(NAME).block
    if block is None:
        raise ValueError("the trials are not written yet")
    (values,) = (line.values for line in block.lines if line.row == row)
    return Spot(Home(NAME, row, FIRST, along="n"), values, LIVE_TRIALS)


# What the formula of a figure reads in its row, at the left, and what it reads of all figures.
OWN = {"low": LOW, "likely": LIKELY, "high": HIGH, "alpha": ALPHA, "beta": BETA, "square": SQUARE, "factor": FACTOR,
       "start": START, "side": SIDE, "tail": TAIL, "below": BELOW_MEDIAN, "above": ABOVE_MEDIAN}  # fmt: skip
OF_ALL = {
    "points": NUMBER,
    "steps": STEPS,
    "common_weight": COMMON_WEIGHT,
    "own_weight": OWN_WEIGHT,
    "normal_p90": P90,
}


def _formula(function: Callable, down: str | None = BELOW, row: int = 0) -> Expression:
    """A formula of a trial's column: the same in every row, or in the one where its coefficients stand."""
    homes = {name: Home(NAME, row, column, down=down) for name, column in OWN.items()}
    homes |= {name: Home(NAME, COMMON, column) for name, column in OF_ALL.items()}
    homes |= {"trial": Home(NAME, HEADS, CASE, along=ALONG), "common": Home(NAME, COMMON, CASE, along=ALONG)}
    reads = signature(function).parameters
    return traced(function, {name: reference(Reference(homes[name], NAME)) for name in reads})


class Workings:
    """What is written on the sheet: labels, coefficients, and the formulas that read them."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.structure = book.structure
        self.figures = [f"{model}.{name}" for model, name, _ in self.structure.figures] + list(ESTIMATES)
        self.places = places(book)
        self.formulas = self.places.formulas
        self.lines: list[Line] = []

    def write(self) -> None:
        """The labels at once, the formulas once every quantity has its home."""
        book = self.book
        for column, label in ((LABEL, "Figure, phase or path"), (ID, "Id"), (UNIT, "Unit"), (LOW, "Low"), (LIKELY, "Likely"),
                              (HIGH, "High"), (ALPHA, "Alpha"), (BETA, "Beta"), (SIDE, "Worse end: 1 high, -1 low"),
                              (TAIL, "Has a tail"), (SHIFT, "Tail begins below 0 by"),
                              (BELOW_MEDIAN, "Median for one of P10"), (ABOVE_MEDIAN, "P90 for one of the median"),
                              (SQUARE, "Rank: of the square of the trial"), (FACTOR, "Rank: of the trial"),
                              (START, "Rank: start"), (COMMON_WEIGHT, "Weight of the common draw"),
                              (OWN_WEIGHT, "Weight of a figure's own"), (PATH, "Path no."), (ELIGIBLE, "Eligible"),
                              (HANDICAP, "Counts more by, in currency"), (SAME, "The same in every trial")):  # fmt: skip
            self.sheet.put(HEADS, column, label, "head_left" if column <= UNIT else "head")
        self.sheet.heights[HEADS] = 42
        for column, label, number, format in (
            (NUMBER, "Trials in all", draws.POINTS, "flag"),
            (STEPS, "Steps of a range", draws.STEPS, "flag"),
            (CENT, "Half a cent", HALF_A_CENT, "factor"),
            (AHEAD_BY, "An earlier path is ahead by", AHEAD, "factor"),
            (MOST, "More than any path costs", NEVER, "whole"),
            (P90, "Normal distribution at 0.9", NORMAL_P90, "number"),
        ):
            self.sheet.put(HEADS, column, label, "head")
            self.sheet.put(COMMON, column, number, "fixed", format)
        for at, case in enumerate(CASES, CASE):
            self.sheet.put(HEADS, at, f"{case} case", "head")
        self.lines.append(Line(HEADS, np.arange(1.0, LIVE_TRIALS + 1)[np.newaxis], None, "fixed", "flag"))
        self._headers()
        book.later(NAME, self._common)
        book.later(NAME, self._figures)
        book.later(NAME, self._quantities)
        book.later(NAME, self._comparisons)
        book.later(NAME, self._same)

    def _section(self, row: int, title: str) -> None:
        self.sheet.put(row - 1, LABEL, title, "section")

    def _headers(self) -> None:
        """Labels of the figures and of every block of quantities."""
        self._section(VALUES, "Figures in the trial")
        of_figure = draws.places_with(self.structure.quoted)
        for row, figure, place in zip(self.places.figures, self.figures, of_figure, strict=True):
            self._head(row, figure, figure, self._unit_of(figure))
            numbers = (*draws.of_figure(place), place.own_side)
            for column, number in zip((SQUARE, FACTOR, START, SIDE), numbers, strict=True):
                self.sheet.put(row, column, number, "fixed", "flag")
        begun = set()
        for each in self.formulas.written:
            quantity = QUANTITIES[each.key]
            if each.key not in begun:
                self._section(each.row, f"{quantity.label} ({quantity.unit})")
                begun.add(each.key)
            self._head(each.row, self._labels(quantity.over[0])[each.at], each.key, quantity.unit)

    def _unit_of(self, figure: str) -> str:
        """The unit of a drawn figure, a parameter of a model or an estimate of the project."""
        model, _, name = figure.partition(".")
        if name:
            return catalogue.parameters()[self.structure.bases[model]][name].unit
        return FIELDS[f"{ESTIMATES[figure]}.{figure}"].unit

    def _labels(self, dimension: str | None) -> list[str]:
        labels = {path.id: path.label for path in self.structure.paths}
        if dimension == "path":
            return list(labels.values())
        return [f"{labels[phase.path]}: {phase.work} {phase.position}" for phase in self.structure.phases]

    def _head(self, row: int, label: str, key: str, unit: str) -> None:
        self.sheet.put(row, LABEL, label, "label")
        self.sheet.put(row, ID, key, "id")
        unit_cell(self.book, NAME, row, UNIT, unit)

    # What all figures of a trial have in common

    def _common(self) -> None:
        book = self.book
        self._head(COMMON, "Common to all figures", "common", "number")
        for column, number in zip((SQUARE, FACTOR, START), draws.coefficients()[-1], strict=True):
            self.sheet.put(COMMON, column, number, "fixed", "flag")
        correlation = book.spot("correlation")
        weight = book.derive(NAME, COMMON, COMMON_WEIGHT, common_weight, "calc", "number", correlation=correlation)
        book.derive(NAME, COMMON, OWN_WEIGHT, own_weight, "calc", "number", correlation=correlation)
        formula = book.once((NAME, "common"), lambda: _formula(common_of_trial, None, COMMON))
        self._along(COMMON, formula, weight.values * draws.common())

    # The figures: their range in force, and the draw from it

    def _figures(self) -> None:
        parameters = self.structure.sizes["parameter"]
        for at, (row, tailed) in enumerate(zip(self.places.figures, may_have_tail(self.book), strict=True)):
            of_model = at < parameters
            place = {"parameter": at} if of_model else {"estimate": at - parameters}
            self._range(row, "" if of_model else "estimate_", place)
            if tailed:
                self._tail(row, "" if of_model else "estimate_", place)
            function = tail_of_trial if tailed else pert_of_trial
            formula = self.book.once((NAME, function.__name__), partial(_formula, function))
            key, index = ("value", at) if of_model else ("estimate", at - parameters)
            self._along(row, formula, self.book.trials[key][:, len(CASES) :, index])

    def _range(self, row: int, kind: str, place: dict[str, int]) -> None:
        """The range of a figure, its shape, and its three cases. kind: what the keys of an estimate begin with."""
        book = self.book
        likely = "given_likely" if kind else "likely"
        sources = {
            LOW: f"{kind}low", LIKELY: likely, HIGH: f"{kind}high",
            CASE: f"{kind}low" if kind else "best", CASE + 1: likely,
            CASE + 2: f"{kind}high" if kind else "worst",
        }  # fmt: skip
        for column, key in sources.items():
            book.fetch(NAME, row, column, book.spot(key, **place), "calc", "number")
        shape = book.spot("pert_shape")
        for column, function in ((ALPHA, pert_alpha), (BETA, pert_beta)):
            book.derive(NAME, row, column, function, "calc", "number", **self._ends(row), pert_shape=shape)

    def _tail(self, row: int, kind: str, place: dict[str, int]) -> None:
        """Whether a figure has a tail, and how far it reaches."""
        book = self.book
        book.fetch(NAME, row, TAIL, book.spot(f"{kind}tail", **place), "calc", "flag")
        shift = book.fetch(
            NAME, row, SHIFT, book.spot(f"{kind}tail_shift" if kind else "is_overrun", **place), "calc", "number"
        )
        for column, function in ((BELOW_MEDIAN, ratio_below), (ABOVE_MEDIAN, ratio_above)):
            book.derive(NAME, row, column, function, "calc", "number", **self._ends(row), shift=shift)

    def _ends(self, row: int) -> dict[str, Spot]:
        columns = {"low": LOW, "likely": LIKELY, "high": HIGH}
        return {name: self.book.at(NAME, row, column) for name, column in columns.items()}

    # Phases and paths

    def _quantities(self) -> None:
        for each in self.formulas.written:
            values = self.book.trials[each.key][:, :, each.at]
            self._cases(each.row, each.formula, values[:, : len(CASES)])
            self._along(each.row, each.formula, values[:, len(CASES) :])

    def _same(self) -> None:
        """What no trial changes: one cell each, which fetches it from its own sheet."""
        for (key, at), row in self.formulas.same.items():
            over, (label, unit, _) = self.book.node(key).over, head_of(self.book, key)
            which = f": {self._labels(over[0])[at]}" if over else ""
            self._head(row, label + which, key, unit)
            spot = self.book.spot(key, **dict.fromkeys(over, at))
            self.book.fetch(NAME, row, SAME, spot, "calc", format_of(unit))

    def _along(self, row: int, expression: Expression, values: np.ndarray) -> None:
        """One formula along the trials' columns of a row, or its constant. values: shape (scenario, trial)."""
        if expression.is_literal:
            self.lines.append(Line(row, values[:1], None, "fixed", "number"))
        else:
            self.lines.append(Line(row, values, expression))

    def _cases(self, row: int, expression: Expression, values: np.ndarray) -> None:
        """The same formula in the columns of the three cases. values: shape (scenario, case)."""
        is_literal = expression.is_literal
        for at in range(len(CASES)):
            place = NAME, row, CASE + at
            formula = (
                None if is_literal else self.book.once(place, partial(expression.printed, {ALONG: at, BELOW: row}))
            )
            by_scenario = values[:, at]
            value = by_scenario[0] if len(by_scenario) == 1 or formula is None else by_scenario
            style = "calc" if formula else "fixed"
            self.sheet.cells[place[1:]] = Cell(value, formula, style, "number")

    def _comparisons(self) -> None:
        """What the trials compare between paths: the cost of the same scope."""
        self._scope_costs()
        self._winner()
        self._winner_among()
        lines = sorted(self.lines, key=lambda line: line.row)
        self.sheet.block = Block(FIRST, LIVE_TRIALS, lines, first=FIRST - CASE)

    @cached_property
    def scope_costs(self) -> np.ndarray:
        """Shape (scenario, case or trial, path)."""
        return scope_cost(self.book.trials["total"], self.book.trials["beyond"])

    def _scope_costs(self) -> None:
        self._section(self.places.scope, "Cost of the same scope, undiscounted (currency)")
        for at, path in enumerate(self.structure.paths):
            self._head(self.places.scope + at, path.label, "scope_cost", "currency")
            self._along(self.places.scope + at, self.formulas.scope[at], self.scope_costs[:, len(CASES) :, at])

    def _winner(self) -> None:
        """The number of the cheapest path in each trial."""
        self._head(self.places.all, "Cheapest path no.", "winner", "path")
        formula = traced(winner, {"costs": self._of_paths(CASE, ALONG)})
        self._along(self.places.all, formula, winner(self.scope_costs[:, len(CASES) :])[..., 0].astype(float))

    def _winner_among(self) -> None:
        """The same among the eligible ones: their lowest cost, and whose it is."""
        book, places, paths = self.book, self.places, range(len(self.structure.paths))
        fixed = {name: book.at(NAME, COMMON, column) for name, column in (("ahead", AHEAD_BY), ("never", MOST))}
        handicaps = []
        for at in paths:
            row = places.scope + at
            self.sheet.put(row, PATH, at + 1, "fixed", "flag")
            reads = {
                "path": book.at(NAME, row, PATH),
                "eligible": book.fetch(NAME, row, ELIGIBLE, book.spot("eligible", path=at), "calc", "flag"),
            }
            counts = book.derive(NAME, row, HANDICAP, handicap, "calc", "factor", **reads, **fixed)
            handicaps.append(np.broadcast_to(counts.values, (book.count, 1)))
        costs = self.scope_costs[:, len(CASES) :]
        by_path = [costs[..., at] for at in paths]
        lowest_costs = lowest(by_path, handicaps)
        cells = {
            "costs": [cell(NAME, places.scope + at, CASE) for at in paths],
            "handicaps": [reference(Reference(Home(NAME, places.scope + at, HANDICAP), NAME)) for at in paths],
        }
        self._head(places.lowest, "Lowest cost of an eligible path", "lowest", "currency")
        self._along(places.lowest, written(lowest, cells), lowest_costs)
        self._head(places.eligible, "Cheapest eligible path no.", "winner_among", "path")
        ranges = {
            "costs": self._of_paths(CASE, ALONG),
            "handicaps": self._of_paths(HANDICAP),
            "lowest": cell(NAME, places.lowest, CASE),
            "paths": self._of_paths(PATH),
        }
        numbers = np.arange(1.0, len(paths) + 1)
        counted = np.stack(handicaps, axis=-1)
        values = winner_among(costs, counted, lowest_costs[..., np.newaxis], numbers)[..., 0]
        self._along(places.eligible, traced(winner_among, ranges), values)

    def _of_paths(self, column: int, along: str | None = None) -> Expression:
        """What stands in a column for every path, at the left or in the trial's own."""
        home = Home(NAME, self.places.scope, column, down="path", along=along)
        return reference(Reference(home, NAME, len(self.structure.paths), "path"))
