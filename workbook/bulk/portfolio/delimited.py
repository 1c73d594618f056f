"""Reads portfolios as CSV: UTF-8, separated by commas, semicolons or tabs, with column names in the first row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TextIO

from calc.scenario.faults import Fault, Refused, problem, shown
from workbook.bulk.portfolio.columns import CURRENCY, ID, Row, check_columns
from workbook.bulk.portfolio.raw_row import RawRow
from workbook.bulk.portfolio.source import Source

# More than a spreadsheet can hold in one cell.
LONGEST_CELL, LONGEST_LINE = 100_000, 1_000_000
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
# The first line in which Excel says how cells are separated.
NAMED = re.compile(r'"?sep=([,;\t])"?[\r\n]*', re.IGNORECASE)
QUOTING = "put a cell that contains a quote into quotes, and double each quote inside it"


class LongLineError(ValueError):
    """The line is too long to be read; the next call continues after it."""


def rows(source: Source) -> Iterator[RawRow]:
    """Every row; empty lines are skipped.

    A row that is not valid CSV spoils no other, except one with a quote that is never closed: nothing after it can be read.
    """
    csv.field_size_limit(LONGEST_CELL)
    with source.text(newline="") as file:
        head = file.readline(LONGEST_LINE)
        named = NAMED.fullmatch(head)
        head = file.readline(LONGEST_LINE) if named else head
    delimiter = named[1] if named else max(DELIMITERS, key=head.count)
    with source.text(newline="") as file:
        lines = Lines(file)
        if named:
            next(lines)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        columns = _columns(source, lines, reader, delimiter)
        while (cells := lines.row(reader)) is not None:
            if isinstance(cells, Fault):
                yield RawRow(lines.place, None, None, (cells,))
                if lines.is_lost:
                    return
            elif any(map(str.strip, cells)):
                yield columns.row(lines.place, cells)


class Lines:
    """The lines of the file for a csv reader, with the state that is needed when a row is not valid CSV."""

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
        """The line numbers of the last row, in words."""
        return f"line {self._last}" if self._first >= self._last else f"lines {self._first} to {self._last}"

    def row(self, reader: Any) -> list[str] | Fault | None:
        """The cells of the next row; None at the end; a fault if the row is not valid CSV."""
        self._first, self._quotes = self._last + 1, 0
        try:
            return next(reader, None)
        except LongLineError:
            fault = _too_long("line", LONGEST_LINE)
            is_long = True
        except csv.Error as error:
            is_long = "larger than field limit" in str(error)
            fault = _too_long("cell", LONGEST_CELL) if is_long else problem("the row", f"invalid CSV: {error}", QUOTING)
            # At the end of the file, a quote is still open.
            self.is_lost = str(error) == "unexpected end of data"
        # Quotes come in pairs; if one is left over, its cell continues after the lines that were read.
        self.is_lost = self.is_lost or (is_long and self._quotes % 2 == 1)
        if self.is_lost:
            says = f"cannot be read from line {self._first} on: a quote that is opened there is never closed"
            return problem("the rest of the file", says, QUOTING)
        return fault


def _too_long(what: str, limit: int) -> Fault:
    return Fault("the row", f"a {what} of more than {limit:,} characters", f"at most {limit:,}")


def _columns(source: Source, lines: Lines, reader: Any, delimiter: str) -> Columns:
    """Raises Refused with every fault of the column names."""
    where = str(source.path)
    cells = lines.row(reader)
    if isinstance(cells, Fault):
        raise Refused(where, [replace(cells, field="the column names")])
    names = [name.strip() for name in cells or []]
    if not any(names):
        raise Refused(
            where, [problem("", "no column names", "begin with a row of column names, such as id,project.name")]
        )
    check_columns(where, [name for name in names if name])
    return Columns(names, delimiter, source.currency)


@dataclass(frozen=True)
class Columns:
    """The column names; empty for a column without one: Excel saves columns that are only formatted.

    currency: of rows that name none.
    """

    names: list[str]
    delimiter: str
    currency: str | None = None

    def row(self, place: str, cells: list[str]) -> RawRow:
        """The row with these cells."""
        if len(cells) not in (len(self.names), self._named):
            return self._miscounted(place, cells)
        named = dict(zip(self.names, cells, strict=False))
        row = Row(named.get(CURRENCY) or self.currency)
        for at, (name, text) in enumerate(zip(self.names, cells, strict=False), 1):
            if name:
                row.read(name, text)
            elif text.strip():
                row.faults.append(problem(f"cell {at}", f"holds {shown(text)}, but its column has no name"))
        return RawRow(place, row.fields.get(ID), row.fields, tuple(row.faults), tuple(row.notes))

    @cached_property
    def _named(self) -> int:
        """The number of columns up to the last with a name: programs leave out the empty ones after it."""
        return max(at for at, name in enumerate(self.names, 1) if name)

    def _miscounted(self, place: str, cells: list[str]) -> RawRow:
        """A row with a different number of cells than there are column names."""
        mark = DELIMITERS[self.delimiter]
        allowed = f"{len(self.names)}, as many as there are column names; a {mark} within a cell needs quotes around it"
        count = f"{len(cells)} cell{'s' if len(cells) != 1 else ''}"
        id = dict(zip(self.names, cells, strict=False)).get(ID)
        return RawRow(place, id, None, (Fault("the row", count, allowed),))
