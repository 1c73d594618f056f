"""Amounts within texts, which a spreadsheet groups as the language of its reader does: 1,234,567 or 1.234.567 or 12,34,567."""

from __future__ import annotations

import re

from workbook.receive.checking.same_formula import references
from workbook.receive.intake import Book, Cell

GROUPING = "FIXED("
# What groups thousands somewhere: comma, full stop, apostrophes, spaces of all widths, the Arabic separator.
GROUPED = re.compile("(?<![0-9])[0-9]{1,3}([,.'’ \u00a0\u2009\u202f\u066c])(?:[0-9]{2,3}\\1)*[0-9]{3}(?![0-9])")
NOTHING = Cell(None)
# A text is read from the sheet that makes it, and shown again; it does not go further.
FARTHEST = 3


def same_but_for_grouping(one: object, other: object) -> bool:
    """Whether two texts are the same once the thousands in them are not grouped."""
    return isinstance(one, str) and isinstance(other, str) and _ungrouped(one) == _ungrouped(other)


def _ungrouped(text: str) -> str:
    return GROUPED.sub(lambda match: match[0].replace(match[1], ""), text)


def holds_amount(cell: Cell, book: Book, sheet: str, farthest: int = FARTHEST) -> bool:
    """Whether the text of a cell has an amount in it, of its own formula or of a text that the formula reads."""
    if cell.formula is None or not isinstance(cell.value, str):
        return False
    if GROUPING in cell.formula:
        return True
    return farthest > 0 and any(
        holds_amount(book.sheets[home].cells.get((row, column), NOTHING), book, home, farthest - 1)
        for home, top, left, bottom, right in references(cell.formula, sheet)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    )
