"""Portfolios as CSV: UTF-8, with commas, semicolons or tabs between the cells, and a first row of column names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TextIO

from calc.scenario.faults import Fault, Refused, shown
from workbook.bulk.portfolio import numbers
from workbook.bulk.portfolio.columns import ID, check_columns, is_text, value_of
from workbook.bulk.portfolio.raw_row import Row
from workbook.bulk.portfolio.source import Source

# What a spreadsheet may hold in one cell, and some.
LONGEST_CELL, LONGEST_LINE = 100_000, 1_000_000
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
QUOTING = "a cell with a quote in it as a whole in quotes, and each quote in it twice"


class LongLineError(ValueError):
    """A line that is too long to be read; the next call goes on behind it."""


def rows(source: Source) -> Iterator[Row]:
    """Every row; lines without anything are passed over.

    A row that is no CSV stands alone, but for one with a quote that is never closed: nothing after it can be told apart.
    """
    csv.field_size_limit(LONGEST_CELL)
    with source.text(newline="") as file:
        head = file.readline(LONGEST_LINE)
    delimiter = max(DELIMITERS, key=head.count)
    with source.text(newline="") as file:
        lines = Lines(file)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        columns = _columns(str(source.path), lines, reader, delimiter)
        while (cells := lines.row(reader)) is not None:
            if isinstance(cells, Fault):
                yield Row(lines.place, None, None, (cells,))
                if lines.is_lost:
                    return
            elif any(map(str.strip, cells)):
                yield columns.row(lines.place, cells)


class Lines:
    """The lines of the file as a csv reader takes them; and what has to be known of those that are no CSV."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._last, self._first, self._quotes = 0, 1, 0
        self.is_lost = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self._last += 1
        self._quotes += line.count('"')
        if len(line) <= LONGEST_LINE:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._file.readline(LONGEST_LINE)
            self._quotes += line.count('"')
        raise LongLineError

    @property
    def place(self) -> str:
        """The lines of the last row."""
        return f"line {self._last}" if self._first >= self._last else f"lines {self._first} to {self._last}"

    def row(self, reader: Any) -> list[str] | Fault | None:
        """The cells of the next row; None at the end; a fault where the row is no CSV."""
        self._first, self._quotes = self._last + 1, 0
        try:
            return next(reader, None)
        except LongLineError:
            found, allowed = f"a line of more than {LONGEST_LINE:,} characters", f"at most {LONGEST_LINE:,}"
            is_long = True
        except csv.Error as error:
            is_long = "larger than field limit" in str(error)
            found = f"a cell of more than {LONGEST_CELL:,} characters" if is_long else f"no valid CSV: {error}"
            allowed = f"at most {LONGEST_CELL:,}" if is_long else QUOTING
            # At the end of the file, a quote is still open.
            self.is_lost = str(error) == "unexpected end of data"
        # Quotes come in pairs; where one is left over, its cell goes on behind the lines that were read.
        self.is_lost = self.is_lost or (is_long and self._quotes % 2 == 1)
        if self.is_lost:
            found = f"from line {self._first} on nothing could be read: a quote is opened there and not closed"
            return Fault("the rest of the file", found, "", QUOTING)
        return Fault("the row", found, allowed)


def _columns(where: str, lines: Lines, reader: Any, delimiter: str) -> Columns:
    """Raises Refused with every fault of the column names."""
    cells = lines.row(reader)
    if isinstance(cells, Fault):
        raise Refused(where, [Fault("the column names", cells.found, cells.allowed, cells.example)])
    names = [name.strip() for name in cells or []]
    if not any(names):
        raise Refused(where, [Fault("the whole file", "no column names", "a first row such as id,project.name")])
    check_columns(where, [name for name in names if name])
    return Columns(names, delimiter)


@dataclass(frozen=True)
class Columns:
    """The column names, empty where a column has none, as Excel saves those that are only formatted."""

    names: list[str]
    delimiter: str

    def row(self, place: str, cells: list[str]) -> Row:
        """What the cells of a row say."""
        if len(cells) not in (len(self.names), self._named):
            return self._miscounted(place, cells)
        fields: dict[str, Any] = {}
        faults = []
        for at, (name, text) in enumerate(zip(self.names, cells, strict=False), 1):
            if not name:
                if text.strip():
                    faults.append(Fault(f"cell {at}", f"{shown(text)}, in a column without a name", "nothing there"))
            elif name in self._with_comma:
                text = text.strip()
                if (doubtful := numbers.doubtful(text)) and not name.startswith("paths."):
                    found = f"{shown(text)}: {numbers.question(doubtful)}"
                    faults.append(Fault(name, found, numbers.ALLOWED, numbers.plain(doubtful)))
                fields[name] = value_of(name, numbers.with_point(text))
            else:
                fields[name] = value_of(name, text)
        return Row(place, fields.get(ID), fields, tuple(faults))

    @cached_property
    def _with_comma(self) -> frozenset[str]:
        """The columns whose numbers may have a decimal comma."""
        return frozenset(name for name in self.names if name and self.delimiter == ";" and not is_text(name))

    @cached_property
    def _named(self) -> int:
        """How many there are up to the last that has a name: programs leave out what follows it."""
        return max(at for at, name in enumerate(self.names, 1) if name)

    def _miscounted(self, place: str, cells: list[str]) -> Row:
        """A row whose cells cannot be told to be under their names."""
        mark = DELIMITERS[self.delimiter]
        allowed = f"{len(self.names)}, as many as there are column names; a {mark} within a cell needs quotes around it"
        found = f"{len(cells)} cell{'s' if len(cells) != 1 else ''}"
        id = dict(zip(self.names, cells, strict=False)).get(ID)
        return Row(place, id, None, (Fault("the row", found, allowed),))
