"""The part of the model that no scenario changes: columns of numbers, and how rows point to each other.

A column is a small function. Its name is the column's name; its arguments are the row, by the name of the dimension, its
`number` from 1, and whatever else it reads of the structure, by name. Its unit, the label above it on
a sheet and its description in Excel's function wizard stand in the decorator and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from calc.quantity import DIMENSIONS, argument_names


@dataclass(frozen=True)
class Column:
    """One column of a dimension: its unit, the label above it, what it is in words, and the function of a row."""

    name: str
    dimension: str
    unit: str
    label: str
    says: str
    function: Callable[..., Any]

    def values(self, rows: Sequence[Any], structure: object) -> np.ndarray:
        """The column as it stands in cells, one value for each row: numbers, or texts where the unit says so."""
        own = {self.dimension: rows, "number": range(1, len(rows) + 1)}
        reads = (
            own[name] if name in own else repeat(getattr(structure, name), len(rows))
            for name in argument_names(self.function)
        )
        cells = list(map(self.function, *reads))
        return np.array(cells if self.unit == "text" else [float(value) for value in cells])


@dataclass(frozen=True)
class Pointer:
    """A relation between dimensions: the column `by` of the source holds positions in the target, 0 for none.

    label: what it adds to the label of what is read through it; says: the same in words.
    """

    name: str
    source: str
    target: str
    by: str
    label: str
    says: str


# In the order in which they are declared; of a dimension, this is the order of the columns on a sheet.
COLUMNS: dict[str, Column] = {}
RELATIONS: dict[str, Pointer] = {}


def given(dimension: str, *, unit: str, label: str, says: str) -> Callable[[Callable], Callable]:
    """Register a function of a row as the column of its name. Raises ValueError for a name that is taken."""
    if dimension not in DIMENSIONS:
        raise ValueError(f"{dimension} is not a dimension")

    def register(function: Callable) -> Callable:
        name = function.__name__
        if name in COLUMNS:
            raise ValueError(f"the column {name} is defined twice")
        COLUMNS[name] = Column(name, dimension, unit, label, says, function)
        return function

    return register


def relation(name: str, source: str, target: str, *, by: str, label: str, says: str) -> None:
    """Register how the rows of one dimension point to those of another, by a column of the source.

    Raises ValueError for a name that is taken.
    """
    if name in RELATIONS:
        raise ValueError(f"the relation {name} is defined twice")
    if by not in COLUMNS or COLUMNS[by].dimension != source:
        raise ValueError(f"the relation {name} follows {by}, which is not a column of {source}")
    RELATIONS[name] = Pointer(name, source, target, by, label, says)
