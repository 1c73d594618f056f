"""A workbook before it is packed: sheets of cells, where each quantity lives, and how cells refer to each other.

A cell holds one value per scenario, so that one book serves a single workbook as well as a batch of thousands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import product
from typing import Any, NamedTuple, TypeVar

import numpy as np

from calc.graph import Argument, Node
from calc.model import DAY_ZERO, Model
from calc.quantity import QUANTITIES
from calc.structure import RELATIONS
from workbook.files.archive import Packing
from workbook.files.digits import DIGITS, significant_each
from workbook.write.edition import Edition
from workbook.write.formula.expression import (
    Expression,
    Home,
    Reference,
    call,
    indexed,
    literal,
    operation,
    reference,
)
from workbook.write.formula.tracing import traced, written
from workbook.write.sheet import Area, Cell, Sheet, Value

# The dimension of a reference that moves with the one cell that is written, and of one that moves from each of the cells
# that are filled to the next.
HERE, EACH = "here", "each"

T = TypeVar("T")


class Spot(NamedTuple):
    """A cell or range to build formulas on: how it is referred to, and its values, shape (scenario or 1, n); where each of the
    cells that are filled reads another one, (scenario or 1, cell, n)."""

    home: Home
    values: np.ndarray
    length: int = 0
    coordinates: tuple[tuple[str, int], ...] = ()

    def expression(self, sheet: str) -> Expression:
        return reference(Reference(self.home, sheet, self.length, "n" if self.length else None, self.coordinates))

    def down(self) -> Spot:
        """The same, its row moving with the formula that reads it."""
        row, column = self.home.cell(dict(self.coordinates) | {"n": 0})
        return Spot(Home(self.home.sheet, row, column, HERE, self.home.along), self.values, self.length)

    def along(self) -> Spot:
        """The same, its column moving with the formula that reads it."""
        row, column = self.home.cell(dict(self.coordinates) | {"n": 0})
        return Spot(Home(self.home.sheet, row, column, self.home.down, HERE), self.values, self.length)

    def each(self) -> Spot:
        """The cells of a range one by one, as formulas below or beside each other read them."""
        down, along = (EACH if dimension == "n" else dimension for dimension in (self.home.down, self.home.along))
        return self._replace(
            home=self.home._replace(down=down, along=along), values=self.values[..., np.newaxis], length=0
        )

    def near(self, sheet: str, row: int, column: int) -> Spot:
        """As a formula in that cell reads it: a cell beside it moves down with it, one above it moves along."""
        if self.length or self.home.sheet != sheet or {HERE, EACH} & {self.home.down, self.home.along}:
            return self
        own_row, own_column = self.home.cell(dict(self.coordinates))
        if own_row == row:
            return self.down()
        return self.along() if own_column == column else self


class Book:
    """All sheets of one structure of paths, with the values of a number of scenarios."""

    def __init__(
        self,
        model: Model,
        values: Mapping[str, np.ndarray],
        texts: Mapping[str, Value],
        trials: Mapping[str, np.ndarray],
        studies: Any,
        count: int,
        formulas: dict[Hashable, Any] | None = None,
        original: Book | None = None,
        edition: Edition = Edition.full,
        made_on: date | None = None,
    ) -> None:
        self.model = model
        self.graph = model.graph
        self.structure = model.structure
        self.values = dict(values)
        self.texts = dict(texts)
        self.trials = dict(trials)
        self.studies = studies
        self.count = count
        self.edition = edition
        # The day that its file bears, None where it becomes no file of anybody.
        self.made_on = made_on
        self._original = original
        self.sheets: dict[str, Sheet] = {}
        self.homes: dict[str, Home] = {}
        # Where a sheet shows what it reads of others, so that its own formulas name none of them: (sheet, key) -> place.
        self._shown: dict[tuple[str, str], Home] = {}
        # Quantities without cells: each is written into the formulas that read it.
        self._written_out: set[str] = set()
        self.headers: dict[str, tuple[int, int]] = {}
        self.names: dict[str, tuple[str, int, int]] = {}
        # Formulas of earlier books with the same paths, whose layout is the same.
        self._known = {} if formulas is None else formulas
        self._formulas: list[tuple[str, str, str]] = []
        # Sheet -> the writing that waits there, in order.
        self._waiting: dict[str, deque[Callable[[], object]]] = {}

    @property
    def recorded(self) -> Book:
        """The book whose inputs the sheet Record keeps: the original where the inputs have changed since, else this one."""
        return self._original or self

    def sheet(self, sheet: Sheet) -> Sheet:
        self.sheets[sheet.name] = sheet
        return sheet

    @property
    def day_made(self) -> np.ndarray:
        """The day that its file bears as a cell holds it, shape (scenario,): no part of the template."""
        return np.full(self.count, float((self.made_on - DAY_ZERO).days) if self.made_on else np.nan)

    @cached_property
    def nodes(self) -> list[Node]:
        """The nodes of all values, each after those that it reads."""
        return [self.node(key) for key in self.graph.order(tuple(self.values))]

    # Where quantities live

    def settle(self, key: str, home: Home) -> None:
        """Say where an array lives. Every array has one home."""
        if key in self.homes:
            raise ValueError(f"{key} lives in {self.homes[key].sheet} already")
        self.homes[key] = home

    def place(self, key: str, home: Home, style: str = "calc", format: str = "general") -> None:
        """Give a quantity its home and, once every home is known, its formulas there."""
        self.settle(key, home)
        self._formulas.append((key, style, format))

    def show(self, key: str, home: Home, style: str = "calc") -> None:
        """Show what lives on another sheet, for the quantities of this one to read here: they can be filled then."""
        self._shown[home.sheet, key] = home
        self.later(home.sheet, partial(self._show, key, home, style))

    def write_out(self, key: str) -> None:
        """Write a quantity into the formulas that read it, over the same dimensions: it has no cells of its own."""
        self._written_out.add(key)

    def lives_elsewhere(self, key: str, sheet: str) -> bool:
        """Whether an array has its home already, on another sheet, and is not shown on this one."""
        node = self.node(key)
        home = self.homes.get(node.arguments[0].node if node.kind == "element" else key)
        return home is not None and home.sheet != sheet and (sheet, key) not in self._shown

    def _show(self, key: str, home: Home, style: str) -> None:
        over, cells = self.node(key).over, self.sheets[home.sheet].cells
        first = self.spot(key, **dict.fromkeys(over, 0))
        source = first.home.cell(dict(first.coordinates))
        self.at(first.home.sheet, *source)
        format = self.sheets[first.home.sheet].cells[source].format
        formulas = self.once((home.sheet, key), partial(self._fetching, key, home))
        for place, value, formula in zip(*_elements(home, over, self.values[key]), formulas, strict=True):
            cells[place] = Cell(value, formula, style, format)

    def _fetching(self, key: str, home: Home) -> tuple[str, ...]:
        """The formulas of the cells that show a quantity."""
        formulas = []
        for coordinates in self._coordinates(self.node(key)):
            spot = self.spot(key, **coordinates)
            moving = (spot.along() if spot.home.along else spot.down()) if coordinates else spot
            formulas.append(_fetched(moving, home.sheet, *home.cell(coordinates)))
        return tuple(formulas)

    def inputs(self, key: str, home: Home, style: str = "input", format: str = "general") -> None:
        """Give an input its home and write its values there, as they are."""
        self.settle(key, home)
        cells = self.sheets[home.sheet].cells
        for place, value in zip(*_elements(home, self.node(key).over, self.values[key]), strict=True):
            cells[place] = Cell(value, None, style, format)

    def node(self, key: str) -> Node:
        return self.graph.node(key)

    def size(self, dimension: str) -> int:
        return self.structure.sizes[dimension]

    # Formulas

    @property
    def packing(self) -> Packing:
        """How its file is packed."""
        return self.edition.packing

    def finish(self) -> None:
        """Write every formula, now that every home is known, and then all that builds on other cells."""
        rounded = self._rounded()
        for key, style, format in self._formulas:
            home, node = self.homes[key], self.node(key)
            cells = self.sheets[home.sheet].cells
            fills, formulas = self.once(key, partial(self._written, node, home))
            filled = self._filled(node, home) if fills else None
            for place, value, formula in zip(*_elements(home, node.over, rounded[key]), formulas, strict=True):
                cells[place] = Cell(value, formula, style, format, filled)
        self._formulas.clear()
        self.write_all()

    def _rounded(self) -> dict[str, np.ndarray]:
        """The values of the quantities that have formulas, to as many digits as their sheets keep."""
        by_digits: dict[int, list[str]] = {}
        for key, *_ in self._formulas:
            by_digits.setdefault(self.sheets[self.homes[key].sheet].digits, []).append(key)
        rounded: dict[str, np.ndarray] = {}
        for digits, keys in by_digits.items():
            arrays = [self.values[key] for key in keys]
            rounded |= zip(keys, arrays if digits == DIGITS else significant_each(arrays, digits), strict=True)
        return rounded

    def _written(self, node: Node, home: Home) -> tuple[bool, list[str]]:
        """Whether the cells of a quantity may share their formula, and what it is in each of them."""
        expression = self._expression(node, home)
        return expression.fills(home), [expression.printed(coordinates) for coordinates in self._coordinates(node)]

    def _coordinates(self, node: Node) -> Iterator[dict[str, int]]:
        """Those of each element of a node."""
        for index in product(*(range(self.size(dimension)) for dimension in node.over)):
            yield dict(zip(node.over, index, strict=True))

    def _filled(self, node: Node, home: Home) -> Area | None:
        """The cells of a quantity, where they are several."""
        last = home.cell({dimension: self.size(dimension) - 1 for dimension in node.over})
        return Area(home.row, home.column, *last) if last != (home.row, home.column) else None

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Something that depends on the paths alone, such as a formula: made for the first book with these paths."""
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]

    def _expression(self, node: Node, home: Home) -> Expression:
        if node.kind == "gather":
            return self._lookup(node, home)
        names = QUANTITIES[node.key].arguments
        arguments = {
            name: self._argument(argument, home.sheet) for name, argument in zip(names, node.arguments, strict=True)
        }
        return written(QUANTITIES[node.key].function, arguments)

    def _argument(self, argument: Argument, sheet: str) -> Expression | np.ndarray:
        """How a formula on the sheet reads an argument: where there are no elements to sum, nothing is what they come to."""
        if argument.collapsed and not self.size(argument.collapsed):
            return np.empty(0)
        if argument.node in self._written_out:
            return self._expression(self.node(argument.node), Home(sheet, 0, 0))
        return self._reference(argument.node, sheet, argument.collapsed)

    def _reference(self, key: str, sheet: str, collapsed: str | None = None) -> Expression:
        node, length = self.node(key), self.size(collapsed) if collapsed else 0
        if (sheet, key) in self._shown:
            return reference(Reference(self._shown[sheet, key], sheet, length, collapsed))
        if node.kind == "element":
            vector = node.arguments[0].node
            dimension = self.node(vector).over[0]
            return reference(Reference(self._home(vector), sheet, fixed=((dimension, node.index),)))
        return reference(Reference(self._home(key), sheet, length, collapsed))

    def _home(self, key: str) -> Home:
        if key not in self.homes:
            raise KeyError(f"{key} has no place in the workbook")
        return self.homes[key]

    def _lookup(self, node: Node, home: Home) -> Expression:
        """The value that a relation points to: a parameter of a model by SUMIFS, anything else by INDEX."""
        relation = self.graph.relations[node.relation]
        pointer = self._reference(RELATIONS[node.relation].by, home.sheet)
        source = node.arguments[0].node
        if source == "value":
            ranges = [
                self._reference(key, home.sheet, "parameter") for key in ("value", "parameter_id", "model_of_row")
            ]
            header = reference(Reference(Home(home.sheet, *self.headers[node.key]), home.sheet))
            own = call("SUMIFS", *ranges[:2], header, ranges[2], pointer)
            models = np.unique(relation.index)
            quotes = [
                quote
                for at, quote in enumerate(
                    self.structure.quotes, len(self.structure.bases) - len(self.structure.quotes)
                )
                if at in models
            ]
            saying = [quote for quote in quotes if node.key.partition("@")[0] in quote.figures]
            if len(saying) == len(quotes):
                return own
            # What a quote does not name is its model's.
            kind = indexed(self._reference("kind", home.sheet, relation.target), pointer)
            of_kind = call("SUMIFS", *ranges[:2], header, ranges[2], kind)
            if not saying:
                return of_kind
            named = operation(">", call("COUNTIFS", ranges[1], header, ranges[2], pointer), literal(0))
            return call("IF", named, own, of_kind)
        related = indexed(self._reference(source, home.sheet, relation.target), pointer)
        if (relation.index >= 0).all():
            return related
        return call("IF", operation("=", pointer, literal(0)), literal(0), related)

    # Cells that build on other cells

    def spot(self, key: str, **coordinates: int) -> Spot:
        """One element of a quantity, by its coordinates (0-based)."""
        node = self.node(key)
        if node.kind == "element":
            return self.spot(node.arguments[0].node, **{self.node(node.arguments[0].node).over[0]: node.index})
        values = self.values[key][(slice(None), *[coordinates[d] for d in node.over], np.newaxis)]
        return Spot(self._home(key), values, 0, tuple(coordinates.items()))

    def range(self, key: str, **coordinates: int) -> Spot:
        """A quantity along the one dimension that the coordinates leave open."""
        node, home = self.node(key), self._home(key)
        (open_,) = [d for d in node.over if d not in coordinates]
        index: tuple[int | slice, ...] = (slice(None), *(coordinates.get(d, slice(None)) for d in node.over))
        values = self.values[key][index]
        start = home.cell({**coordinates, open_: 0})
        along = Home(home.sheet, *start, *(("n", None) if home.down == open_ else (None, "n")))
        return Spot(along, values, self.size(open_))

    def ranges(self, key: str, each: str) -> Spot:
        """A quantity of two dimensions: its range along the other one for each element of the one, side by side or below."""
        node, home = self.node(key), self._home(key)
        (open_,) = [d for d in node.over if d != each]
        named = {each: EACH, open_: "n"}
        values = np.moveaxis(self.values[key], 1 + node.over.index(each), 1)
        moving = home._replace(down=named.get(home.down or ""), along=named.get(home.along or ""))
        return Spot(moving, values, self.size(open_))

    def at(self, sheet: str, row: int, column: int, down: int = 0, along: int = 0) -> Spot:
        """A cell by its place, or the range of so many rows or columns that begins there, written first where it waits."""
        if not (down or along):
            return Spot(Home(sheet, row, column), self._content(sheet, row, column)[:, np.newaxis])
        places = [(row + i, column) for i in range(down)] or [(row, column + i) for i in range(along)]
        values = side_by_side([self._content(sheet, *place) for place in places])
        return Spot(Home(sheet, row, column, "n" if down else None, "n" if along else None), values, down or along)

    def _content(self, sheet: str, row: int, column: int) -> np.ndarray:
        """The values of a cell by scenario: one where it is constant, and an empty text where there is none."""
        cells, waiting = self.sheets[sheet].cells, self._waiting.get(sheet)
        while waiting and (row, column) not in cells:
            waiting.popleft()()
        value = cells[row, column].value
        return value if value.__class__ is np.ndarray else np.array(["" if value is None else value])

    def derive(
        self,
        sheet: str,
        row: int,
        column: int,
        function: Callable,
        style: str = "calc",
        format: str = "general",
        /,
        **spots: Spot,
    ) -> Spot:
        """A cell whose formula and value are both what the function gives for the spots; kept if one is on no sheet."""
        values = np.asarray(function(**{name: spot.values for name, spot in spots.items()})).reshape(-1)
        if not self.holds(*spots.values()):
            return self._keep(sheet, row, column, values, format)
        formula = self.once((sheet, row, column), partial(_derived, function, spots, sheet, row, column))
        value = values[0] if len(values) == 1 else values
        self.sheets[sheet].cells[row, column] = Cell(value, formula, style, format)
        return Spot(Home(sheet, row, column), values[:, np.newaxis])

    def fill(
        self,
        sheet: str,
        row: int,
        column: int,
        function: Callable,
        style: str = "calc",
        format: str = "general",
        /,
        **spots: Spot,
    ) -> None:
        """As `derive` for cells below or beside each other, by one call for all of them. Of some spots, each cell reads its own:
        `Spot.each`, `ranges`."""
        values = np.asarray(
            function(**{name: s.values if s.values.ndim > 2 else s.values[:, np.newaxis] for name, s in spots.items()})
        )[..., 0].T
        down = any(spot.home.down == EACH for spot in spots.values())
        places = [(row + at, column) if down else (row, column + at) for at in range(len(values))]
        if not self.holds(*spots.values()):
            for place, shown in zip(places, values, strict=True):
                self._keep(sheet, *place, shown, format)
            return
        # What stands in the row, or the column, of these cells is the same for all of them.
        near = (0, column) if down else (row, 0)
        own = Home(sheet, row, column, EACH, HERE) if down else Home(sheet, row, column, HERE, EACH)

        def written() -> tuple[bool, list[str]]:
            formula = _formula(function, {name: spot.near(sheet, *near) for name, spot in spots.items()}, sheet)
            return formula.fills(own), [formula.printed({HERE: 0, EACH: at}) for at in range(len(places))]

        fills, formulas = self.once(f"{sheet}!{places[0]}", written)
        filled = Area(*places[0], *places[-1]) if fills and len(places) > 1 else None
        cells = self.sheets[sheet].cells
        contents = values[:, 0] if values.shape[1] == 1 else values
        for place, shown, formula in zip(places, contents, formulas, strict=True):
            cells[place] = Cell(shown, formula, style, format, filled)

    def fetch(
        self, sheet: str, row: int, column: int, spot: Spot, style: str = "calc", format: str = "general"
    ) -> Spot:
        """A cell that shows the content of another; kept if that is on no sheet."""
        if not self.holds(spot):
            return self._keep(sheet, row, column, spot.values[:, 0], format)
        formula = self.once((sheet, row, column), partial(_fetched, spot, sheet, row, column))
        values = spot.values[:, 0]
        self.sheets[sheet].cells[row, column] = Cell(values[0] if len(values) == 1 else values, formula, style, format)
        return Spot(Home(sheet, row, column), spot.values)

    def holds(self, *spots: Spot) -> bool:
        """Whether this edition has the sheets on which the spots live."""
        # Asked for every cell: a loop takes a third of the time of `all`.
        for spot in spots:  # noqa: SIM110
            if spot.home.sheet not in self.sheets:
                return False
        return True

    def _keep(self, sheet: str, row: int, column: int, values: np.ndarray, format: str) -> Spot:
        """A cell with the value as it was when the workbook was made: what a formula would read is not in this edition."""
        if self._original:
            values = np.asarray(self._original.sheets[sheet].cells[row, column].value)
        values = np.broadcast_to(values, self.count)
        # A missing value, such as the chance of exceeding a budget that nobody gave, is 0, as whatever reads a blank finds.
        if values.dtype.kind == "f":
            values = np.where(np.isnan(values), 0.0, values)
        self.sheets[sheet].cells[row, column] = Cell(values, None, "published", format)
        return Spot(Home(sheet, row, column), values[:, np.newaxis])

    def later(self, sheet: str, write: Callable[[], object]) -> None:
        """Write something on a sheet once every quantity has its home, at the latest when a cell of the sheet is read."""
        self._waiting.setdefault(sheet, deque()).append(write)

    def write(self, sheet: str) -> Sheet:
        """The sheet, with everything written that waits there."""
        # What has no value, as a share of nothing, is a missing one in its cell.
        with np.errstate(divide="ignore", invalid="ignore"):
            while self._waiting.get(sheet):
                self._waiting[sheet].popleft()()
        return self.sheets[sheet]

    def write_all(self) -> None:
        """Write everything that waits, on every sheet."""
        while any(self._waiting.values()):
            for sheet in self.sheets:
                self.write(sheet)

    def name(self, name: str, sheet: str, row: int, column: int) -> None:
        """A defined name for a cell."""
        if name in self.names:
            raise ValueError(f"the name {name} is taken")
        self.names[name] = (sheet, row, column)


