"""The figures of one scenario as one row of numbers: an array for each figure would take several times the memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np

# What a row takes beside its numbers.
ROW_BYTES = 250


@dataclass(frozen=True, eq=False)
class FigureRow:
    """places: target -> where its numbers begin and its shape; shared by all rows of the same targets. numbers: read only."""

    places: Mapping[str, tuple[int, tuple[int, ...]]]
    numbers: np.ndarray

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return self.numbers.nbytes + ROW_BYTES

    def of(self, target: str) -> np.ndarray:
        """The array of a target, shape (1, *dimensions)."""
        begin, shape = self.places[target]
        return self.numbers[begin : begin + prod(shape)].reshape(shape)


def figure_rows(values: Mapping[str, np.ndarray], count: int) -> list[FigureRow]:
    """A row for each of `count` scenarios. values: target -> its array of shape (count or 1, *dimensions)."""
    places = _places(tuple((target, array.shape[1:]) for target, array in values.items()))
    table = np.empty((count, sum(prod(shape) for _, shape in places.values())))
    for target, (begin, shape) in places.items():
        table[:, begin : begin + prod(shape)] = values[target].reshape(-1, prod(shape))
    rows = [row.copy() for row in table]
    for row in rows:
        row.flags.writeable = False
    return [FigureRow(places, row) for row in rows]


def unknown(rows: Collection[FigureRow], targets: Sequence[str]) -> list[str]:
    """Those of the targets that are in none of the rows."""
    return [target for target in targets if not any(target in row.places for row in rows)]


@lru_cache(maxsize=128)
def _places(shapes: tuple[tuple[str, tuple[int, ...]], ...]) -> dict[str, tuple[int, tuple[int, ...]]]:
    begin = 0
    places: dict[str, tuple[int, tuple[int, ...]]] = {}
    for target, shape in shapes:
        places[target] = begin, (1, *shape)
        begin += prod(shape)
    return places
