"""Which version of the program made a workbook; older ones are read by today's names, newer ones are refused."""

from __future__ import annotations

import re

from calc import __version__
from calc.scenario.faults import Refused, problem
from workbook.files.agreed import ABOUT
from workbook.receive.intake import Book, Sheet
from workbook.receive.reading.tables import text_at

VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})\S{0,20}")
SHEET, ROW = ABOUT, "Version"
# Renamed fields: version up to which -> today's key -> the key then. So far none was renamed.
RENAMED: dict[str, dict[str, str]] = {}


def made_by(book: Book) -> str | None:
    """The version that made the workbook according to it, None where it does not say."""
    for sheet in sorted(book.sheets.values(), key=lambda sheet: sheet.name != SHEET):
        if (version := text_beside(sheet, ROW)) and VERSION.fullmatch(version):
            return version
    return None


def text_beside(sheet: Sheet, label: str) -> str | None:
    """The text to the right of a label on the sheet."""
    place = beside(sheet, label)
    return text_at(sheet, *place) or None if place else None


def beside(sheet: Sheet, label: str) -> tuple[int, int] | None:
    """The cell to the right of a label."""
    for (row, column), cell in sheet.cells.items():
        if cell.value == label and cell.formula is None:
            return row, column + 1
    return None


def order(version: str) -> tuple[int, ...]:
    """Versions in their order: 1.10.0 after 1.9.2."""
    match = VERSION.fullmatch(version)
    return tuple(map(int, match.groups())) if match else (0, 0, 0)


def is_older(version: str | None) -> bool:
    return version is not None and order(version) < order(__version__)


def refuse_newer(version: str | None, where: str) -> None:
    """Raise Refused for a workbook of a newer version than this one."""
    if version is not None and order(version) > order(__version__):
        says = f"made by version {version}, which is newer than this version {__version__}"
        raise Refused(where, [problem("", says, "update engagement")])


def key_then(key: str, version: str | None) -> str:
    """The key of a row in a workbook of that version."""
    if version is not None:
        for until, names in RENAMED.items():
            if order(version) <= order(until):
                key = names.get(key, key)
    return key
