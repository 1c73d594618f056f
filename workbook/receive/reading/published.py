"""Published figures that somebody overwrote: they are not inputs, so the new value is reported, not read."""

from __future__ import annotations

import math
from collections.abc import Iterator

from calc import catalogue
from workbook.receive.intake import Book
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.tables import Table, tables, text_at

ENDS = {"Low": "low", "Likely": "likely", "High": "high"}
OWN = "it was not read; your own figures go beside it, under Own low, Own likely and Own high"


def overwritten(book: Book) -> Iterator[str]:
    """A note for every published figure that differs in the workbook."""
    for table in tables(book, "Parameters")[:1]:
        columns = _columns(table)
        for model, name, parameter in catalogue.parameter_rows():
            for row in table.rows_by_key.get(f"{model}.{name}", []):
                for end, column in columns.items():
                    cell = table.sheet.cells.get((row, column))
                    meant = getattr(parameter.range, end)
                    if cell and isinstance(cell.value, float) and not math.isclose(cell.value, meant, rel_tol=1e-9):
                        place = shown_place((table.sheet.name, row, column))
                        yield f"{place} says {cell.value:,.10g} where {meant:,.10g} is published ({model}.{name}): {OWN}"


def _columns(table: Table) -> dict[str, int]:
    """End of a range -> the column of the published figures."""
    headed = {column for row, column in table.sheet.cells if row == table.row}
    columns = {text_at(table.sheet, table.row, column).capitalize(): column for column in headed}
    return {end: columns[heading] for heading, end in ENDS.items() if heading in columns}
