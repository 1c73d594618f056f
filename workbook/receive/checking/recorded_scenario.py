"""The scenario that a workbook was made for: as its sheet Record keeps it, vouched for by the fingerprint beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from calc.scenario import Scenario
from workbook.files.agreed import ABOUT
from workbook.receive.intake import Book
from workbook.receive.reading.expected_inputs import fields
from workbook.receive.reading.gathering import gathered_from
from workbook.receive.reading.places import Places
from workbook.receive.reading.record import VALUE, recorded_key
from workbook.receive.reading.tables import tables
from workbook.receive.reading.version import text_beside
from workbook.write.build import inputs_hash

FINGERPRINT = "Inputs"


@dataclass(frozen=True)
class MadeFor:
    """scenario: None where the record is gone or unreadable; values: field and end -> the value then; date_system_switched:
    the workbook counts its dates from another day now, though their numbers are those of the record."""

    scenario: Scenario | None
    values: dict[tuple[str, str], Any]
    date_system_switched: bool = False


def made_for(book: Book, where: str) -> MadeFor:
    """The content of the sheet Record."""
    table = next(iter(tables(book, "Record")), None)
    if table is None:
        return MadeFor(None, {})
    places = Places()
    for one in fields():
        for end, _ in one.ends:
            if rows := table.rows_by_key.get(recorded_key(one, end)):
                places.cells[one.dotted, end] = (table.sheet.name, rows[0], table.columns[VALUE])
    complete = len(places.cells) == sum(len(one.ends) for one in fields())
    # Whoever switches the date system leaves the numbers as they are: the record's date then counts as it did before.
    switched = False
    for day_zero in dict.fromkeys((book.day_zero, 0)):
        record = gathered_from(replace(book, day_zero=day_zero), where, None, fields(), places, of_record=True)
        if record.scenario and inputs_hash(record.scenario) == fingerprint(book):
            switched = day_zero != book.day_zero
            break
    return MadeFor(record.scenario if complete else None, record.values, switched)


def fingerprint(book: Book) -> str | None:
    """The fingerprint of the inputs on the sheet About."""
    sheet = book.sheets.get(ABOUT)
    return text_beside(sheet, FINGERPRINT) if sheet else None
