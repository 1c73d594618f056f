"""Row heights for wrapped text: not every program fits rows to their text when it opens a file, so the file says them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from functools import lru_cache

from workbook.write.pack.style import STYLES
from workbook.write.sheet import PLAIN_ROW, Cell, Sheet

PIXELS_PER_WIDTH, PADDING = 7.0, 5.0
EM_SHARE, PIXELS_PER_POINT = 0.5, 96 / 72
LINE_SPACING, ROW_PADDING = 1.27, 3.0
DEFAULT_WIDTH = 8.43


def fit(sheet: Sheet) -> None:
    """Set the height of every row whose constant text wraps and that has no height of its own."""
    tallest: dict[int, float] = {}
    for (row, column), cell in sheet.cells.items():
        if row not in sheet.heights:
            tallest[row] = max(tallest.get(row, 0), _needed(cell, column, sheet.widths))
    sheet.heights.update({row: needed for row, needed in tallest.items() if needed > PLAIN_ROW})


def of_row(cells: Iterable[Cell], widths: Mapping[int, float]) -> float | None:
    """The height of a row whose cells begin in the first column; None where that of a plain row will do."""
    tallest = max((_needed(cell, column, widths) for column, cell in enumerate(cells, 1)), default=0)
    return tallest if tallest > PLAIN_ROW else None


def _needed(cell: Cell, column: int, widths: Mapping[int, float]) -> float:
    if not wraps(cell):
        return 0
    return height(cell.value, widths.get(column, DEFAULT_WIDTH), STYLES[cell.style]["font"].size)


def wraps(cell: Cell) -> bool:
    return isinstance(cell.value, str) and cell.formula is None and bool(STYLES[cell.style]["alignment"].wrap_text)


@lru_cache(maxsize=10_000)
def height(text: str, width: float, size: float) -> float:
    """Points that the text needs in a column of this width, at this size of type."""
    characters = max(4, int((width * PIXELS_PER_WIDTH - PADDING) / (size * PIXELS_PER_POINT * EM_SHARE)))
    lines = sum(_lines(part, characters) for part in text.split("\n"))
    return round(lines * size * LINE_SPACING + ROW_PADDING, 1)


def _lines(text: str, characters: int) -> int:
    return 1 if len(text) <= characters else len(textwrap.wrap(text, characters))
