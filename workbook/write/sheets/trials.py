"""Trials: the simulation inside the workbook. Low-discrepancy draws stand in cells; one formula runs down each column.

A figure is drawn from its range as it is in force, then every phase and path is calculated anew in the trial's row by the
same functions as on the sheet Phases. What the structure of a path settles (who is paid by the hour, what was documented
before) is settled in the formula. What is the same in every trial is shown once above them: a formula that is shared down
a column names no other sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from inspect import signature

import numpy as np

from calc import catalogue
from calc.graph import Argument, Node
from calc.model import CASES
from calc.quantity import QUANTITIES
from calc.scenario.schema import ESTIMATES, FIELDS
from calc.simulation import draws
from calc.simulation.contending import bill, contender, scope_cost, winner
from calc.simulation.pert import pert_alpha, pert_beta, pert_of_opposite_rank, pert_of_rank
from calc.structure import Structure
from workbook.write.book import Block, Book, Cell, Column, Sheet, Spot
from workbook.write.formula.expression import Expression, Home, Reference, literal, reference
from workbook.write.formula.tracing import traced, written
from workbook.write.once.live_trials import LIVE_TRIALS, OF_PATHS, OF_PHASES, PEOPLE, varying
from workbook.write.sheets.columns import head_of
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Trials"
LABEL_ROW, ID_ROW, NUMBER_ROW, LOW_ROW, LIKELY_ROW, HIGH_ROW, ALPHA_ROW, BETA_ROW, SAME_ROW = range(6, 15)
CASE_ROW = 16
FIRST = CASE_ROW + len(CASES) + 1
RANKS = 4


def add(book: Book) -> None:
    """The workings of the simulation."""
    purpose = f"{LIVE_TRIALS} trials that follow the inputs: draws, the figures they stand for, phases, paths."
    sheet = framed(book, NAME, "working", "Trials", purpose, {1: 22, 2: 12}, freeze=(FIRST, 3), header_rows=(1, 4))
    Workings(book, sheet).write()


@dataclass(frozen=True)
class Places:
    """The columns of the sheet: where each quantity lives, and the first column of what is compared between paths.

    people: model on a salary -> the column of its people; scope, contending, bills: a column for each path; winners: over
    all paths, then among the eligible ones.
    """

    homes: dict[str, Home]
    values: int
    people: dict[str, int]
    scope: int
    contending: int
    bills: int
    winners: tuple[int, int]

    @property
    def same(self) -> int:
        """The first column of what is the same in every trial."""
        return self.winners[-1] + 2


def places(book: Book) -> Places:
    """The columns for the book's paths."""
    return book.once((NAME, "places"), lambda: _places(book.structure))


def _places(structure: Structure) -> Places:
    figures, parameters = len(draws.figures()), structure.sizes["parameter"]
    values = RANKS + len(draws.columns()) + 1
    column = values + figures + 1
    salaried = (path.runner for path in structure.paths if catalogue.models()[path.runner].pricing == "salary")
    people = {model: column + at for at, model in enumerate(dict.fromkeys(salaried))}
    column += len(people) + 1
    homes: dict[str, Home] = {}
    for key in (*OF_PHASES, *OF_PATHS):
        dimension = QUANTITIES[key].over[0]
        homes[key] = Home(NAME, CASE_ROW, column, down="trial", along=dimension)
        column += structure.sizes[dimension] + 1
    homes["value"] = Home(NAME, CASE_ROW, values, down="trial", along="parameter")
    homes["estimate"] = Home(NAME, CASE_ROW, values + parameters, down="trial", along="estimate")
    scope, contending, bills, first = (column + number * (len(structure.paths) + 1) for number in range(4))
    return Places(homes, values, people, scope, contending, bills, (first, first + 1))


def of_path(book: Book, key: str, path: int) -> Spot:
    """A quantity of one path in all trials."""
    values = book.trials[key][:, len(CASES) :, path]
    return Spot(Home(NAME, FIRST, places(book).homes[key].column + path, "n"), values, LIVE_TRIALS)


def case(book: Book, number: int, path: int) -> Spot:
    """The total of one path in the best, the likely or the worst case."""
    values = book.trials["total"][:, number, path]
    return Spot(Home(NAME, CASE_ROW + number, places(book).homes["total"].column + path), values[:, np.newaxis])


def bills(book: Book, path: int) -> Spot:
    """What a path is invoiced in all trials, to the cent."""
    values = bill(book.trials["invoiced"][:, len(CASES) :, path])
    return Spot(Home(NAME, FIRST, places(book).bills + path, "n"), values, LIVE_TRIALS)


