"""The fingerprint of the template: of everything that a workbook holds whatever its scenario says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from calc import __version__
from workbook.write.book import Book
from workbook.write.pack.rows import TYPED
from workbook.write.sheet import Block, Cell

# These sheets hold one-off results, which differ by scenario as the inputs do.
ONE_OFF = ("Simulation", "Sensitivity", "Sequences", "Searches")


def template_hash(book: Book) -> str:
    """Equal for workbooks of one version with the same paths; sees formulas, constant texts and figures, and looks."""
    digest = hashlib.sha256(__version__.encode())

    def add(*parts: object) -> None:
        digest.update(repr(parts).encode())

    for sheet in book.sheets.values():
        add(sheet.name, sheet.kind, sheet.freeze, sorted(sheet.widths.items()), sorted(sheet.links.items()))
        add(sheet.validations, sheet.highlights)
        for place, cell in sorted(sheet.cells.items()):
            fixed = None if sheet.name in ONE_OFF else _fixed(cell)
            add(place, cell.style, cell.format, cell.formula, fixed)
        if sheet.block:
            _add_block(add, sheet.block)
    add(sorted(book.names.items()))
    return digest.hexdigest()[:16]


def _fixed(cell: Cell) -> str | float | None:
    """The constant of a cell, None where it differs between scenarios."""
    value = cell.value
    if value is None or cell.formula is not None or cell.style in TYPED or np.ndim(value):
        return None
    return value if isinstance(value, str) else float(value)


def _add_block(add: Callable[..., None], block: Block) -> None:
    add(block.column, block.columns, block.along)
    for line in block.lines:
        formula = block.printed(line)
        add(line.row, line.style, line.format, formula or line.values.tobytes())
