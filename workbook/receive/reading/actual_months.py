"""What really happened, month by month: from the sheet that asks for it, or as the sheet Record keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from calc.scenario.actuals import KEY, NOT_KNOWN, SERIES
from calc.scenario.faults import Fault
from calc.scenario.schema import MOST_MONTHS
from calc.scenario.spelled import fault_of
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Asked, is_noted, noted
from workbook.files.address import Place
from workbook.receive.intake import HIDDEN, Book
from workbook.receive.reading import asking
from workbook.receive.reading.actual_places import TABLE, Month, dotted, month_places
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.content import content, meaning
from workbook.receive.reading.record import VALUE
from workbook.receive.reading.tables import tables
from workbook.receive.reading.version import SHEET as ABOUT
from workbook.receive.reading.version import text_beside
from workbook.write.edition import Edition


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


def entered(book: Book, currency: str, then: Mapping[str, Any], is_older: bool) -> Entered | None:
    """What the cells say; None where no sheet asks for it, as in a light workbook.

    then: the section as it was when the workbook was made; is_older: whether an older version made it.
    """
    known = [of for of, value in of_section(then).items() if value is not None]
    located = month_places(book, known, is_older)
    if located is None:
        return Entered(faults=[asking.of_no_table(TABLE)]) if _is_gone(book, known) else None
    entries = Entered(places=located.cells, faults=located.faults, notes=located.notes)
    for of, place in located.cells.items():
        _enter(entries, book, of, place, currency)
    return entries


def _enter(entries: Entered, book: Book, of: Month, place: Place, currency: str) -> None:
    """Read one cell."""
    allowed, where = SERIES[of[0]], f"{shown_place(place)} ({dotted(of)})"
    asks = Asked("number", allowed.unit, allowed.unit == "share")
    try:
        cell = content(book, place)
        value = meaning(cell, asks, currency)
    except UnclearValueError as unclear:
        fault = fault_of(Fault(where, "", f"{allowed.says}; empty where nothing is known", "0"), unclear)
        entries.faults.append(PlacedFault(**vars(fault), place=place))
        return
    entries.values[of] = value if isinstance(value, float) else None
    given = cell.value if cell.formula is None else f"={cell.formula}"
    if value is not None and is_noted(given, value):
        entries.notes.append(f"{where}: {noted(given, value)}")
    elif value is not None and cell.is_hidden:
        entries.notes.append(f"{where}: {HIDDEN}; {value:,.15g} was read")


def _is_gone(book: Book, known: Sequence[Month]) -> bool:
    """Whether a sheet once asked for it: not in a light workbook; in a full one where it is still there, or had figures."""
    about = book.sheets.get(ABOUT)
    is_light = about is not None and text_beside(about, "Edition") == Edition.light
    return TABLE in book.sheets or (bool(known) and not is_light)


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


def _or_blank(value: float | None) -> float | str:
    return "" if value is None else value
