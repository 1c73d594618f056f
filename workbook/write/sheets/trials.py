"""Trials: the simulation inside the workbook. One formula runs down each column, and along a block of equal ones.

A figure is drawn from its range as it is in force, at a chance that follows from the trial's number; then every phase and
path is calculated anew in the trial's row by the same functions as on the sheet Phases. What is the same in every trial is
shown once above them: a formula that is shared down a column names no other sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calc import catalogue
from calc.model import CASES
from calc.quantity import QUANTITIES
from calc.scenario.schema import ESTIMATES, FIELDS
from calc.simulation import draws
from calc.simulation.contending import AHEAD, HALF_A_CENT, NEVER, handicap, lowest, scope_cost, winner, winner_among
from calc.simulation.pert import pert_alpha, pert_beta, pert_of_trial
from workbook.write.book import Block, Book, Cell, Column, Sheet, Spot
from workbook.write.formula.expression import ALONG, Expression, Home, Reference, reference
from workbook.write.formula.tracing import traced, written
from workbook.write.once.live_trials import LIVE_TRIALS
from workbook.write.sheets.columns import head_of
from workbook.write.sheets.heading import format_of, framed, unit_cell
from workbook.write.sheets.trial_formulas import DOWN, TrialFormulas

NAME = "Trials"
LABEL_ROW, ID_ROW, NUMBER_ROW, LOW_ROW, LIKELY_ROW, HIGH_ROW, ALPHA_ROW, BETA_ROW = range(6, 14)
SQUARE_ROW, FACTOR_ROW, START_ROW, STEPS_ROW, CENT_ROW, AHEAD_ROW, NEVER_ROW = range(14, 21)
PATH_ROW, ELIGIBLE_ROW, HANDICAP_ROW, SAME_ROW = range(21, 25)
CASE_ROW = 26
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

    scope: a column for each path; all: the cheapest of all paths; lowest, eligible: the lowest cost of the eligible ones
    and whose it is.
    """

    formulas: TrialFormulas
    scope: int
    all: int
    lowest: int
    eligible: int


def places(book: Book) -> Places:
    """The columns for the book's paths."""
    return book.once((NAME, "places"), lambda: _places(book))


def _places(book: Book) -> Places:
    formulas = TrialFormulas(
        book, NAME, CASE_ROW, SAME_ROW, VALUES, VALUES + book.size("parameter") + book.size("estimate")
    )
    scope = formulas.next + 1
    first = scope + len(book.structure.paths) + 1
    return Places(formulas, scope, first, first + 1, first + 2)


def of_path(book: Book, key: str, path: int) -> Spot:
    """A quantity of one path in all trials."""
    values = book.trials[key][:, len(CASES) :, path]
    return Spot(Home(NAME, FIRST, places(book).formulas.column(key, path), "n"), values, LIVE_TRIALS)


def case(book: Book, number: int, path: int) -> Spot:
    """The total of one path in the best, the likely or the worst case."""
    values = book.trials["total"][:, number, path]
    return Spot(Home(NAME, CASE_ROW + number, places(book).formulas.column("total", path)), values[:, np.newaxis])


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


