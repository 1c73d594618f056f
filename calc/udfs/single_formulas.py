"""Each formula of the model as a function of its own, over cells and ranges: the very functions of the model.

A formula takes single cells, columns, rows and tables; they combine as in a sheet, a single cell with every cell of a
range. An argument `all_x` is a range whose cells are summed or searched, in whatever shape.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np

import calc.quantities  # noqa: F401  registers the formulas
from calc.inputs import INPUTS
from calc.model import CASES, DAY_ZERO
from calc.quantity import QUANTITIES, Quantity
from calc.scenario.actuals import SERIES
from calc.scenario.schema import ANSWER_CODES
from calc.structure import COLUMNS
from calc.udfs.cells import MOST_ROWS, Cell, UnusableError, day, grid, is_blank, numbers, shown
from calc.udfs.formula_descriptions import RENAMED, description
from calc.udfs.function import PREFIX, ExcelFunction, fit_for_cells
from calc.udfs.output import NO_VALUE

# Their plain names are functions of a whole scenario.
OF_SCENARIOS = ("total", "npv", "fit", "same_scope", "status", "why_not")
# It only returns its argument.
NOT_OFFERED = ("weeks_to_stable",)
# Arguments in which a blank cell means something.
MAY_BE_BLANK = (
    "budget", "override_low", "override_likely", "override_high", "override_setting", "given_low", "given_high",
    "all_override_likely", "all_candidate_fit", "all_contending_same_scope", "all_eligible_same_scope", "all_other_fit",
    "all_second_same_scope", "all_to_switch",
    "all_counted_invoiced", "all_same_scope_difference", "all_break_even_chance", "candidate_fit",
    "best_candidate_fit", "best_other_fit", "least_invoiced", "budget_limit", "recommended_invoiced", "headroom",
    "recommended_same_scope", "recommended_same_place", "same_scope_difference", "way_difference", "searched_low",
    "searched_high", "meeting_loss", "break_even_loss", "history_low", "history_likely", "history_high",
    *(f"{along}actual_{name}" for name in SERIES for along in ("", "all_")),
)  # fmt: skip
DATES = ("start_day",)
CHOICES = {"case_number": {case: float(number) for number, case in enumerate(CASES, 1)}}
NOT_FINITE = "these values give no number; allowed: no division by 0"


def formulas() -> Iterator[ExcelFunction]:
    """A function of Excel for each formula, named tco_ and the name of the quantity."""
    for quantity in QUANTITIES.values():
        if quantity.name not in NOT_OFFERED:
            yield _formula(quantity)


def _formula(quantity: Quantity) -> ExcelFunction:
    names = [RENAMED.get(name, name) for name in quantity.arguments]

    def formula(*cells):  # without hints, by which xlwings would convert
        return Call(quantity, names, cells).result()

    formula.__name__ = formula.__qualname__ = f"{PREFIX}{quantity.name}" + (
        "_formula" if quantity.name in OF_SCENARIOS else ""
    )
    formula.__module__ = __package__
    about = " ".join((quantity.function.__doc__ or "").split())
    formula.__doc__ = f"{about} Unit: {quantity.unit}."
    parameters = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in names]
    vars(formula)["__signature__"] = inspect.Signature(parameters)
    return fit_for_cells(formula, {name: description(own) for name, own in zip(names, quantity.arguments, strict=True)})


class Call:
    """One call of a formula: its arguments as arrays that fit together, and the faults of single cells."""

    def __init__(self, quantity: Quantity, names: list[str], cells: tuple[Any, ...]) -> None:
        self.quantity, self.names = quantity, names
        self.collapses = any(name.startswith("all_") for name in quantity.arguments)
        left_out = (None,) * (len(names) - len(cells))
        self.grids = [grid(each) for each in (*cells, *left_out)]
        longest = max(range(len(names)), key=lambda at: len(self.grids[at]))
        if len(self.grids[longest]) > MOST_ROWS:
            raise UnusableError(names[longest], f"found {len(self.grids[longest]):,} rows", f"up to {MOST_ROWS:,}")
        self.values: list[np.ndarray] = []
        self.faults: dict[int, np.ndarray] = {}
        for at, name in enumerate(quantity.arguments):
            self._convert(at, name)
        self.shape = self._shape()

    def result(self) -> list[list[Any]]:
        arrays = [self._aligned(at) for at in range(len(self.names))]
        with np.errstate(all="ignore"):
            values = np.asarray(self._called(arrays), dtype=float)
        values = np.broadcast_to(values[..., 0] if self.collapses and values.ndim == 3 else values, self.shape)
        if not self.faults and np.isfinite(values).all():
            return values.tolist()
        return self._cells(values)

    def _called(self, arrays: list[np.ndarray]) -> np.ndarray:
        try:
            return self.quantity.function(*arrays)
        except IndexError:
            ranges = [at for at in range(len(self.names)) if self._is_summed(at)]
            sizes = ", ".join(f"{self.values[at].size:,} cells" for at in ranges)
            wanted = "as many cells as the position that is picked from them"
            raise UnusableError(self.names[ranges[0]], f"found {sizes}", wanted) from None
        except ValueError:  # of np.choose: a formula that chooses reads the position first
            wanted = "the position of one of the values after it, from 1"
            raise UnusableError(self.names[0], "found a number that is no position", wanted) from None

    def _convert(self, at: int, name: str) -> None:
        """Convert an argument to numbers, NaN for blanks; anything else becomes a fault."""
        cells = [cell for row in self.grids[at] for cell in row]
        values, wrong = _numbers(name, cells)
        blank = np.isnan(values) & ~wrong
        if name not in MAY_BE_BLANK and not _is_answer(name):
            wrong = wrong | blank
        values = np.where(blank & _is_answer(name), 0.0, values)
        self.values.append(values.reshape(len(self.grids[at]), -1))
        if wrong.any():
            self.faults[at] = wrong.reshape(self.values[at].shape)

    def _shape(self) -> tuple[int, int]:
        """Rows and columns of the result. Ranges to be summed become lines of cells, without their common blank end."""
        summed = [at for at, name in enumerate(self.quantity.arguments) if name.startswith("all_")]
        for dimension in {self._along(at): None for at in summed}:
            self._line_up([at for at in summed if self._along(at) == dimension])
        single = [at for at in range(len(self.names)) if at not in summed]
        shape = (1, 1)
        for at in single:
            try:
                shape = np.broadcast_shapes(shape, self.values[at].shape)
            except ValueError:
                size = " x ".join(map(str, self.values[at].shape))
                wanted = f"{' x '.join(map(str, shape))} cells like the arguments before it, or a single cell"
                raise UnusableError(self.names[at], f"found {size} cells", wanted) from None
        return shape

    def _along(self, at: int) -> str:
        """What a range runs along: the ranges of one dimension have the same length. A parameter is read of each phase."""
        name, over = self.quantity.arguments[at].removeprefix("all_"), self.quantity.over
        declared = QUANTITIES.get(name) or INPUTS.get(name)
        known = declared.over if declared else (COLUMNS[name].dimension,) if name in COLUMNS else ()
        outside = [dimension for dimension in known if dimension not in over]
        along = outside[0] if outside else over[-1] if known and over else "phase"
        return "phase" if along == "model" else along

    def _line_up(self, summed: list[int]) -> None:
        lines = {at: [cell for row in self.grids[at] for cell in row] for at in summed}
        longest = max(map(len, lines.values()))
        for at, line in lines.items():
            if len(line) not in (1, longest):
                raise UnusableError(
                    self.names[at],
                    f"found {len(line)} cells",
                    f"{longest} cells like the other ranges, or a single cell",
                )
        filled = [
            at for at in range(longest) if any(not is_blank(line[at]) for line in lines.values() if len(line) > 1)
        ]
        keep = filled[-1] + 1 if filled else longest
        for at in summed:
            self.values[at] = self.values[at].reshape(1, -1)[:, :keep]
            if at in self.faults:
                wrong = self.faults.pop(at).reshape(-1)[:keep]
                if wrong.any():
                    raise self._fault(at, lines[at][int(np.argmax(wrong))])

    def _aligned(self, at: int) -> np.ndarray:
        values, name = self.values[at], self.quantity.arguments[at]
        if name in CHOICES:
            values = np.where(np.isnan(values), 1, values).astype(int)
        if not self.collapses:
            return values
        return values[np.newaxis] if name.startswith("all_") else values[..., np.newaxis]

    def _cells(self, values: np.ndarray) -> list[list[Any]]:
        """The result with blanks, missing values and faults in their cells."""
        # A formula that names NaN returns it on purpose, for no value; from any other it is 0 divided by 0.
        nan = NO_VALUE if "nan" in self.quantity.function.__code__.co_names or self._reads_blanks() else NOT_FINITE
        cells = [
            [value if np.isfinite(value) else nan if value != value else NOT_FINITE for value in row]
            for row in values.tolist()
        ]
        for at, wrong in self.faults.items():
            for row, column in zip(*np.nonzero(np.broadcast_to(wrong, self.shape)), strict=True):
                cells[row][column] = str(self._fault(at, self._cell(at, row, column)))
        for row, column in self._blank_places():
            cells[row][column] = NO_VALUE
        return cells

    def _reads_blanks(self) -> bool:
        return any(np.isnan(values).any() for at, values in enumerate(self.values) if at not in self.faults)

    def _blank_places(self) -> list[tuple[int, int]]:
        """Where every range is blank, as in the spare rows below the data."""
        ranges = [at for at, each in enumerate(self.grids) if len(each) * len(each[0]) > 1 and not self._is_summed(at)]
        if not ranges:
            return []
        places = [(row, column) for row in range(self.shape[0]) for column in range(self.shape[1])]
        return [place for place in places if all(is_blank(self._cell(at, *place)) for at in ranges)]

    def _is_summed(self, at: int) -> bool:
        return self.quantity.arguments[at].startswith("all_")

    def _cell(self, at: int, row: int, column: int) -> Cell:
        cells = self.grids[at]
        return cells[min(row, len(cells) - 1)][min(column, len(cells[0]) - 1)]

    def _fault(self, at: int, cell: Cell) -> UnusableError:
        name = self.quantity.arguments[at]
        return UnusableError(self.names[at], f"found {shown(cell)}", _allowed(name))


def _numbers(name: str, cells: list[Cell]) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of an argument's cells: also yes and no for answers, the words of a choice, dates, and TRUE for 1."""
    if name in DATES:
        days = [day(cell) for cell in cells]
        wrong = np.array([date is None and not is_blank(cell) for date, cell in zip(days, cells, strict=True)])
        return np.array([np.nan if date is None else float((date - DAY_ZERO).days) for date in days]), wrong
    words = CHOICES.get(name) or (ANSWER_CODES if _is_answer(name) else {})
    if not words and not any(map(_is_bool, cells)):
        return numbers(cells)
    values, wrong = numbers([_coded(cell, words, _is_answer(name)) for cell in cells])
    if words:
        wrong = wrong | ~(np.isnan(values) | np.isin(values, list(words.values())))
    return np.where(wrong, np.nan, values), wrong


def _coded(cell: Cell, words: dict[str, float], is_answer: bool) -> Cell:
    if isinstance(cell, bool):
        return (1.0 if cell else -1.0) if is_answer else float(cell)
    return words.get(cell.strip().lower(), cell) if isinstance(cell, str) else cell


def _is_bool(cell: Cell) -> bool:
    return isinstance(cell, bool)


def _is_answer(name: str) -> bool:
    name = name.removeprefix("all_")
    return name.startswith(("answer_", "given_answer")) or name in ("first_wanted", "second_wanted")


def _allowed(name: str) -> str:
    if _is_answer(name):
        return "yes, no or unknown"
    if name in CHOICES:
        return ", ".join(CHOICES[name])
    if name in DATES:
        return "a date"
    return "a number, or an empty cell" if name in MAY_BE_BLANK else "a number"
