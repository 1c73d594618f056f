"""The cells that Excel hands over, and what each kind means. All conversions are here, none by type hints.

xlwings gives rows of cells for a range, the bare value for a constant, and None for an omitted argument. A cell is a
float, a text, a boolean, a datetime, None where it is blank, a Decimal where it is formatted as currency, and for an
error its text or, for the younger ones that xlwings does not know, its number.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

import numpy as np

from calc.model import DAY_ZERO
from calc.scenario.date_text import date_of_text
from calc.scenario.faults import shown as shown_value
from calc.scenario.number_text import number as number_in
from calc.scenario.unclear_value import UnclearValueError

Cell = Any
Grid = tuple[tuple[Cell, ...], ...]

# CVErr(2000) to CVErr(2099) as COM numbers them, and what cells show for them.
FIRST_ERROR, LAST_ERROR = -2146826288, -2146826189
ERRORS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
    2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!",
    2050: "#CALC!",
}  # fmt: skip
ERROR_TEXTS = frozenset(ERRORS.values()) | {"#BUSY!", "#PYTHON!", "#EXTERNAL!"}
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
NUMERIC = {float, int, type(None)}
LONGEST = 250
# A range of LONG rows or more counts as a whole column, whose blank end is ignored; more than MOST_ROWS are refused.
LONG, MOST_ROWS = 10_000, 100_000


class UnusableError(ValueError):
    """An argument that cannot be used. The cell shows its sentence: what is wrong, and what is allowed."""

    def __init__(self, argument: str, says: str, allowed: str = "") -> None:
        sentence = f"{argument}: {says}" + (f"; allowed: {allowed}" if allowed else "")
        super().__init__(sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 3] + "...")


def grid(cells: Any) -> Grid:
    """The rows of cells of an argument; a single value is one row of one cell.

    >>> grid(5.0)
    ((5.0,),)
    """
    if not isinstance(cells, list | tuple):
        return ((cells,),)
    if cells and isinstance(cells[0], list | tuple):
        return tuple(map(tuple, cells))
    return (tuple(cells),)


def within_reason(argument: str, cells: Grid) -> Grid:
    """The rows of a range; of a whole column or nearly so, those down to the last that is not blank.

    Raises UnusableError where there are too many.
    """
    if len(cells) >= LONG:
        last = next((at for at in range(len(cells), 0, -1) if not all(map(is_blank, cells[at - 1]))), 1)
        cells = cells[:last]
    if len(cells) > MOST_ROWS:
        raise UnusableError(argument, f"found {len(cells):,} rows", f"up to {MOST_ROWS:,}")
    return cells


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def omitted(cells: Any) -> bool:
    """Whether an optional argument is missing; a reference to blank cells counts as missing."""
    if not isinstance(cells, list | tuple):
        return is_blank(cells)
    return all(is_blank(cell) for row in grid(cells) for cell in row)


def error_text(cell: Cell) -> str | None:
    """The text of an error cell, for example #N/A; None for any other cell."""
    if isinstance(cell, str):
        return cell if cell in ERROR_TEXTS else None
    if isinstance(cell, int) and not isinstance(cell, bool) and FIRST_ERROR <= cell <= LAST_ERROR:
        return ERRORS.get(cell - FIRST_ERROR + 2000, "#ERROR")
    return None


def shown(cell: Cell) -> str:
    """A cell as a sentence shows it."""
    if error_text(cell):
        return f"the error {error_text(cell)}"
    if is_blank(cell):
        return "an empty cell"
    if isinstance(cell, datetime.date):
        return f"the date {cell:%Y-%m-%d}"
    return f"{cell:.12g}" if isinstance(cell, float) else shown_value(cell)


def number(cell: Cell) -> float | None:
    """The number in a cell, even spelled as text or formatted as currency; None if it holds none, or perhaps another.

    >>> number(" 1.5e3 "), number(True)
    (1500.0, None)
    """
    if isinstance(cell, str):
        try:
            return number_in(cell, "", "", True)
        except UnclearValueError:
            return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal) or error_text(cell):
        return None
    return float(cell) if np.isfinite(float(cell)) else None


def day(cell: Cell) -> datetime.date | None:
    """The day in a cell: a date, its number in the spreadsheet calendar, a text that means one day; None for all else."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    try:
        if isinstance(cell, str) and not NUMBER.fullmatch(cell.strip()):
            return date_of_text(cell)
        count = number(cell)
        return None if count is None or count < 1 else DAY_ZERO + datetime.timedelta(days=int(count))
    except (ValueError, OverflowError):
        return None


def text(cell: Cell) -> str:
    """A cell as text; a number without a fraction as a whole number."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def numbers(cells: list[Cell]) -> tuple[np.ndarray, np.ndarray]:
    """The numbers in many cells, NaN for blanks, and a mask of the cells that hold something else; shape (cell,) each."""
    if set(map(type, cells)) <= NUMERIC:
        values = np.array(cells, dtype=float)
        errors = (values >= FIRST_ERROR) & (values <= LAST_ERROR)
        return np.where(errors, np.nan, values), errors
    read = [np.nan if is_blank(cell) else number(cell) for cell in cells]
    return np.array([np.nan if value is None else value for value in read]), np.array([value is None for value in read])


def choice(argument: str, cells: Any, allowed: tuple[str, ...], default: str) -> str:
    """One of the allowed words, in any case; the default if the argument is missing. Raises UnusableError for another."""
    if omitted(cells):
        return default
    cell = grid(cells)[0][0]
    word = text(cell).lower()
    if word not in allowed:
        raise UnusableError(argument, f"found {shown(cell)}", ", ".join(allowed))
    return word
