"""Trials: the simulation inside the workbook. One formula runs down each column, and along a block of equal ones.

A figure is drawn from its range as it is in force, at a chance that follows from the trial's number; then every phase and
path is calculated anew in the trial's row by the same functions as on the sheet Phases. What is the same in every trial is
shown once above them: a formula that is shared down a column names no other sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
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
from workbook.write.book import Block, Book, Cell, Column, Sheet, Spot
from workbook.write.formula.expression import ALONG, Expression, Home, Reference, reference
from workbook.write.formula.tracing import traced, written
from workbook.write.once.live_trials import LIVE_TRIALS
from workbook.write.sheets.columns import head_of
from workbook.write.sheets.heading import format_of, framed, unit_cell
from workbook.write.sheets.trial_formulas import DOWN, TrialColumns, cell, trial_columns

NAME = "Trials"
LABEL_ROW, ID_ROW, NUMBER_ROW, LOW_ROW, LIKELY_ROW, HIGH_ROW, ALPHA_ROW, BETA_ROW = range(6, 14)
SIDE_ROW, TAIL_ROW, SHIFT_ROW, BELOW_ROW, ABOVE_ROW, SQUARE_ROW, FACTOR_ROW, START_ROW = range(14, 22)
STEPS_ROW, CENT_ROW, AHEAD_ROW, NEVER_ROW, COMMON_ROW, OWN_ROW, P90_ROW = range(22, 29)
PATH_ROW, ELIGIBLE_ROW, HANDICAP_ROW, SAME_ROW = range(29, 33)
CASE_ROW = 34
COMMON = 2  # the column of the draw that all figures of a trial share
FIRST = CASE_ROW + len(CASES) + 1
VALUES = 4


def add(book: Book) -> None:
    """The workings of the simulation."""
    purpose = f"{LIVE_TRIALS} trials that follow the inputs: the figures drawn, phases, paths."
    sheet = framed(book, NAME, "working", "Trials", purpose, {1: 22, 2: 12}, freeze=(NUMBER_ROW, 3), header_rows=(1, 4))
    Workings(book, sheet).write()


@dataclass(frozen=True)
class Places:
    """The columns of the sheet: of the formulas, and the first of what is compared between paths.

    figures: the column of each figure, in the order of `draws.figures`; scope: a column for each path; all: the cheapest
    of all paths; lowest, eligible: the lowest cost of the eligible ones and whose it is.
    """

    figures: list[int]
    formulas: TrialColumns
    scope: int
    all: int
    lowest: int
    eligible: int


def places(book: Book) -> Places:
    """The columns for the book's paths."""
    return book.once((NAME, "places"), lambda: _places(book))


def _places(book: Book) -> Places:
    figures = _figure_columns(book)
    formulas = trial_columns(book, NAME, CASE_ROW, SAME_ROW, figures, VALUES + len(figures))
    first = formulas.first + len(book.structure.paths) + 1
    return Places(figures, formulas, formulas.first, first, first + 1, first + 2)


def _figure_columns(book: Book) -> list[int]:
    """Those that may have a tail come last: they have a formula of their own, and each formula is in one block."""
    last = np.lexsort((may_have_tail(book),))  # keeps the order of equals
    columns = np.empty(len(last), int)
    columns[last] = VALUES + np.arange(len(last))
    return columns.tolist()


def may_have_tail(book: Book) -> np.ndarray:
    """Whether each figure may have a tail, in the order of `draws.figures`."""
    return np.concatenate([book.values[key][0] == 1 for key in ("is_overrun", "estimate_tail")])


def of_path(book: Book, key: str, path: int) -> Spot:
    """A quantity of one path in all trials."""
    values = book.trials[key][:, len(CASES) :, path]
    return Spot(Home(NAME, FIRST, places(book).formulas.columns[key, path], "n"), values, LIVE_TRIALS)


def case(book: Book, number: int, path: int) -> Spot:
    """The total of one path in the best, the likely or the worst case."""
    values = book.trials["total"][:, number, path]
    return Spot(Home(NAME, CASE_ROW + number, places(book).formulas.columns["total", path]), values[:, np.newaxis])


def half_a_cent() -> Spot:
    """What is invoiced is above a budget from so much more on."""
    return Spot(Home(NAME, CENT_ROW, 2), np.array([[HALF_A_CENT]]))


