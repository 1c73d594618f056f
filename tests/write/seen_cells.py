"""What is seen of a sheet on paper: its cells, and over them what its highlights take away or draw.

The conditions of the highlights are judged by IronCalc, on the values that the cells they name have.
"""

import re
from typing import NamedTuple

import ironcalc
import numpy as np
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from tests.write.printed_pages import reach
from workbook.files.address import address
from workbook.receive.soundness.units import is_unit
from workbook.write.pack.style import STYLES
from workbook.write.palette import HIGHLIGHTS, PAPER

CELL = re.compile(r"\$?\b([A-Z]{1,3})\$?([1-9][0-9]*)\b")
# The looks of heads, on a dark band, and of headings, above all of a part.
HEADS, HEADINGS = {"head", "head_left"}, {"section", "heading", "section_note", "heading_note"}
# Where conditions are put, past every cell that they name.
ASIDE = 500


class Seen(NamedTuple):
    """A cell as it is seen: its value, None where nothing is shown; its look; whether a line is below it or a band behind it."""

    value: object
    look: str
    is_ruled: bool
    is_dark: bool
    is_label: bool


def seen(sheet):
    """The cells of the printed part by row and column."""
    last_row, last_column = reach(sheet)
    cells = {at: cell for at, cell in sheet.cells.items() if at[0] <= last_row and at[1] <= last_column}
    blank, ruled = _switched(sheet, last_row, last_column)
    return {at: _seen(cell, at in blank, at in ruled) for at, cell in cells.items()}


def is_number(value):
    return isinstance(value, float | int)


def nothing_below(sheet):
    """The printed rows that are ruled or headed although nothing stands there, with the reason."""
    rows = {}
    for (row, _), cell in sorted(seen(sheet).items()):
        rows.setdefault(row, []).append(cell)
    drawn = {picture.row for picture in sheet.charts}
    return [
        (sheet.name, row, fault)
        for row, cells in rows.items()
        if (fault := _without_value(cells) or _heads_nothing(rows, drawn, row))
    ]


def _without_value(cells):
    if not any(cell.is_ruled for cell in cells) or any(cell.look.startswith("input") for cell in cells):
        return ""
    shown = [cell for cell in cells if cell.value is not None]
    if not shown:
        return "a rule without a value"
    figures = [cell for cell in cells if not cell.is_label and cell.look not in HEADINGS]
    return (
        ""
        if not figures or any(cell.value is not None for cell in figures)
        else "ruled, labelled, and without a figure"
    )


def _heads_nothing(rows, drawn, row):
    shown = [cell for cell in rows[row] if cell.value is not None]
    if not any(cell.is_dark or cell.look in HEADINGS for cell in shown):
        return ""
    # A whole sentence beside a heading is all that there is to say, such as that nothing was computed.
    if any(str(cell.value).endswith(".") for cell in shown[1:]):
        return ""
    for after in range(row + 1, max(rows) + 1):
        if after in drawn:
            return ""
        shown = [cell for cell in rows.get(after, ()) if cell.value is not None]
        # A heading right below heads is the first of several that they are the heads of.
        if after > row + 1 and any(cell.look in HEADINGS for cell in shown):
            break
        if any(not cell.is_dark and not is_unit(cell.value) for cell in shown):
            return ""
    return "a heading of nothing"


def _seen(cell, is_blank, is_ruled):
    value, look = _one(cell.value), STYLES[cell.style]
    is_empty = is_blank or value is None or value == "" or value != value
    below = "border" in look and look["border"].bottom.style
    # A unit that follows the currency is a label too.
    is_label = value is None or (cell.formula is None and isinstance(value, str)) or is_unit(value)
    return Seen(
        None if is_empty else value, cell.style, bool(below) or is_ruled, cell.style in HEADS and not is_blank, is_label
    )


def _one(value):
    return np.atleast_1d(value)[0]


def _switched(sheet, last_row, last_column):
    """The cells whose content a highlight takes away, and those below which one draws a line."""
    asked = {}
    for areas, condition, look in sheet.highlights:
        highlight = HIGHLIGHTS[look]
        takes = PAPER in (highlight.ink, highlight.fill)
        if not takes and not highlight.rule:
            continue
        origin = areas.split()[0].split(":")[0]
        for area in areas.split():
            left, top, right, bottom = range_boundaries(area)
            for row in range(top, min(bottom, last_row) + 1):
                for column in range(left, min(right, last_column) + 1):
                    here = Translator(f"={condition}", origin).translate_formula(address(row, column))
                    asked.setdefault(here, []).append(((row, column), takes))
    held = _held(sheet, [*asked])
    places = [place for formula, places in asked.items() if held[formula] for place in places]
    return {at for at, takes in places if takes}, {at for at, takes in places if not takes}


def _held(sheet, formulas):
    """Which formulas hold on the values of the sheet."""
    model = ironcalc.create("sheet", "en", "UTC")
    named = {
        (int(row), column_index_from_string(letters)) for formula in formulas for letters, row in CELL.findall(formula)
    }
    for row, column in named & sheet.cells.keys():
        value = _one(sheet.cells[row, column].value)
        if isinstance(value, str):
            model.update_cell_with_text(0, row, column, value)
        elif value is not None and value == value:
            model.update_cell_with_number(0, row, column, float(value))
    for row, formula in enumerate(formulas, 1):
        model.update_cell_with_formula(0, row, ASIDE, formula)
    model.evaluate()
    return {formula: model.get_cell_value(0, row, ASIDE) is True for row, formula in enumerate(formulas, 1)}
