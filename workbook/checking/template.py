"""Which template a workbook was made from: the version and the fingerprint on its sheet About."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.checking.report import Finding
from workbook.intake import Book
from workbook.reading.version import SHEET, said

ROWS = ("Version", "Template")


def differences(received: Book, expected: Book) -> Iterator[Finding]:
    """What the sheet About says otherwise than it would today; the fingerprint last."""
    for row in ROWS:
        meant, found = (said(book.sheets[SHEET], row) if SHEET in book.sheets else None for book in (expected, received))
        if meant != found:
            yield Finding("template", SHEET, "", meant, found, row.lower())
