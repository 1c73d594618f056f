"""A received workbook as read: each sheet's cells with value, formula and style; the names that mean one cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Literal, NamedTuple

from workbook.files.address import Place

Kind = Literal["", "date", "percent", "masked", "multiple"]
MASKED: Kind = "masked"
MULTIPLE: Kind = "multiple"
HIDDEN = "its number format hides the value or shows another"
OF_WHICH = "its number format shows it as thousands or millions, which the number in the file is not: which is meant?"
IN_FULL = "type the number in full, in a plain number format"
# Rows in which a heading is looked for, since people put lines above a table, and more characters than any has.
HIGHEST, LONGEST = 60, 60
# How the child process is asked for a book without the cells of some sheets, and for one with only some: their names follow,
# with a character between them that no name has.
WITHOUT, ONLY, BETWEEN = "without:", "only:", "/"


class Error(str):
    """An error value such as #N/A; never equal to the text that reads the same."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Error) and str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def __repr__(self) -> str:
        return f"Error({str(self)!r})"


Value = float | str | bool | None | Error


class Cell(NamedTuple):
    """One cell that holds something.

    value: as saved; numbers are floats, dates serial numbers from the book's day nought; None: a formula saved without
    one
    formula: without its equals sign, shared ones written out; in .ods as OpenFormula, such as [.B2]*2
    style: the file's own number (.xlsx) or name (.ods) of the cell's style
    kind: what the number format makes of a number: "date" (dates and times), "percent", "masked" (no digit of it is
    shown), "multiple" (a number of thousands or millions is shown, and the value is not so many), or "" for any other
    """

    value: Value
    formula: str | None = None
    style: int | str | None = None
    kind: Kind = ""


PARTS = len(Cell._fields)
# A cell of its parts, in half the time that `Cell` takes: a workbook has a hundred thousand.
cell_of: Callable[[Sequence[Any]], Cell] = partial(tuple.__new__, Cell)


@dataclass
class Sheet:
    """A sheet: its name, and its cells by (row, column), both from 1.

    hidden_lines: "row 7", "column B"; merged: "B2:C4" (the first of each); links: cell -> what it leads to
    outside the file (of .xlsx only); is_unread: its cells were left out, see `Book.whole`.
    """

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden: bool = False
    hidden_lines: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    is_unread: bool = False

    @cached_property
    def near_the_top(self) -> dict[tuple[int, int], str]:
        """The texts among which headings are looked for, in small letters and with their white space normalized."""
        return {
            place: " ".join(cell.value.split()).casefold()
            for place, cell in self.cells.items()
            if place[0] <= HIGHEST and isinstance(cell.value, str) and len(cell.value) <= LONGEST
        }


@dataclass
class Book:
    """A workbook. format: "xlsx" or "ods"; sheets in the file's order.

    names: defined name -> (sheet, row, column); other_names: those that mean anything else -> what they mean, as text;
    charts: the ranges that charts read, each as often as it is read (of .xlsx only); chart_titles: likewise the cells that
    their titles and those of their axes are read from; day_zero: the day that the numbers of dates count from, in days
    from 1899-12-30 (1462 in the 1904 date system); read_again: gives one sheet of the file with its cells.
    """

    format: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    names: dict[str, Place] = field(default_factory=dict)
    other_names: dict[str, str] = field(default_factory=dict)
    charts: list[str] = field(default_factory=list)
    chart_titles: list[str] = field(default_factory=list)
    day_zero: int = 0
    read_again: Callable[[str], Sheet] | None = field(default=None, repr=False, compare=False)

    def whole(self, name: str) -> Sheet:
        """The sheet with its cells, for who reads cells that may have been left out: those are not empty. Raises Refused."""
        if self.sheets[name].is_unread and self.read_again is not None:
            self.sheets[name] = self.read_again(name)
        return self.sheets[name]


def to_plain(book: Book) -> dict[str, Any]:
    """The book as plain data for JSON; an error value is distinguished from text by a mark at the end of its cell."""
    return {
        "format": book.format,
        "names": book.names,
        "other_names": book.other_names,
        "charts": book.charts,
        "chart_titles": book.chart_titles,
        "day_zero": book.day_zero,
        "sheets": [
            [
                sheet.name,
                sheet.hidden,
                sheet.hidden_lines,
                sheet.merged,
                sheet.links,
                sheet.is_unread,
                [
                    [row, column, *cell, 1] if isinstance(cell.value, Error) else [row, column, *cell]
                    for (row, column), cell in sheet.cells.items()
                ],
            ]
            for sheet in book.sheets.values()
        ],
    }


def from_plain(plain: Mapping[str, Any]) -> Book:
    """The book that `to_plain` made this of."""
    names = {name: (place[0], place[1], place[2]) for name, place in plain["names"].items()}
    kept = {name: plain[name] for name in ("other_names", "charts", "chart_titles", "day_zero")}
    book = Book(plain["format"], names=names, **kept)
    for name, hidden, hidden_lines, merged, links, is_unread, rows in plain["sheets"]:
        sheet = Sheet(name, hidden=hidden, hidden_lines=hidden_lines, merged=merged, links=links, is_unread=is_unread)
        book.sheets[name] = sheet
        for row, column, *cell in rows:
            sheet.cells[row, column] = cell_of(cell) if len(cell) == PARTS else Cell(Error(cell[0]), *cell[1:PARTS])
    return book
