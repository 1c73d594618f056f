"""Which template a workbook was made from: the version and the fingerprint on its sheet About."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.files.address import address
from workbook.receive.checking.report import Finding
from workbook.receive.intake import Book
from workbook.receive.reading.tables import text_at
from workbook.receive.reading.version import SHEET, beside

ROWS = ("Version", "Template")


def differences(received: Book, expected: Book) -> Iterator[Finding]:
    """The differences between the sheet About and today's; the fingerprint last."""
    for row in ROWS:
        meant, actual = _beside(expected, row), _beside(received, row)
        if meant[1] != actual[1]:
            yield Finding("template", SHEET, actual[0], meant[1], actual[1], row.lower())


def _beside(book: Book, label: str) -> tuple[str, str | None]:
    """The cell to the right of a label, and its text."""
    sheet = book.sheets.get(SHEET)
    place = beside(sheet, label) if sheet else None
    return (address(*place), text_at(sheet, *place) or None) if sheet and place else ("", None)