def winners(book: Book) -> tuple[Spot, Spot]:
    """The cheapest path of every trial, by number: over all paths, and among the eligible ones."""
    of_all, of_eligible = places(book).all, places(book).eligible
    if NAME in book.sheets:
        return _written(book, of_all), _written(book, of_eligible)
    costs = scope_cost(book.trials["total"], book.trials["beyond"])[:, len(CASES) :]
    numbers = np.arange(1.0, costs.shape[-1] + 1)
    handicaps = handicap(book.values["eligible"], numbers, AHEAD, NEVER)[:, np.newaxis]
    among = winner_among(costs, handicaps, (costs + handicaps).min(axis=-1, keepdims=True), numbers)
    return _unwritten(of_all, winner(costs)), _unwritten(of_eligible, among)


def _unwritten(column: int, values: np.ndarray) -> Spot:
    """A column of the trials where they are on no sheet. values: shape (scenario, trial, 1)."""
    return Spot(Home(NAME, FIRST, column, "n"), values[..., 0].astype(float), LIVE_TRIALS)


def _written(book: Book, column: int) -> Spot:
    """A column of the trials as it was written."""
    block = book.write(NAME).block
    if block is None:
        raise ValueError("the trials are not written yet")
    (values,) = (filled.values for filled in block.columns if filled.column == column)
    return Spot(Home(NAME, FIRST, column, "n"), values, LIVE_TRIALS)


# What the formula of a figure reads above its column, and what it reads of all figures.
ABOVE = {"low": LOW_ROW, "likely": LIKELY_ROW, "high": HIGH_ROW, "alpha": ALPHA_ROW, "beta": BETA_ROW, "square": SQUARE_ROW,
         "factor": FACTOR_ROW, "start": START_ROW, "side": SIDE_ROW, "tail": TAIL_ROW, "below": BELOW_ROW,
         "above": ABOVE_ROW}  # fmt: skip
OF_ALL = {
    "points": NUMBER_ROW,
    "steps": STEPS_ROW,
    "common_weight": COMMON_ROW,
    "own_weight": OWN_ROW,
    "normal_p90": P90_ROW,
}