def _drawn() -> Expression:
    """The figure of the trial's rank in its range: one formula for all figures."""
    above = {"low": LOW_ROW, "likely": LIKELY_ROW, "high": HIGH_ROW, "alpha": ALPHA_ROW, "beta": BETA_ROW,
             "square": SQUARE_ROW, "factor": FACTOR_ROW, "start": START_ROW}  # fmt: skip
    homes = {name: Home(NAME, row, 0, along=ALONG) for name, row in above.items()}
    homes |= {"points": Home(NAME, NUMBER_ROW, 2), "steps": Home(NAME, STEPS_ROW, 2)}
    homes["trial"] = Home(NAME, CASE_ROW, 1, down=DOWN)
    return traced(pert_of_trial, {name: reference(Reference(home, NAME)) for name, home in homes.items()})


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
                           (SAME_ROW, "The same in every trial")):  # fmt: skip
            self.sheet.put(row, 1, label, "label")
        self.sheet.put(LABEL_ROW, 1, "Trial", "head_left")
        self.sheet.heights[LABEL_ROW] = 42
        for row, label, number, format in (
            (NUMBER_ROW, "Trials in all", draws.POINTS, "flag"),
            (STEPS_ROW, "Steps of a range", draws.STEPS, "flag"),
            (CENT_ROW, "Half a cent", HALF_A_CENT, "factor"),
            (AHEAD_ROW, "An earlier path is ahead by", AHEAD, "factor"),
            (NEVER_ROW, "More than any path costs", NEVER, "whole"),
        ):
            self.sheet.put(row, 1, label, "label")
            self.sheet.put(row, 2, number, "fixed", format)
        for row, unit in ((PATH_ROW, "path"), (ELIGIBLE_ROW, "0/1"), (HANDICAP_ROW, "currency")):
            unit_cell(book, NAME, row, 2, unit, "unit_centred")
        for at, case in enumerate(CASES, CASE_ROW):
            self.sheet.put(at, 1, f"{case} case", "calc_text")
        self.columns.append(Column(1, np.arange(1.0, LIVE_TRIALS + 1)[np.newaxis], None, "fixed", "flag"))
        self._headers()
        book.later(NAME, self._figures)
        book.later(NAME, self._quantities)
        book.later(NAME, self._comparisons)
        book.later(NAME, self._same)

    def _section(self, column: int, title: str) -> None:
        self.sheet.put(LABEL_ROW - 1, column, title, "section")

    def _headers(self) -> None:
        """Labels of the figures and of every block of quantities."""
        self._section(VALUES, "Figures in the trial")
        for at, (figure, place) in enumerate(zip(self.figures, draws.places_with(self.structure.quoted), strict=True)):
            column = VALUES + at
            self._column(column, figure, figure)
            unit = self._unit_of(figure)
            self._unit(column, unit)
            unit_cell(self.book, NAME, NUMBER_ROW, column, unit, "unit_centred")
            for row, number in zip((SQUARE_ROW, FACTOR_ROW, START_ROW), draws.of_figure(place), strict=True):
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

    # The figures: their range in force, and the draw from it

    def _figures(self) -> None:
        book, parameters = self.book, self.structure.sizes["parameter"]
        sources = {
            LOW_ROW: ("low", "estimate_low"), LIKELY_ROW: ("likely", "given_likely"), HIGH_ROW: ("high", "estimate_high"),
            CASE_ROW: ("best", "estimate_low"), CASE_ROW + 1: ("likely", "given_likely"),
            CASE_ROW + 2: ("worst", "estimate_high"),
        }  # fmt: skip
        shape = book.spot("pert_shape")
        for at in range(len(self.figures)):
            column = VALUES + at
            of_model = at < parameters
            place = {"parameter": at} if of_model else {"estimate": at - parameters}
            for row, keys in sources.items():
                spot = book.spot(keys[0 if of_model else 1], **place)
                book.fetch(NAME, row, column, spot, "calc", "number")
            reads = {name: book.at(NAME, row, column) for name, row in
                     (("low", LOW_ROW), ("likely", LIKELY_ROW), ("high", HIGH_ROW))}  # fmt: skip
            book.derive(NAME, ALPHA_ROW, column, pert_alpha, "calc", "number", **reads, pert_shape=shape)
            book.derive(NAME, BETA_ROW, column, pert_beta, "calc", "number", **reads, pert_shape=shape)
            key, index = ("value", at) if of_model else ("estimate", at - parameters)
            drawn = book.once((NAME, "drawn"), _drawn)
            self._down(column, drawn, book.trials[key][:, len(CASES) :, index])

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
            expression = self._of_path(self.places.scope + at, scope_cost, ("total", "beyond"), at)
            self._down(self.places.scope + at, expression, self.scope_costs[:, len(CASES) :, at])

    def _of_path(self, column: int, function: Callable, keys: tuple[str, ...], at: int) -> Expression:
        """The formula of a function that reads these quantities of a path, as it stands in a column."""
        return self.book.once((NAME, column), lambda: self.formulas.of_path(function, keys, at).beside(column))

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
            "costs": [self.formulas.cell(places.scope + at) for at in paths],
            "handicaps": [reference(Reference(Home(NAME, HANDICAP_ROW, places.scope + at), NAME)) for at in paths],
        }
        self._money_column(places.lowest, "Lowest cost of an eligible path", "lowest")
        self._down(places.lowest, written(lowest, cells), lowest_costs)
        self._path_column(places.eligible, "Cheapest eligible path no.")
        ranges = {
            "costs": self._of_paths(CASE_ROW, DOWN),
            "handicaps": self._of_paths(HANDICAP_ROW),
            "lowest": self.formulas.cell(places.lowest),
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
