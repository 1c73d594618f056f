"""What really happened, month by month: from the sheet that asks for it, or as the sheet Record keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from calc.scenario.actuals import KEY, NOT_KNOWN, SERIES, label_of, month_heading
from calc.scenario.faults import Fault
from calc.scenario.schema import MOST_MONTHS
from calc.scenario.spelled import fault_of
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Asked, is_noted, noted
from workbook.receive.intake import Book
from workbook.receive.reading.addresses import Place, shown_place
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.content import content, meaning
from workbook.receive.reading.record import VALUE
from workbook.receive.reading.tables import Table, tables, text_at

Month = tuple[str, int]


@dataclass
class Entered:
    """values, places: list and month -> the figure, None where nothing is entered, and its cell."""

    values: dict[Month, float | None] = field(default_factory=dict)
    places: dict[Month, Place] = field(default_factory=dict)
    faults: list[PlacedFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def lists(self) -> dict[str, list[float | str]]:
        """In the form of a scenario, without lists in which nothing is entered."""
        months = {
            name: [_or_blank(self.values.get((name, month))) for month in range(1, MOST_MONTHS + 1)] for name in SERIES
        }
        return {name: of for name, of in months.items() if any(value != "" for value in of)}


def dotted(of: Month) -> str:
    """A month of a list, as faults of a scenario name it."""
    name, month = of
    return f"{KEY}.{name}, month {month}"


def entered(book: Book, currency: str) -> Entered | None:
    """What the cells say; None where no sheet asks for it, as in a light workbook."""
    table = next(iter(tables(book, "Actuals")), None)
    if table is None:
        return None
    entries = Entered()
    columns = dict(_months(table))
    for name, allowed in SERIES.items():
        asks = Asked("number", allowed.unit, allowed.unit == "share")
        for month, column in columns.items():
            for row in _rows(table, name):
                of, place = (name, month), (table.sheet.name, row, column)
                entries.places[of] = place
                try:
                    cell = content(book, place)
                    value = meaning(cell, asks, currency)
                    entries.values[of] = value if isinstance(value, float) else None
                    given = cell.value if cell.formula is None else f"={cell.formula}"
                    if value is not None and is_noted(given, value):
                        entries.notes.append(f"{shown_place(place)} ({dotted(of)}): {noted(given, value)}")
                except UnclearValueError as unclear:
                    where = f"{shown_place(place)} ({dotted(of)})"
                    fault = fault_of(Fault(where, "", f"{allowed.says}; empty where nothing is known", "0"), unclear)
                    entries.faults.append(PlacedFault(**vars(fault), place=place))
    return entries


def recorded(book: Book) -> dict[str, Any]:
    """The section as it was when the workbook was made; empty where an older version kept none. Raises UnclearValueError."""
    for table in tables(book, "Record")[:1]:
        for row in table.rows_by_key.get(KEY, ()):
            cell = table.sheet.cells.get((row, table.columns[VALUE]))
            try:
                section = json.loads(cell.value) if cell and isinstance(cell.value, str) else None
            except (ValueError, RecursionError):
                section = None
            if not isinstance(section, dict):
                raise UnclearValueError("the sheet Record does not hold what happened in readable form")
            return section
    return {}


def of_section(section: Mapping[str, Any]) -> dict[Month, Any]:
    """Every month of every list of a section; None where it has nothing."""
    known = {name: section.get(name) for name in SERIES}
    return {
        (name, month): of[month - 1]
        if isinstance(of, list) and month <= len(of) and of[month - 1] not in NOT_KNOWN
        else None
        for name, of in known.items()
        for month in range(1, MOST_MONTHS + 1)
    }


def _rows(table: Table, name: str) -> list[int]:
    """The row of a list: by its key, else by its label."""
    return (table.rows_by_key.get(f"{KEY}.{name}") or table.rows_by_label.get(label_of(name), []))[:1]


def _months(table: Table) -> Iterator[tuple[int, int]]:
    """Month -> its column, by the headings."""
    known = {month_heading(month).casefold(): month for month in range(1, MOST_MONTHS + 1)}
    for row, column in sorted(table.sheet.cells):
        if row == table.row and (month := known.get(text_at(table.sheet, row, column).casefold())):
            yield month, column


def _or_blank(value: float | None) -> float | str:
    return "" if value is None else value
