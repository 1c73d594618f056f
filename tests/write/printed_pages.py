"""What is printed of a workbook, and whether it fits: text in its cells, numbers in their columns, columns on a page.

Widths are estimated from how wide the letters of the font are on average, as `workbook.write.pack.heights` does.
"""

import itertools
import math

import numpy as np

from workbook.write.pack.around import POINTS_PER_WIDTH, printed_to
from workbook.write.pack.heights import DEFAULT_WIDTH, PIXELS_PER_POINT, PIXELS_PER_WIDTH, fit, height
from workbook.write.pack.number_formats import FORMATS
from workbook.write.pack.style import STYLES
from workbook.write.sheet import PLAIN_ROW

# A4 without its margins, in points.
PAGE = {True: (784, 509), False: (538, 756)}
DIGIT, LETTER, PADDING = 0.507, 0.49, 5
SMALLEST_SCALE = 0.7


def printed_sheets(book):
    """The sheets of a finished book that the whole workbook on paper has."""
    for sheet in book.sheets.values():
        fit(sheet)
    return [sheet for sheet in book.sheets.values() if sheet.is_printed]


def reach(sheet):
    """The last row and column that are printed."""
    return printed_to(sheet)


def scale(sheet):
    """How large it comes out of the printer, 1 for its own size."""
    _, last = reach(sheet)
    width = sum(sheet.widths.get(column, DEFAULT_WIDTH) for column in range(1, last + 1)) * POINTS_PER_WIDTH
    by_width = PAGE[sheet.landscape][0] / width
    if sheet.pages_tall != 1:
        return min(1, by_width)
    row, _ = reach(sheet)
    tall = sum(sheet.heights.get(at, PLAIN_ROW) for at in range(1, row + 1))
    return min(1, by_width, PAGE[sheet.landscape][1] / tall)


def pages(sheet):
    """The pages of a sheet: one where that is readable, else what its width and breaks give, or fewer that are readable."""
    last, _ = reach(sheet)
    if _readable(sheet, [_points(sheet, range(1, last + 1))]) == 1:
        return 1
    first_rows = [1, *(row for row in sheet.breaks if row <= last), last + 1]
    each = [_points(sheet, range(first, after)) for first, after in itertools.pairwise(first_rows)]
    by_width = [max(1, math.ceil(tall * scale(sheet) / PAGE[sheet.landscape][1])) for tall in each]
    return min(sum(by_width), _readable(sheet, each))


def _readable(sheet, each):
    """Pages where it is printed as small as can be read, its title repeated on all but the first."""
    down = PAGE[sheet.landscape][1] / SMALLEST_SCALE
    first, last = sheet.header_rows
    head = _points(sheet, range(first, last + 1)) if last else 0
    return sum(max(1, math.ceil((tall - head) / (down - head))) for tall in each)


def _points(sheet, rows):
    return sum(sheet.heights.get(row, PLAIN_ROW) for row in rows)


def clipped(sheet):
    """The printed cells whose content does not fit, with what they hold."""
    last_row, last_column = reach(sheet)
    found = []
    for (row, column), cell in sheet.cells.items():
        if row > last_row or column > last_column or cell.value is None:
            continue
        for value in np.atleast_1d(cell.value):
            if not _fits(sheet, row, column, cell, value, last_column):
                found.append((sheet.name, row, column, value))
    return found


def _fits(sheet, row, column, cell, value, last_column):
    style = STYLES[cell.style]
    size, room = style["font"].size, _pixels(sheet, column)
    if style["alignment"].text_rotation == 90:
        room = sheet.heights.get(row, PLAIN_ROW) * PIXELS_PER_POINT
    if not isinstance(value, str):
        return value != value or len(_shown(value, cell.format)) * size * PIXELS_PER_POINT * DIGIT <= room
    if style["alignment"].shrink_to_fit:
        return True
    if style["alignment"].wrap_text:
        return height(value, sheet.widths.get(column, DEFAULT_WIDTH), size) <= sheet.heights.get(row, PLAIN_ROW) + 4
    if style["alignment"].horizontal == "right":
        before = column - 1
        while before and _is_empty(sheet.cells.get((row, before))):
            room += sheet.widths.get(before, DEFAULT_WIDTH) * PIXELS_PER_WIDTH
            before -= 1
        room -= _runs_over(sheet, row, before)
    elif style["alignment"].horizontal != "center":
        following = column + 1
        while following <= last_column and _is_empty(sheet.cells.get((row, following))):
            room += sheet.widths.get(following, DEFAULT_WIDTH) * PIXELS_PER_WIDTH
            following += 1
    return len(value) * size * PIXELS_PER_POINT * LETTER <= room


def _runs_over(sheet, row, column):
    """How far the text of a cell reaches into the empty cells after it."""
    cell = sheet.cells.get((row, column))
    texts = [value for value in np.atleast_1d(cell.value) if isinstance(value, str)] if cell else []
    size = STYLES[cell.style]["font"].size if texts else 0
    widest = max(map(len, texts), default=0) * size * PIXELS_PER_POINT * LETTER
    return max(widest - _pixels(sheet, column), 0)


def _is_empty(cell):
    return cell is None or (cell.formula is None and cell.value is None)


def _pixels(sheet, column):
    return sheet.widths.get(column, DEFAULT_WIDTH) * PIXELS_PER_WIDTH - PADDING


def _shown(value, format):
    """A number roughly as its format shows it."""
    code = FORMATS[format]
    if format == "date":
        return "2026-12-31"
    if code.endswith("%"):
        return f"{100 * value:.1f}%" if "." in code else f"{100 * value:.0f}%"
    if format == "rate":
        return f"{value:,.2f}" if abs(value) < 1_000 else f"{value:,.0f}"
    decimals = len(code.split(";")[0].partition(".")[2].rstrip("#"))
    return f"{value:,.{decimals}f}"
