"""A sheet before it is packed: its cells, and what lies around them.

A cell holds one value per scenario, see `workbook.write.book`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from workbook.files.address import address
from workbook.files.digits import DIGITS
from workbook.write.formula.expression import BELOW, Expression

# The height of a row that needs none of its own, in points.
PLAIN_ROW = 15.0
# Points to a centimetre, in which charts are measured.
POINTS_PER_CM = 28.35
# The styles of cells that are there to be filled in, which alone are unlocked.
INPUTS = ("input", "input_choice", "input_text", "input_line")

Value = Any  # a constant, or an array of shape (scenario,)


class Area(NamedTuple):
    """A rectangle of cells, by its first and last ones."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def address(self) -> str:
        return f"{address(self.row, self.column)}:{address(self.last_row, self.last_column)}"


@dataclass(slots=True)
class Cell:
    """One cell: its value (a constant or one per scenario), its formula without the equals sign, and its style.

    filled: the cells that are filled with the formula of the first of them, where they are more than this one.
    """

    value: Value
    formula: str | None = None
    style: str = "text"
    format: str = "general"
    filled: Area | None = None


@dataclass(frozen=True)
class Line:
    """One row of a block: one value or one formula along all its columns. values: shape (scenario or 1, column)."""

    row: int
    values: np.ndarray
    formula: Expression | None = None
    style: str = "calc"
    format: str = "number"


@dataclass(frozen=True)
class Block:
    """Numbers to the right of all other cells of their rows: thousands of cells that are written as one. `along` is the
    dimension of the columns."""

    column: int
    columns: int
    lines: list[Line]
    along: str = "trial"
    first: int = 0

    def printed(self, line: Line, column: int = 0) -> str:
        """The formula of a line in one of the columns, counted from 0; empty where it has none."""
        place = {self.along: self.first + column, BELOW: line.row}
        return "" if line.formula is None else line.formula.printed(place)


@dataclass
class Listing:
    """The last rows of a sheet, made one by one as they are written, so that a million of them take little memory.

    styles: every style and number format that a cell of them may have.
    """

    row: int
    rows: int
    columns: int
    styles: Collection[tuple[str, str]]
    cells: Iterable[Sequence[Cell]]


@dataclass
class Sheet:
    """One sheet. kind: `input`, `working`, `result` or `text`, which decides how it is styled and checked.

    digits: the significant ones that cells of quantities keep. print_to: the last row and column that are printed, 0 for the
    last of the sheet; None where the sheet is left out when the whole workbook is printed, as workings are. is_alike: whether
    all workbooks of a layout have it alike, as long as their checks pass.
    """

    name: str
    kind: str
    title: str
    purpose: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] = (5, 2)
    header_rows: tuple[int, int] = (1, 5)
    landscape: bool = True
    links: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    validations: list[tuple[tuple[int, int] | Area, Mapping[str, Any]]] = field(default_factory=list)
    highlights: list[tuple[str, str, str]] = field(default_factory=list)
    charts: list[Any] = field(default_factory=list)
    block: Block | None = None
    listing: Listing | None = None
    pages_tall: int = 0
    # Rows that begin a printed page where one is too little for all; columns that do where it is too wide, beside those that
    # do not move along, which are repeated.
    breaks: list[int] = field(default_factory=list)
    column_breaks: list[int] = field(default_factory=list)
    print_to: tuple[int, int] | None = (0, 0)
    digits: int = DIGITS
    is_alike: bool = False

    @property
    def is_printed(self) -> bool:
        """Whether it has a part in the whole workbook on paper."""
        return self.kind != "working" and self.print_to is not None

    def put(self, row: int, column: int, value: Value, style: str = "text", format: str = "general") -> None:
        """A constant, or a value per scenario, without a formula."""
        self.cells[row, column] = Cell(value, None, style, format)

    def row(self, row: int, column: int, values: Sequence[Value], style: str = "text", format: str = "general") -> None:
        """Values side by side."""
        for offset, value in enumerate(values):
            self.put(row, column + offset, value, style, format)

    def section(self, row: int, title: str, last: int) -> int:
        """A heading with its rule across the columns up to the last, below its words alone in workings; returns the row after."""
        self.row(row, 1, [title, *[None] * (last - 1 if self.kind != "working" else 0)], "section")
        return row + 1

    def only_where(
        self, there: str, area: Area, headings: Mapping[int, str] | None = None, ruled: Iterable[Area] = ()
    ) -> None:
        """A part that is there only where a formula, as it reads in the first cell, holds: else nothing of it is seen, neither
        content nor fill nor rule.

        Its rules are drawn by highlights, below its headings and below the ruled rows, since a program that knows no lines in
        highlights would not take away those of a cell. headings: title by row.
        """
        self.highlights.append((area.address, f"NOT({there})", "absent"))
        for row, title in (headings or {}).items():
            self.put(row, area.column, title, "heading")
        rules = {
            "headed": [Area(row, area.column, row, area.last_column) for row in headings or {}],
            "ruled": list(ruled),
        }
        for look, areas in rules.items():
            if areas:
                self.highlights.append((" ".join(one.address for one in areas), there, look))

    def link(self, row: int, column: int, text: str, sheet: str, cell: str = "A1") -> None:
        """A text that leads to another sheet of the workbook."""
        self.put(row, column, text, "link")
        self.links[row, column] = (sheet, cell)