def winners(book: Book) -> tuple[Spot, Spot]:
    """The cheapest path of every trial, by number: over all paths, and among the eligible ones."""
    of_all, of_eligible = places(book).winners
    if NAME in book.sheets:
        return _written(book, of_all), _written(book, of_eligible)
    costs = scope_cost(book.trials["total"], book.trials["beyond"])[:, len(CASES) :]
    contending = contender(costs, book.values["eligible"][:, np.newaxis], costs)
    return _unwritten(of_all, winner(costs)), _unwritten(of_eligible, winner(contending))


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


class Workings:
    """What is written on the sheet: labels, ranks, and the formulas between them."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.graph, self.structure = book.graph, book.structure
        self.figures = draws.figures()
        self.moving = varying(book.model)
        self.places = places(book)
        self.homes, self.values = self.places.homes, self.places.values
        # Node and index of a value that is the same in every trial -> its column; filled while the formulas are made.
        self.same: dict[tuple[str, int], int] = book.once((NAME, "same"), dict)
        self.columns: list[Column] = []

    def write(self) -> None:
        """The labels and ranks at once, the formulas once every quantity has its home."""
        book = self.book
        for row, label in ((LOW_ROW, "Low"), (LIKELY_ROW, "Likely"), (HIGH_ROW, "High"), (ALPHA_ROW, "Alpha"),
                           (BETA_ROW, "Beta"), (SAME_ROW, "The same in every trial")):  # fmt: skip
            self.sheet.put(row, 1, label, "label")
        self.sheet.put(LABEL_ROW, 1, "Trial", "head_left")
        self.sheet.row(NUMBER_ROW, 1, ["Points in all", len(draws.ranks())], "label")
        self.sheet.put(NUMBER_ROW, 2, len(draws.ranks()), "fixed", "flag")
        for at, case in enumerate(CASES, CASE_ROW):
            self.sheet.put(at, 1, f"{case} case", "calc_text")
        self.columns.append(Column(1, np.arange(1.0, LIVE_TRIALS + 1)[np.newaxis], None, "fixed", "flag"))
        self._ranks()
        self._headers()
        book.later(NAME, self._figures)
        book.later(NAME, self._quantities)
        book.later(NAME, self._comparisons)
        book.later(NAME, self._same)

    def _ranks(self) -> None:
        self._section(RANKS, "Draws: ranks of a scrambled Sobol sequence, from 0")
        ranks = draws.ranks()[:LIVE_TRIALS]
        for at, figure in enumerate(draws.columns()):
            column = RANKS + at
            self.sheet.put(LABEL_ROW, column, figure, "head")
            self.sheet.widths[column] = 6
            self.columns.append(Column(column, ranks[np.newaxis, :, at].astype(float), None, "fixed", "flag"))
        self.sheet.heights[LABEL_ROW] = 42

    def _section(self, column: int, title: str) -> None:
        self.sheet.put(LABEL_ROW - 1, column, title, "section")

    def _headers(self) -> None:
        """Labels of the figures and of every block of quantities."""
        self._section(self.values, "Figures in the trial")
        for at, figure in enumerate(self.figures):
            self._column(self.values + at, figure, figure)
            unit = self._unit_of(figure)
            self._unit(self.values + at, unit)
            unit_cell(self.book, NAME, NUMBER_ROW, self.values + at, unit, "unit_centred")
        for key in (*OF_PHASES, *OF_PATHS):
            home = self.homes[key]
            self._section(home.column, f"{QUANTITIES[key].label} ({QUANTITIES[key].unit})")
            for at, label in enumerate(self._labels(home.along)):
                self._column(home.column + at, label, key)
                self._unit(home.column + at, QUANTITIES[key].unit)

    def _unit_of(self, figure: str) -> str:
        """The unit of a drawn figure, a parameter of a model or an estimate of the project."""
        model, _, name = figure.partition(".")
        if name:
            return catalogue.parameters()[model][name].unit
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
            column = self.values + at
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
            drawn = book.once((NAME, "drawn", at), partial(self._drawn, at))
            self._down(column, drawn, book.trials[key][:, len(CASES) :, index])

    def _drawn(self, at: int) -> Expression:
        """The figure of the draw: BETA.INV at the middle of its rank, the likely value where the range has no width."""
        column, place = self.values + at, draws.places()[at]

        def header(row: int) -> Expression:
            return reference(Reference(Home(NAME, row, column), NAME))

        rank = reference(Reference(Home(NAME, CASE_ROW, RANKS + place.column, down="trial"), NAME))
        points = reference(Reference(Home(NAME, NUMBER_ROW, 2), NAME))
        reads = {"low": LOW_ROW, "likely": LIKELY_ROW, "high": HIGH_ROW, "alpha": ALPHA_ROW, "beta": BETA_ROW}
        return traced(
            pert_of_opposite_rank if place.against else pert_of_rank,
            {"rank": rank, "points": points} | {name: header(row) for name, row in reads.items()},
        )

    # Phases and paths

    def _people(self) -> None:
        """Those on the payroll for the feature work, by model."""
        node, runners = self.graph.node(PEOPLE), [path.runner for path in self.structure.paths]
        for number, (model, column) in enumerate(self.places.people.items()):
            at = runners.index(model)
            if number == 0:
                self._section(column, f"{QUANTITIES[PEOPLE].label} ({QUANTITIES[PEOPLE].unit})")
            self._column(column, catalogue.models()[model].label, PEOPLE)
            self._unit(column, QUANTITIES[PEOPLE].unit)
            expression = self.book.once((NAME, PEOPLE, model), partial(self._formula, node, at))
            values = self.book.trials[PEOPLE][:, :, at]
            self._cases(column, expression, values[:, : len(CASES)])
            self._down(column, expression, values[:, len(CASES) :])

    def _quantities(self) -> None:
        self._people()
        for key in (*OF_PHASES, *OF_PATHS):
            for at, expression in enumerate(self.book.once((NAME, key), partial(self._expressions, key))):
                column = self.homes[key].column + at
                values = self.book.trials[key][:, :, at]
                self._cases(column, expression, values[:, : len(CASES)])
                self._down(column, expression, values[:, len(CASES) :])

    def _expressions(self, key: str) -> list[Expression]:
        """The formulas of a quantity's columns; of equal ones, all but the first only show the first."""
        node = self.graph.node(key)
        known: dict[tuple, int] = {}
        expressions = []
        for at in range(self.structure.sizes[node.over[0]]):
            expression = self._formula(node, at)
            same = known.setdefault(expression.pieces, at)
            expressions.append(expression if same == at or expression.is_literal else self._read(key, same))
        return expressions

    def _formula(self, node: Node, at: int) -> Expression:
        """A node's formula at one element; a sum over phases is written out as the few terms that the structure leaves."""
        collapses = any(argument.collapsed for argument in node.arguments)
        names = QUANTITIES[node.key].arguments
        arguments = {
            name: self._argument(argument, at, collapses) for name, argument in zip(names, node.arguments, strict=True)
        }
        return written(QUANTITIES[node.key].function, arguments)

    def _argument(self, argument: Argument, at: int, collapses: bool) -> object:
        node = self.graph.node(argument.node)
        if argument.collapsed:
            if self.graph.is_static(argument.node):
                return self.book.values[argument.node][0]
            return [self._read(argument.node, element) for element in range(self.structure.sizes[argument.collapsed])]
        if collapses and node.over and self.graph.is_static(argument.node):
            return float(self.book.values[argument.node][0, at])
        return self._read(argument.node, at)

    def _read(self, key: str, at: int) -> Expression:
        """A node as a trial's row reads it: its column here, its cell elsewhere, what the structure settles, or written out."""
        node = self.graph.node(key)
        if key == PEOPLE and (model := self.structure.paths[at].runner) in self.places.people:
            return reference(Reference(Home(NAME, CASE_ROW, self.places.people[model], down="trial"), NAME))
        if key in self.homes:
            fixed = ((node.over[0], at),) if node.over else ()
            return reference(Reference(self.homes[key], NAME, fixed=fixed))
        if node.kind == "element" and node.arguments[0].node == "estimate":
            return reference(Reference(self.homes["estimate"], NAME, fixed=(("estimate", node.index),)))
        if key not in self.moving:
            return self._elsewhere(node, at)
        if node.kind == "gather":
            return self._gathered(node, at)
        return self._formula(node, at)

    def _gathered(self, node: Node, at: int) -> Expression:
        target = int(self.graph.relations[node.relation].index[at])
        if target < 0:
            return literal(0)
        source = node.arguments[0].node
        if source != "value":
            return self._read(source, target)
        row = int(self.graph.parameters[node.key.partition("@")[0]][target])
        return literal(0) if row < 0 else reference(Reference(self.homes["value"], NAME, fixed=(("parameter", row),)))

    def _elsewhere(self, node: Node, at: int) -> Expression:
        """What does not differ between trials: its cell above them, or 0 or 1 where the structure settles it."""
        coordinates = dict.fromkeys(node.over, at)
        if self.graph.is_static(node.key):
            value = self.book.values[node.key][(0, *coordinates.values())]
            if value in (0, 1):
                return literal(value)
        column = self.same.setdefault((node.key, at if node.over else 0), self.places.same + len(self.same))
        return reference(Reference(Home(NAME, SAME_ROW, column), NAME))

    def _same(self) -> None:
        """What no trial changes: one cell each, which fetches it from its own sheet."""
        self._section(self.places.same, "The same in every trial")
        for (key, at), column in self.same.items():
            over, (label, unit, _) = self.graph.node(key).over, head_of(self.book, key)
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
            formula = None if expression.is_literal else expression.printed({"trial": at})
            by_scenario = values[:, at]
            value = by_scenario[0] if len(by_scenario) == 1 or formula is None else by_scenario
            style = "calc" if formula else "fixed"
            self.sheet.cells[CASE_ROW + at, column] = Cell(value, formula, style, "number")

    def _comparisons(self) -> None:
        """What the trials compare: the cost of the same scope between paths, and what is invoiced with the budget."""
        self._scope_costs()
        self._bills()
        costs = self._contenders()
        at_all, at_eligible = self.places.winners
        self._winner(at_all, "Cheapest path no.", self.places.scope, self.scope_costs)
        self._winner(at_eligible, "Cheapest eligible path no.", self.places.contending, costs)
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
            expression = self.book.once(
                (NAME, "scope", at), partial(self._written, scope_cost, ("total", "beyond"), at)
            )
            self._down(self.places.scope + at, expression, self.scope_costs[:, len(CASES) :, at])

    def _bills(self) -> None:
        self._section(self.places.bills, "Invoiced for the job (currency)")
        values = bill(self.book.trials["invoiced"])
        for at, path in enumerate(self.structure.paths):
            self._money_column(self.places.bills + at, path.label, "bill")
            expression = self.book.once((NAME, "bill", at), partial(self._written, bill, ("invoiced",), at))
            self._down(self.places.bills + at, expression, values[:, len(CASES) :, at])

    def _written(self, function: Callable, keys: tuple[str, ...], at: int) -> Expression:
        """The formula of a function that reads these nodes of a path."""
        return traced(
            function, dict(zip(signature(function).parameters, (self._read(k, at) for k in keys), strict=True))
        )

    def _money_column(self, column: int, label: str, key: str) -> None:
        self._column(column, label, key)
        self._unit(column, "currency")

    def _contenders(self) -> np.ndarray:
        """The cost by which a path contends among the eligible ones; what it is, shape (scenario, case or trial, path)."""
        book, first, paths = self.book, self.places.contending, len(self.structure.paths)
        scope = Home(NAME, CASE_ROW, self.places.scope, down="trial", along="path")
        every = reference(Reference(scope, NAME, paths, "path"))
        self._section(first, "The same, or more than any where a gate excludes the path (currency)")
        costs = self.scope_costs
        eligible = book.values["eligible"]
        contending = contender(costs, eligible[:, np.newaxis], costs)
        for at, path in enumerate(self.structure.paths):
            self._money_column(first + at, path.label, "contending")
            self.sheet.put(ID_ROW, first + at, "0/1", "unit_centred")
            book.fetch(NAME, NUMBER_ROW, first + at, book.spot("eligible", path=at), "calc", "flag")
            expression = traced(
                contender,
                {
                    "scope_cost": reference(Reference(scope, NAME, fixed=(("path", at),))),
                    "eligible": reference(Reference(Home(NAME, NUMBER_ROW, first + at), NAME)),
                    "all_scope_costs": every,
                },
            )
            self._down(first + at, expression, contending[:, len(CASES) :, at])
        return contending

    def _winner(self, column: int, label: str, first: int, costs: np.ndarray) -> None:
        """The number of the cheapest path in each trial. first: column of the first path's costs."""
        self.sheet.put(LABEL_ROW, column, label, "head")
        self.sheet.put(ID_ROW, column, "winner", "id")
        self._unit(column, "path")
        self.sheet.widths[column] = 11
        home = Home(NAME, CASE_ROW, first, down="trial", along="path")
        paths = len(self.structure.paths)
        expression = traced(winner, {"contenders": reference(Reference(home, NAME, paths, "path"))})
        self._down(column, expression, winner(costs[:, len(CASES) :])[..., 0].astype(float))
