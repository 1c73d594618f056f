"""The book that reading a workbook of ours would give, from the book in memory: its file need not be made and parsed for it.

What is around the cells is read from the members as they are packed; the cells are as the file has them, digit for digit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from workbook.files.digits import DIGITS, FEWER_DIGITS, significant, typed_text
from workbook.receive.intake import MASKED, Book, Cell
from workbook.receive.intake.book import cell_of
from workbook.receive.intake.format_code import Format
from workbook.receive.intake.reader import around_cells
from workbook.receive.intake.shared_formula import SharedFormula
from workbook.write.book import Book as WrittenBook
from workbook.write.pack import FORMATS, TYPED, Package
from workbook.write.sheet import Block
from workbook.write.sheet import Cell as WrittenCell
from workbook.write.sheet import Sheet as WrittenSheet

Place = tuple[int, int]
Number = tuple[Place, float, WrittenCell]


def as_read(made: WrittenBook, package: Package) -> Book:
    """The cells of the first scenario, without the numbers of their styles. made: finished, which its package does."""
    book = around_cells(package.members())
    for name, sheet in made.sheets.items():
        cells = _cells(sheet)
        if sheet.block:
            cells |= _of_block(sheet.block)
        book.sheets[name].cells = dict(sorted(cells.items()))
    return book


def with_values(book: Book, made: WrittenBook) -> Book:
    """The book with the values of one that was made in the same layout, and finished."""
    sheets = {}
    for name, sheet in made.sheets.items():
        cells = _cells(sheet)
        if sheet.block:
            cells |= _of_block(sheet.block, book.sheets[name].cells)
        sheets[name] = replace(book.sheets[name], cells=cells)
    return replace(book, sheets=sheets)


def _cells(sheet: WrittenSheet) -> dict[Place, Cell]:
    """The cells of a sheet beside its block."""
    cells: dict[Place, Cell] = {}
    numbers: list[Number] = []
    for place, cell in sheet.cells.items():
        value = cell.value[0] if isinstance(cell.value, np.ndarray) else cell.value
        if isinstance(value, str) or value is None or value != value:
            text = str(value) if isinstance(value, str) else ""
            if text or cell.formula is not None:
                cells[place] = Cell(text, cell.formula, None, MASKED if _format(cell.format).masks_text else "")
        elif cell.style in TYPED:
            cells[place] = _number(float(typed_text(value)), cell.formula, cell.format)
        else:
            numbers.append((place, float(value), cell))
    kept = significant(np.array([value for _, value, _ in numbers])).tolist()
    for (place, _, cell), value in zip(numbers, kept, strict=True):
        cells[place] = _number(value, cell.formula, cell.format)
    return cells


def _of_block(block: Block, known: Mapping[Place, Cell] | None = None) -> Iterator[tuple[Place, Cell]]:
    """The cells of a block: each line has one formula, which moves along. known: cells that have these formulas."""
    for line in block.lines:
        kept = significant(line.values[0], FEWER_DIGITS if line.formula else DIGITS).tolist()
        places = [(line.row, block.column + at) for at in range(len(kept))]
        if known is not None:
            cells = [cell_of((value, *known[at][1:])) for at, value in zip(places, kept, strict=True)]
        elif line.formula:
            formulas = SharedFormula(block.printed(line)).moved_along(0, range(len(kept)))
            cells = [cell_of((value, formula, None, "")) for value, formula in zip(kept, formulas, strict=True)]
        else:
            cells = [_number(value, None, line.format) for value in kept]
        yield from zip(places, cells, strict=True)


def _number(value: float, formula: str | None, format: str) -> Cell:
    return cell_of((value, formula, None, _format(format).kind(value)))


@cache
def _format(name: str) -> Format:
    return Format(FORMATS[name])
