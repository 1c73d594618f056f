"""The page while it is filled from top to bottom, and what its parts share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from calc.reductions import picked_or
from calc.sentences import board
from workbook.write.book import Book
from workbook.write.formula.text import joined
from workbook.write.sheet import Sheet
from workbook.write.sheets import ranking

NAME = "Summary"
PURPOSE = "How should this work be sourced, what does it really cost, and what comes first?"
WIDTHS: dict[int, float] = {1: 33, 2: 11, 3: 11, 4: 11, 5: 11, 6: 11, 7: 10, 8: 41}
LAST = 8
ALERTS, OTHERS = (ranking.SHOWN[lines] for lines in (board.further_alerts, board.further_paths))
REASONS = len(ranking.RULES)
BELOW_A_RULE = 2.0  # what the rule below a heading takes of the row under it
# Heights of a line of text, of one where there are more paths than so many, and of a line of small heads.
LINE, CLOSE_LINE, SMALL, FEW = 12.0, 11.25, 11.0, 13
# Where a path has a long name: more room for it, and less for what is said in short. Points that fit the usual room.
LONG_NAMES: dict[int, float] = {1: 42, 8: 32}
POINTS_OF_NAME, POINTS_PER_CHARACTER = 190.0, 4.4


class Page:
    """The sheet while it is filled from top to bottom: the next row is `row`."""

    def __init__(self, book: Book, sheet: Sheet, row: int) -> None:
        self.book, self.sheet, self.row = book, sheet, row
        self._rule = 0.0
        self._line = LINE if book.size("place") <= FEW else CLOSE_LINE

    def next(self, tall: float = 0.0) -> int:
        """The row that comes next, so tall or as a line is; it has a cell, since a row without any has no height either."""
        self.sheet.heights[self.row] = (tall or self._line) + self._rule
        self.sheet.put(self.row, 1, None)
        self.row, self._rule = self.row + 1, 0.0
        return self.row - 1

    def section(self, title: str) -> None:
        self.next(3)
        self.sheet.section(self.next(16), title, LAST)
        self._rule = BELOW_A_RULE

    def later(self, write: Callable[..., object], *known: object) -> None:
        self.book.later(NAME, partial(write, self.book, *known))


def widths(book: Book) -> dict[int, float]:
    """The widths of the columns, which follow the names of the paths."""
    return WIDTHS | (LONG_NAMES if longest(book) * POINTS_PER_CHARACTER > POINTS_OF_NAME else {})


def longest(book: Book) -> int:
    """How many characters the longest name of a path has, with its place."""
    return max(len(f"10. {path.label}") for path in book.structure.paths)


def named_text(book: Book, row: int, column: int, name: str, style: str = "line") -> None:
    """The text of a named cell."""
    book.derive(NAME, row, column, same, style, text=book.at(*book.names[name]))


def same(text):
    return joined(text, "")


def blank_or_number(value):
    return np.where(np.isnan(value), np.nan, value)


def of_path(values, at):
    return picked_or(values, at, np.nan)


def entry(values, at):
    return picked_or(values, at, "")
