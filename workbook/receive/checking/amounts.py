"""Amounts within texts, which a spreadsheet groups as the language of its reader does: 1,234,567 or 1.234.567 or 12,34,567."""

from __future__ import annotations

import re

from workbook.receive.checking.same_formula import references
from workbook.receive.intake import Book, Cell

GROUPING = "FIXED("
# What groups thousands somewhere: comma, full stop, apostrophes, spaces of all widths, the Arabic separator.
GROUPED = re.compile("(?<![0-9])[0-9]{1,3}([,.'’ \u00a0\u2009\u202f\u066c])(?:[0-9]{2,3}\\1)*[0-9]{3}(?![0-9])")
NOTHING = Cell(None)


def same_but_for_grouping(one: object, other: object) -> bool:
    """Whether two texts are the same once the thousands in them are not grouped."""
    return isinstance(one, str) and isinstance(other, str) and _ungrouped(one) == _ungrouped(other)


def _ungrouped(text: str) -> str:
    return GROUPED.sub(lambda match: match[0].replace(match[1], ""), text)


def holds_amount(cell: Cell, book: Book, sheet: str) -> bool:
    """Whether the text of a cell has an amount in it, of its own formula or of a text that it is made from."""
    waiting, seen = [(sheet, cell)], set[tuple[str, int, int]]()
    while waiting:
        home, made = waiting.pop()
        if made.formula is None or not isinstance(made.value, str):
            continue
        if GROUPING in made.formula:
            return True
        read = {
            (name, row, column)
            for name, top, left, bottom, right in references(made.formula, home)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        waiting += [(name, book.sheets[name].cells.get((row, column), NOTHING)) for name, row, column in read - seen]
        seen |= read
    return False