def side_by_side(columns: Sequence[np.ndarray]) -> np.ndarray:
    """Columns of shape (scenario or 1,) as one array of shape (scenario or 1, column)."""
    count = max(map(len, columns))
    # A tenth of the time of `np.stack` and `np.broadcast_arrays`, and in memory as those leave them.
    whole = np.concatenate([column if len(column) == count else column.repeat(count) for column in columns])
    return np.ascontiguousarray(whole.reshape(-1, count).T)


def _elements(home: Home, over: tuple[str, ...], values: np.ndarray) -> tuple[list[tuple[int, int]], Iterable[Value]]:
    """The cells of a home, and the values of an array over these dimensions in them: constants, or of shape (scenario,)."""
    columns = values.ravel() if len(values) == 1 else np.moveaxis(values, 0, -1).reshape(-1, len(values))
    return _places(home, over, values.shape[1:]), columns


@lru_cache(maxsize=4096)
def _places(home: Home, over: tuple[str, ...], shape: tuple[int, ...]) -> list[tuple[int, int]]:
    """The cells of a home, one for each element of an array over these dimensions."""
    return [home.cell(dict(zip(over, index, strict=True))) for index in product(*map(range, shape))]


def _derived(function: Callable, spots: Mapping[str, Spot], sheet: str, row: int, column: int) -> str:
    """The formula of a cell that the function gives for the spots."""
    near = {name: spot.near(sheet, row, column) for name, spot in spots.items()}
    return _formula(function, near, sheet).printed({HERE: 0})


def _fetched(spot: Spot, sheet: str, row: int, column: int) -> str:
    """The formula of a cell that shows the spot."""
    return spot.near(sheet, row, column).expression(sheet).printed({HERE: 0})


def _formula(function: Callable, spots: Mapping[str, Spot], sheet: str) -> Expression:
    return traced(function, {name: spot.expression(sheet) for name, spot in spots.items()})
