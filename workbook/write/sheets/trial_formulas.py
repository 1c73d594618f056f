"""The formulas of the trials and their rows: each quantity that differs from trial to trial is written once.

What the structure of a path settles (who is paid by the hour, what was documented before) is settled in the formula. A
formula that comes out as a number or as another cell needs no row; of equal formulas only the first has one. Short
formulas are written into those that read them, as long as these stay readable: every cell is a part of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import signature

import numpy as np

from calc import catalogue
from calc.graph import Argument, Node
from calc.model import CASES
from calc.quantity import QUANTITIES
from calc.simulation.contending import scope_cost
from workbook.write.book import Book
from workbook.write.formula.expression import BELOW, Expression, Home, Reference, literal, reference
from workbook.write.formula.tracing import traced, written
from workbook.write.once.live_trials import (
    IF_NEEDED,
    IN_ROWS,
    LIVE_TRIALS,
    OF_PATHS,
    PEOPLE,
    READ_ELSEWHERE,
    varying,
)

ALONG = "trial"
# The characters that a formula may have, with its longest addresses.
LONGEST, FARTHEST = 500, 999


@dataclass(frozen=True)
class Written:
    """A row of formulas: of which element of which quantity. formula: as it moves down the rows."""

    key: str
    at: int
    row: int
    formula: Expression


@dataclass(frozen=True)
class TrialRows:
    """What came of writing the formulas of the trials: all that the sheet needs, without what they were made from.

    same: node and index of a value that is the same in every trial -> its row; rows: quantity and path of what other
    sheets read -> its row; scope: for each path the formula of its cost of the same scope, in a row from `first` on.
    """

    written: tuple[Written, ...]
    same: dict[tuple[str, int], int]
    rows: dict[tuple[str, int], int]
    scope: tuple[Expression, ...]
    first: int


def trial_rows(book: Book, sheet: str, column: int, same_column: int, figures: Sequence[int], first: int) -> TrialRows:
    """The rows from the first on; the arguments are those of TrialFormulas."""
    formulas = TrialFormulas(book, sheet, column, same_column, figures, first)
    paths = range(len(book.structure.paths))
    scope = formulas.next + 1
    costs = [formulas.of_path(scope_cost, ("total", "beyond"), at).below(scope + at, alone=True) for at in paths]
    rows = {(key, at): formulas.row(key, at) for key in READ_ELSEWHERE for at in paths}
    return TrialRows(tuple(formulas.written), formulas.same, rows, tuple(costs), scope)


def cell(sheet: str, row: int, column: int) -> Expression:
    """The cell of a row in a trial's own column, as its formulas read it. column: the first column of formulas."""
    return reference(Reference(Home(sheet, row, column, along=ALONG), sheet))