def _formula(function: Callable, along: str | None = ALONG, column: int = 0) -> Expression:
    """A formula of a trial's row: the same in every column, or in the one where its coefficients stand."""
    homes = {name: Home(NAME, row, column, along=along) for name, row in ABOVE.items()}
    homes |= {name: Home(NAME, row, 2) for name, row in OF_ALL.items()}
    homes |= {"trial": Home(NAME, CASE_ROW, 1, down=DOWN), "common": Home(NAME, CASE_ROW, COMMON, down=DOWN)}
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
        self.columns: list[Column] = []

    def write(self) -> None:
        """The labels at once, the formulas once every quantity has its home."""
        book = self.book
        for row, label in ((LOW_ROW, "Low"), (LIKELY_ROW, "Likely"), (HIGH_ROW, "High"), (ALPHA_ROW, "Alpha"),
                           (BETA_ROW, "Beta"), (SQUARE_ROW, "Rank: of the square of the trial"),
                           (FACTOR_ROW, "Rank: of the trial"), (START_ROW, "Rank: start"),
                           (PATH_ROW, "Path no."), (ELIGIBLE_ROW, "Eligible"), (HANDICAP_ROW, "Counts more by"),
                           (SAME_ROW, "The same in every trial"), (SIDE_ROW, "Worse end: 1 high, -1 low"),
                           (TAIL_ROW, "Has a tail"), (SHIFT_ROW, "Tail begins below 0 by"),
                           (BELOW_ROW, "Median for one of P10"), (ABOVE_ROW, "P90 for one of the median"),
                           (COMMON_ROW, "Weight of the common draw"), (OWN_ROW, "Weight of a figure's own")):  # fmt: skip
            self.sheet.put(row, 1, label, "label")
        self.sheet.put(LABEL_ROW, 1, "Trial", "head_left")
        self.sheet.heights[LABEL_ROW] = 42
        for row, label, number, format in (
            (NUMBER_ROW, "Trials in all", draws.POINTS, "flag"),
            (STEPS_ROW, "Steps of a range", draws.STEPS, "flag"),
            (CENT_ROW, "Half a cent", HALF_A_CENT, "factor"),
            (AHEAD_ROW, "An earlier path is ahead by", AHEAD, "factor"),
            (NEVER_ROW, "More than any path costs", NEVER, "whole"),
            (P90_ROW, "Normal distribution at 0.9", NORMAL_P90, "number"),
        ):
            self.sheet.put(row, 1, label, "label")
            self.sheet.put(row, 2, number, "fixed", format)
        for row, unit in ((PATH_ROW, "path"), (ELIGIBLE_ROW, "0/1"), (HANDICAP_ROW, "currency")):
            unit_cell(book, NAME, row, 2, unit, "unit_centred")
        for at, case in enumerate(CASES, CASE_ROW):
            self.sheet.put(at, 1, f"{case} case", "calc_text")
        self.columns.append(Column(1, np.arange(1.0, LIVE_TRIALS + 1)[np.newaxis], None, "fixed", "flag"))
        self._headers()
        book.later(NAME, self._common)
        book.later(NAME, self._figures)
        book.later(NAME, self._quantities)
        book.later(NAME, self._comparisons)
        book.later(NAME, self._same)

    def _section(self, column: int, title: str) -> None:
        self.sheet.put(LABEL_ROW - 1, column, title, "section")

    def _headers(self) -> None:
        """Labels of the figures and of every block of quantities."""
        self._section(VALUES, "Figures in the trial")
        of_figure = draws.places_with(self.structure.quoted)
        for column, figure, place in zip(self.places.figures, self.figures, of_figure, strict=True):
            self._column(column, figure, figure)
            unit = self._unit_of(figure)
            self._unit(column, unit)
            unit_cell(self.book, NAME, NUMBER_ROW, column, unit, "unit_centred")
            numbers = (*draws.of_figure(place), place.own_side)
            for row, number in zip((SQUARE_ROW, FACTOR_ROW, START_ROW, SIDE_ROW), numbers, strict=True):
                self.sheet.put(row, column, number, "fixed", "flag")
        begun = set()
        for each in self.formulas.written:
            quantity = QUANTITIES[each.key]
            if each.key not in begun:
                self._section(each.column, f"{quantity.label} ({quantity.unit})")
                begun.add(each.key)
            self._column(each.column, self._labels(quantity.over[0])[each.at], each.key)
            self._unit(each.column, quantity.unit)

    def _unit_of(self, figure: str) -> str:
        """The unit of a drawn figure, a parameter of a model or an estimate of the project."""
        model, _, name = figure.partition(".")
        if name:
            return catalogue.parameters()[self.structure.bases[model]][name].unit
        return FIELDS[f"{ESTIMATES[figure]}.{figure}"].unit

    def _unit(self, column: int, unit: str) -> None:
        """The unit of a column, above its cases and above its trials."""
        for row in (CASE_ROW - 1, FIRST - 1):
            unit_cell(self.book, NAME, row, column, unit, "unit_centred")

    def _labels(self, dimension: str | None) -> list[str]:
        labels = {path.id: path.label for path in self.structure.paths}
        if dimension == "path":
            return list(labels.values())
        return [f"{labels[phase.path]}: {phase.work} {phase.position}" for phase in self.structure.phases]

    def _column(self, column: int, label: str, key: str) -> None:
        self.sheet.put(LABEL_ROW, column, label, "head")
        self.sheet.put(ID_ROW, column, key, "id")
        self.sheet.widths[column] = 11

    # What all figures of a trial have in common

    def _common(self) -> None:
        book = self.book
        self.sheet.put(LABEL_ROW, COMMON, "Common to all figures", "head")
        self._unit(COMMON, "number")
        for row in (COMMON_ROW, OWN_ROW):
            unit_cell(self.book, NAME, row, COMMON + 1, "weight", "unit_centred")
        for row, number in zip((SQUARE_ROW, FACTOR_ROW, START_ROW), draws.coefficients()[-1], strict=True):
            self.sheet.put(row, COMMON, number, "fixed", "flag")
        correlation = book.spot("correlation")
        weight = book.derive(NAME, COMMON_ROW, 2, common_weight, "calc", "number", correlation=correlation)
        book.derive(NAME, OWN_ROW, 2, own_weight, "calc", "number", correlation=correlation)
        formula = book.once((NAME, "common"), lambda: _formula(common_of_trial, None, COMMON))
        self._down(COMMON, formula, weight.values * draws.common())

    # The figures: their range in force, and the draw from it

    def _figures(self) -> None:
        parameters = self.structure.sizes["parameter"]
        for at, (column, tailed) in enumerate(zip(self.places.figures, may_have_tail(self.book), strict=True)):
            of_model = at < parameters
            place = {"parameter": at} if of_model else {"estimate": at - parameters}
            self._range(column, "" if of_model else "estimate_", place)
            if tailed:
                self._tail(column, "" if of_model else "estimate_", place)
            function = tail_of_trial if tailed else pert_of_trial
            formula = self.book.once((NAME, function.__name__), partial(_formula, function))
            key, index = ("value", at) if of_model else ("estimate", at - parameters)
            self._down(column, formula, self.book.trials[key][:, len(CASES) :, index])

    def _range(self, column: int, kind: str, place: dict[str, int]) -> None:
        """The range of a figure, its shape, and its three cases. kind: what the keys of an estimate begin with."""
        book = self.book
        likely = "given_likely" if kind else "likely"
        sources = {
            LOW_ROW: f"{kind}low", LIKELY_ROW: likely, HIGH_ROW: f"{kind}high",
            CASE_ROW: f"{kind}low" if kind else "best", CASE_ROW + 1: likely,
            CASE_ROW + 2: f"{kind}high" if kind else "worst",
        }  # fmt: skip
        for row, key in sources.items():
            book.fetch(NAME, row, column, book.spot(key, **place), "calc", "number")
        shape = book.spot("pert_shape")
        for row, function in ((ALPHA_ROW, pert_alpha), (BETA_ROW, pert_beta)):
            book.derive(NAME, row, column, function, "calc", "number", **self._ends(column), pert_shape=shape)

    def _tail(self, column: int, kind: str, place: dict[str, int]) -> None:
        """Whether a figure has a tail, and how far it reaches."""
        book = self.book
        book.fetch(NAME, TAIL_ROW, column, book.spot(f"{kind}tail", **place), "calc", "flag")
        shift = book.fetch(
            NAME, SHIFT_ROW, column, book.spot(f"{kind}tail_shift" if kind else "is_overrun", **place), "calc", "number"
        )
        for row, function in ((BELOW_ROW, ratio_below), (ABOVE_ROW, ratio_above)):
            book.derive(NAME, row, column, function, "calc", "number", **self._ends(column), shift=shift)

    def _ends(self, column: int) -> dict[str, Spot]:
        rows = {"low": LOW_ROW, "likely": LIKELY_ROW, "high": HIGH_ROW}
        return {name: self.book.at(NAME, row, column) for name, row in rows.items()}

    # Phases and paths

    def _quantities(self) -> None:
        for each in self.formulas.written:
            values = self.book.trials[each.key][:, :, each.at]
            self._cases(each.column, each.formula, values[:, : len(CASES)])
            self._down(each.column, each.formula, values[:, len(CASES) :])

    def _same(self) -> None:
        """What no trial changes: one cell each, which fetches it from its own sheet."""
        for (key, at), column in self.formulas.same.items():
            over, (label, unit, _) = self.book.node(key).over, head_of(self.book, key)
            which = f": {self._labels(over[0])[at]}" if over else ""
            self._column(column, label + which, key)
            unit_cell(self.book, NAME, CASE_ROW - 1, column, unit, "unit_centred")
            spot = self.book.spot(key, **dict.fromkeys(over, at))
            self.book.fetch(NAME, SAME_ROW, column, spot, "calc", format_of(unit))

    def _down(self, column: int, expression: Expression, values: np.ndarray) -> None:
        """One formula down the trials' rows of a column, or its constant. values: shape (scenario, trial)."""
        if expression.is_literal:
            self.columns.append(Column(column, values[:1], None, "fixed", "number"))
        else:
            self.columns.append(Column(column, values, expression))

    def _cases(self, column: int, expression: Expression, values: np.ndarray) -> None:
        """The same formula in the rows of the three cases. values: shape (scenario, case)."""
        for at in range(len(CASES)):
            formula = None if expression.is_literal else expression.printed({DOWN: at, ALONG: column})
            by_scenario = values[:, at]
            value = by_scenario[0] if len(by_scenario) == 1 or formula is None else by_scenario
            style = "calc" if formula else "fixed"
            self.sheet.cells[CASE_ROW + at, column] = Cell(value, formula, style, "number")

    def _comparisons(self) -> None:
        """What the trials compare between paths: the cost of the same scope."""
        self._scope_costs()
        self._winner()
        self._winner_among()
        self.sheet.block = Block(
            FIRST, LIVE_TRIALS, sorted(self.columns, key=lambda c: c.column), first=FIRST - CASE_ROW
        )

    @property
    def scope_costs(self) -> np.ndarray:
        """Shape (scenario, case or trial, path)."""
        return scope_cost(self.book.trials["total"], self.book.trials["beyond"])

    def _scope_costs(self) -> None:
        self._section(self.places.scope, "Cost of the same scope, undiscounted (currency)")
        for at, path in enumerate(self.structure.paths):
            self._money_column(self.places.scope + at, path.label, "scope_cost")
            self._down(self.places.scope + at, self.formulas.scope[at], self.scope_costs[:, len(CASES) :, at])

    def _money_column(self, column: int, label: str, key: str) -> None:
        self._column(column, label, key)
        self._unit(column, "currency")

    def _path_column(self, column: int, label: str) -> None:
        self._column(column, label, "winner")
        self._unit(column, "path")

    def _winner(self) -> None:
        """The number of the cheapest path in each trial."""
        self._path_column(self.places.all, "Cheapest path no.")
        formula = traced(winner, {"costs": self._of_paths(CASE_ROW, DOWN)})
        self._down(self.places.all, formula, winner(self.scope_costs[:, len(CASES) :])[..., 0].astype(float))

    def _winner_among(self) -> None:
        """The same among the eligible ones: their lowest cost, and whose it is."""
        book, places, paths = self.book, self.places, range(len(self.structure.paths))
        fixed = {name: book.at(NAME, row, 2) for name, row in (("ahead", AHEAD_ROW), ("never", NEVER_ROW))}
        handicaps = []
        for at in paths:
            column = places.scope + at
            self.sheet.put(PATH_ROW, column, at + 1, "fixed", "flag")
            reads = {
                "path": book.at(NAME, PATH_ROW, column),
                "eligible": book.fetch(NAME, ELIGIBLE_ROW, column, book.spot("eligible", path=at), "calc", "flag"),
            }
            counts = book.derive(NAME, HANDICAP_ROW, column, handicap, "calc", "factor", **reads, **fixed)
            handicaps.append(np.broadcast_to(counts.values, (book.count, 1)))
        costs = self.scope_costs[:, len(CASES) :]
        by_path = [costs[..., at] for at in paths]
        lowest_costs = lowest(by_path, handicaps)
        cells = {
            "costs": [cell(NAME, CASE_ROW, places.scope + at) for at in paths],
            "handicaps": [reference(Reference(Home(NAME, HANDICAP_ROW, places.scope + at), NAME)) for at in paths],
        }
        self._money_column(places.lowest, "Lowest cost of an eligible path", "lowest")
        self._down(places.lowest, written(lowest, cells), lowest_costs)
        self._path_column(places.eligible, "Cheapest eligible path no.")
        ranges = {
            "costs": self._of_paths(CASE_ROW, DOWN),
            "handicaps": self._of_paths(HANDICAP_ROW),
            "lowest": cell(NAME, CASE_ROW, places.lowest),
            "paths": self._of_paths(PATH_ROW),
        }
        numbers = np.arange(1.0, len(paths) + 1)
        counted = np.stack(handicaps, axis=-1)
        values = winner_among(costs, counted, lowest_costs[..., np.newaxis], numbers)[..., 0]
        self._down(places.eligible, traced(winner_among, ranges), values)

    def _of_paths(self, row: int, down: str | None = None) -> Expression:
        """What stands in a row for every path, in the row above or in the trial's own."""
        home = Home(NAME, row, self.places.scope, down=down, along="path")
        return reference(Reference(home, NAME, len(self.structure.paths), "path"))
