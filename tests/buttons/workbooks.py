"""Our workbooks as they are open in a spreadsheet: the values in their cells, sheet by sheet."""

from workbook.buttons.open_sheets import plain
from workbook.write.build import book
from workbook.write.edition import Edition
from workbook.write.once import LARGE_RUN


def laid_out(scenario, edition=Edition.light, runs=LARGE_RUN):
    made = book([scenario], runs, edition=edition)
    made.finish()
    return made


def opened(made):
    """Sheet -> rows of values from A1 on, as a program shows a workbook that is laid out."""
    return {
        sheet.name: rows_of({place: plain(cell.value) for place, cell in sheet.cells.items()})
        for sheet in made.sheets.values()
    }


def rows_of(cells):
    last, right = (max(side) for side in zip(*cells, strict=True))
    return [[cells.get((row, column)) for column in range(1, right + 1)] for row in range(1, last + 1)]


def place_of(rows, text, right=0):
    """The place of the cell with that text, or of one to its right; from 1."""
    row, column = next(
        (at, across) for at, row in enumerate(rows, 1) for across, cell in enumerate(row, 1) if cell == text
    )
    return row, column + right
