"""Row heights for wrapped text: not every program fits rows to their text when it opens a file, so the file says them."""

from __future__ import annotations

import textwrap
from functools import lru_cache

from workbook.book import Cell, Sheet
from workbook.style import STYLES

PIXELS_PER_WIDTH, PADDING = 7.0, 5.0
EM_SHARE, PIXELS_PER_POINT = 0.5, 96 / 72
LINE_SPACING, ROW_PADDING, PLAIN_ROW = 1.27, 3.0, 15.0
DEFAULT_WIDTH = 8.43


def fit(sheet: Sheet) -> None:
    """Set the height of every row whose constant text wraps and that has no height of its own."""
    tallest: dict[int, float] = {}
    for (row, column), cell in sheet.cells.items():
        if row not in sheet.heights and wraps(cell):
            needed = height(cell.value, sheet.widths.get(column, DEFAULT_WIDTH), STYLES[cell.style]["font"].size)
            tallest[row] = max(tallest.get(row, 0), needed)
    sheet.heights.update({row: needed for row, needed in tallest.items() if needed > PLAIN_ROW})


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
