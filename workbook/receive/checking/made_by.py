"""Which template a workbook was made from, and when: the version, the fingerprint and the day on its sheet About."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from calc.scenario.date_text import date_of_serial
from calc.scenario.unclear_value import UnclearValueError
from workbook.files.address import address
from workbook.receive.checking.report import Finding
from workbook.receive.intake import Book, cells
from workbook.receive.reading.tables import text_at
from workbook.receive.reading.version import SHEET, beside

ROWS = ("Version", "Template")


def differences(received: Book, expected: Book) -> Iterator[Finding]:
    """The differences between the sheet About and today's; the fingerprint last."""
    for row in ROWS:
        meant, actual = _beside(expected, row), _beside(received, row)
        if meant[1] != actual[1]:
            yield Finding("template", SHEET, actual[0], meant[1], actual[1], row.lower())


def file_made_on(path: Path) -> date | None:
    """The day that the workbook in a file says it was made on, of which no other sheet is read. Raises Refused."""
    return made_on(cells(path, only=[SHEET]))


def made_on(book: Book) -> date | None:
    """The day on which the workbook was made, according to it; None where it does not say."""
    sheet = book.sheets.get(SHEET)
    place = beside(sheet, "Made on") if sheet else None
    value = sheet.cells[place].value if sheet and place and place in sheet.cells else None
    try:
        return date_of_serial(value, book.day_zero) if isinstance(value, float) else None
    except UnclearValueError:
        return None


def _beside(book: Book, label: str) -> tuple[str, str | None]:
    """The cell to the right of a label, and its text."""
    sheet = book.sheets.get(SHEET)
    place = beside(sheet, label) if sheet else None
    return (address(*place), text_at(sheet, *place) or None) if sheet and place else ("", None)
