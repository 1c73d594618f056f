"""What an open sheet shows: the values of its cells, by row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """The cells of a sheet that are in use, as rows of values; top, left: row and column of the first, from 1."""

    rows: list[list[Any]]
    top: int = 1
    left: int = 1

    def cell(self, row: int, column: int) -> Any:
        """The value of a cell; None outside the cells in use."""
        at, across = row - self.top, column - self.left
        inside = 0 <= at < len(self.rows) and 0 <= across < len(self.rows[at])
        return self.rows[at][across] if inside else None

    @property
    def last_row(self) -> int:
        return self.top + len(self.rows) - 1


Sheets = Mapping[str, Shown]
