"""Paper: how large a sheet comes out of the printer, and on how few pages it can stand and still be read."""

from __future__ import annotations

import math

from workbook.write.pack.heights import DEFAULT_WIDTH
from workbook.write.sheet import PLAIN_ROW, Sheet

# Points of a character's width; margins in inches; A4 without them, across and down, in points, by whether it lies.
POINTS_PER_WIDTH, MARGIN_SIDE, MARGIN_END = 5.25, 0.4, 0.6
SHORT, LONG = 595.3, 841.9
ROOM = {
    True: (LONG - 144 * MARGIN_SIDE, SHORT - 144 * MARGIN_END),
    False: (SHORT - 144 * MARGIN_SIDE, LONG - 144 * MARGIN_END),
}
# Smaller than this nobody reads it; programs measure letters differently, so some of the room stays free.
LOWEST_SCALE, USED = 0.7, 0.98


def pages_tall(sheet: Sheet, last_row: int, last_column: int) -> int:
    """The pages that the printed part is made to fit on: as few as can be read, 0 for as many as its width gives."""
    if sheet.pages_tall or breaks(sheet, last_row, last_column):
        return sheet.pages_tall
    needed, fewest = _pages(sheet, last_row, last_column)
    return fewest if fewest < needed else 0


def breaks(sheet: Sheet, last_row: int, last_column: int) -> list[int]:
    """The rows that begin a page where one is too little for all: those that the sheet names, else that of its charts."""
    if _pages(sheet, last_row, last_column)[1] == 1:
        return []
    return sheet.breaks or sorted({picture.row for picture in sheet.charts})[:1]


def _pages(sheet: Sheet, last_row: int, last_column: int) -> tuple[int, int]:
    """The pages that it takes as large as its width allows, and as small as can be read."""
    across, down = ROOM[sheet.landscape]
    by_width = min(1.0, across / (total(sheet.widths, DEFAULT_WIDTH, last_column) * POINTS_PER_WIDTH))
    # On every page but the first, the title is repeated, or a part of it.
    first, last = sheet.header_rows
    head = total(sheet.heights, PLAIN_ROW, last) - total(sheet.heights, PLAIN_ROW, first - 1)
    body = total(sheet.heights, PLAIN_ROW, last_row) - head
    needed, fewest = (math.ceil(body / (down * USED / scale - head)) for scale in (by_width, LOWEST_SCALE))
    return needed, fewest


def total(sizes: dict[int, float], usual: float, last: int) -> float:
    """The sizes of the first rows or columns, in all."""
    return sum(sizes.get(at, usual) for at in range(1, last + 1))
