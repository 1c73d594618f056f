"""What the rows of a file are: portfolios and histories differ in this alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from calc.scenario.faults import Fault

# The column that names a row, where there is one.
ID = "id"


class Cells(Protocol):
    """The cells of one row, read one by one. fields: column -> value; faults and notes: on what was found."""

    fields: dict[str, Any]
    faults: list[Fault]
    notes: list[str]

    def read(self, column: str, given: Any, place: str = "", shown_as: str = "", day_zero: int = 0) -> None:
        """Read a cell. place: of the cell, where it is said beside the column; shown_as, day_zero: of its number."""


@dataclass(frozen=True)
class Form:
    """what: the file in words, "a portfolio"; columns, line: the beginning of a row of column names and of a JSON line.

    check: raises Refused with every fault of the column names; row: the cells of a row, empty, given those that it has.
    flat: whether a JSON line, too, is read cell by cell; a portfolio's may have the nested form of a scenario.
    """

    what: str
    columns: str
    line: str
    check: Callable[[str, Sequence[str]], None]
    row: Callable[[Mapping[str, Any]], Cells]
    flat: bool = False

    @property
    def forms(self) -> str:
        """The file in every form that can be read."""
        return f"{self.what} as .csv, .jsonl or .xlsx"