class TrialFormulas:
    """The rows from the first on, block by block: what is the same in every trial, then the quantities that read it.

    column: the first column of formulas. figures: the row of each figure that is drawn.
    """

    def __init__(
        self, book: Book, sheet: str, column: int, same_column: int, figures: Sequence[int], first: int
    ) -> None:
        self.sheet, self.column, self.same_column = sheet, column, same_column
        self.graph, self.structure = book.graph, book.structure
        # The book itself is not kept: all books with these paths share the formulas, and one takes 40 MB.
        self.static = {key: values for key, values in book.values.items() if self.graph.is_static(key)}
        self.moving = varying(book.model)
        self.figures, self.next = figures, first
        self.written: list[Written] = []
        # Node and index of a value that is the same in every trial -> its row.
        self.same: dict[tuple[str, int], int] = {}
        # Quantity -> its elements as formulas read them.
        self.read: dict[str, dict[int, Expression]] = {}
        # Node and index -> what is written into the formulas that read it; until it reads a row that it did not before.
        self.inline: dict[tuple[str, int], Expression] = {}
        # Path -> those of IF_NEEDED that have rows of their own on it.
        self.apart: dict[int, tuple[str, ...]] = dict.fromkeys(range(len(self.structure.paths)), ())
        for key in IN_ROWS:
            self._quantity(key)

    def cell(self, row: int) -> Expression:
        """The cell of a row in a trial's own column."""
        return cell(self.sheet, row, self.column)

    def row(self, key: str, at: int) -> int:
        """The row of one element of a quantity."""
        (piece,) = self.read[key][at].pieces
        assert isinstance(piece, Reference)
        return piece.home.row

    def of_path(self, function: Callable, keys: Sequence[str], at: int) -> Expression:
        """The formula of a function that reads these quantities of a path."""
        reads = (self._read(key, at) for key in keys)
        return traced(function, dict(zip(signature(function).parameters, reads, strict=True)))

    def _quantity(self, key: str) -> None:
        node = self.graph.node(key)
        if key == IF_NEEDED[0]:
            self._keep_apart()
        made = [(at, self._formula(node, at)) for at in self._elements(node)]
        self.next += 1
        known: dict[tuple, Expression] = {}
        self.read[key] = {}
        for at, formula in made:
            of_equal = known.get(formula.pieces)
            if of_equal is None:
                known[formula.pieces] = self.read[key][at] = self._placed(key, at, formula)
            else:
                # What other sheets read is in a row of each path, lest they calculate the same twice.
                shown = self._written(key, at, of_equal) if key in READ_ELSEWHERE else of_equal
                self.read[key][at] = shown
        self.inline.clear()
        self.next += 1

    def _elements(self, node: Node) -> list[int]:
        """The elements that may have rows; of the people on a payroll, only those that others are paid beside."""
        elements = range(self.structure.sizes[node.over[0]])
        if node.key == PEOPLE:
            models = catalogue.models()
            return [at for at in elements if models[self.structure.paths[at].runner].pricing == "salary"]
        if node.key in IF_NEEDED:
            return [at for path, keys in self.apart.items() if node.key in keys for at in self._of(node, path)]
        return list(elements)

    def _of(self, node: Node, path: int) -> list[int]:
        """The elements of a node that belong to a path."""
        if node.over[0] == "path":
            return [path]
        return np.flatnonzero(self.static["path_number"][0] == path + 1).tolist()

    def _keep_apart(self) -> None:
        """Choose what gets rows on each path, as little as it takes for no formula to become too long."""
        for path in self.apart:
            for number in range(len(IF_NEEDED) + 1):
                self.apart[path] = IF_NEEDED[:number]
                if self._longest(path) <= LONGEST:
                    break

    def _longest(self, path: int) -> int:
        """How long the longest formula of a path would be."""
        farthest = self.cell(FARTHEST)
        nodes = {key: self.graph.node(key) for key in (*self.apart[path], *OF_PATHS)}
        self.read |= {key: dict.fromkeys(self._elements(node), farthest) for key, node in nodes.items()}
        self.inline.clear()
        formulas = [self._formula(node, at) for key, node in nodes.items() for at in self._of(node, path)]
        formulas.append(self.of_path(scope_cost, ("total", "beyond"), path))
        for key in nodes:
            del self.read[key]
        self.inline.clear()
        place = {ALONG: LIVE_TRIALS + len(CASES), BELOW: FARTHEST}
        return max(len(formula.below(FARTHEST, alone=True).printed(place)) for formula in formulas)

    def _placed(self, key: str, at: int, formula: Expression) -> Expression:
        """What others read: the formula itself where it is a number or a cell, else its row."""
        first = formula.pieces[0]
        is_cell = len(formula.pieces) == 1 and isinstance(first, Reference)
        is_of_trial = is_cell and isinstance(first, Reference) and first.home.along == ALONG
        if is_of_trial or ((is_cell or formula.is_literal) and key not in READ_ELSEWHERE):
            return formula
        return self._written(key, at, formula)

    def _written(self, key: str, at: int, formula: Expression) -> Expression:
        """The next row, with the formula in it."""
        row, self.next = self.next, self.next + 1
        self.written.append(Written(key, at, row, formula.below(row, alone=True)))
        return self.cell(row)

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
                return self.static[argument.node][0]
            return [self._read(argument.node, element) for element in range(self.structure.sizes[argument.collapsed])]
        if collapses and node.over and self.graph.is_static(argument.node):
            return float(self.static[argument.node][0, at])
        return self._read(argument.node, at)

    def _read(self, key: str, at: int) -> Expression:
        """A node as a trial's column reads it: its row, a cell at the left, what the structure settles, or written out."""
        node = self.graph.node(key)
        known = self.read.get(key, {}).get(at)
        if known is not None:
            return known
        if node.kind == "element" and node.arguments[0].node == "estimate":
            return self.cell(self.figures[self.structure.sizes["parameter"] + node.index])
        if key not in self.moving:
            return self._elsewhere(node, at)
        if (key, at) not in self.inline:
            self.inline[key, at] = self._gathered(node, at) if node.kind == "gather" else self._formula(node, at)
        return self.inline[key, at]

    def _gathered(self, node: Node, at: int) -> Expression:
        target = int(self.graph.relations[node.relation].index[at])
        if target < 0:
            return literal(0)
        source = node.arguments[0].node
        if source != "value":
            return self._read(source, target)
        row = int(self.graph.parameters[node.key.partition("@")[0]][target])
        return literal(0) if row < 0 else self.cell(self.figures[row])

    def _elsewhere(self, node: Node, at: int) -> Expression:
        """What does not differ between trials: its cell at the left of them, or 0 or 1 where the structure settles it."""
        coordinates = dict.fromkeys(node.over, at)
        if self.graph.is_static(node.key):
            value = self.static[node.key][(0, *coordinates.values())]
            if value in (0, 1):
                return literal(value)
        place = node.key, at if node.over else 0
        if place not in self.same:
            self.same[place], self.next = self.next, self.next + 1
        return reference(Reference(Home(self.sheet, self.same[place], self.same_column), self.sheet))
