"""Figures that are no inputs, published or of a quote, and that somebody overwrote: the new value is reported, not read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

from calc import catalogue
from calc.scenario import Scenario
from calc.scenario.quotes import figures, quote_id
from calc.scenario.schema import Range
from workbook.receive.intake import Book
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.tables import Table, tables, text_at

ENDS = {"Low": "low", "Likely": "likely", "High": "high"}
OWN = "it was not read; your own figures go beside it, under Own low, Own likely and Own high"
QUOTED = "it was not read; enter what is offered now as the quote in the scenario, and build the workbook again"


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


def offers_overwritten(book: Book, scenario: Scenario) -> Iterator[str]:
    """A note for every figure of a quote that differs in the workbook, whose own formulas follow the one in the cell."""
    for table in tables(book, "Parameters")[:1]:
        for quote in scenario.quotes:
            for name, offered in figures(quote, scenario).items():
                key = f"{quote_id(quote.vendor)}.{name}"
                for row, end in product(table.rows_by_key.get(key, []), ENDS.values()):
                    meant = (
                        getattr(offered, end) if isinstance(offered, Range) else offered if end == "likely" else None
                    )
                    place = (table.sheet.name, row, table.columns[f"Own {end}"])
                    cell = table.sheet.cells.get(place[1:])
                    value = cell.value if cell and isinstance(cell.value, float) else None
                    if value != meant and not (value and meant and math.isclose(value, meant, rel_tol=1e-9)):
                        yield f"{shown_place(place)} says {_said(value)} where {_said(meant)} is quoted ({key}): {QUOTED}"


def _said(value: float | None) -> str:
    return "nothing" if value is None else f"{value:,.10g}"


def _columns(table: Table) -> dict[str, int]:
    """End of a range -> the column of the published figures."""
    headed = {column for row, column in table.sheet.cells if row == table.row}
    columns = {text_at(table.sheet, table.row, column).capitalize(): column for column in headed}
    return {end: columns[heading] for heading, end in ENDS.items() if heading in columns}
