"""Where the sheets that are read are: by the headings of their table, whatever the sheet is called now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from calc.scenario.actuals import HEADINGS as ACTUALS
from calc.scenario.actuals import month_heading
from workbook.receive.intake import Book, Sheet


@dataclass(frozen=True)
class Headings:
    """What heads a table. values: columns that it must have; key: the column of ids; labels: what else names a row."""

    values: tuple[str, ...]
    key: str
    labels: tuple[str, ...]


HEADINGS = {
    "Inputs": Headings(("Value", "Low", "High"), "Field", ("Input",)),
    "Answers": Headings(("Answer", "How to tell"), "Id", ("Question",)),
    "Parameters": Headings(("Own low", "Own likely", "Own high"), "Field", ("Model", "Parameter")),
    "Actuals": Headings((ACTUALS[2], month_heading(1)), ACTUALS[1], (ACTUALS[0],)),
    "Record": Headings(("When it was made", "Changed"), "Field", ()),
}


@dataclass(frozen=True)
class Table:
    """A table: its sheet, the row of its headings, and the column under each heading."""

    sheet: Sheet
    headings: Headings
    row: int
    columns: dict[str, int]

    def is_headed(self, column: int) -> bool:
        """Whether there is a heading over the column."""
        return bool(text_at(self.sheet, self.row, column))

    @cached_property
    def rows_by_key(self) -> dict[str, list[int]]:
        """Id -> the rows with it."""
        return self._rows([self.headings.key])

    @cached_property
    def rows_by_label(self) -> dict[str, list[int]]:
        """Labels, joined -> the rows with them."""
        return self._rows(list(self.headings.labels))

    def _rows(self, headings: list[str]) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        columns = [self.columns[heading] for heading in headings if heading in self.columns]
        if not columns or len(columns) < len(headings):
            return rows
        for row, column in sorted(self.sheet.cells):
            if row > self.row and column == columns[0]:
                rows.setdefault(joined(text_at(self.sheet, row, c) for c in columns), []).append(row)
        return rows


def tables(book: Book, kind: str) -> list[Table]:
    """The tables of this kind; the one on the sheet of that name, where there is one, comes first."""
    matching = [table for sheet in book.sheets.values() if (table := _table(sheet, HEADINGS[kind]))]
    return sorted(matching, key=lambda table: table.sheet.name != kind)


def _table(sheet: Sheet, headings: Headings) -> Table | None:
    wanted = {name.casefold(): name for name in (*headings.values, headings.key, *headings.labels)}
    by_row: dict[int, dict[str, int]] = {}
    for (row, column), text in sheet.near_the_top.items():
        if text in wanted:
            by_row.setdefault(row, {}).setdefault(wanted[text], column)
    for row, columns in sorted(by_row.items()):
        named = headings.key in columns or (headings.labels and columns.keys() >= set(headings.labels))
        if named and columns.keys() >= set(headings.values):
            return Table(sheet, headings, row, columns)
    return None


def joined(texts: Iterator[str]) -> str:
    return "\n".join(texts)


def text_at(sheet: Sheet, row: int, column: int) -> str:
    """The text of a cell, its white space normalized; empty for an empty cell."""
    cell = sheet.cells.get((row, column))
    return " ".join(cell.value.split()) if cell and isinstance(cell.value, str) else ""
