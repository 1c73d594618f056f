"""The content of a cell: its value, or that of a formula that somebody typed into it, calculated here; and what it means."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from calc.scenario.faults import shown
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Asked, Meaning
from workbook.files.address import Place, row_and_column
from workbook.receive.intake import IN_FULL, MASKED, MULTIPLE, OF_WHICH, Book, Cell, Error
from workbook.receive.reading.arithmetic import BeyondError
from workbook.receive.reading.typed_formula import calculated

TEXT = re.compile(r'=?"((?:[^"]|"")*)"')


class Content(NamedTuple):
    """value: None for an empty cell; kind: "date", "percent", "multiple" or ""; formula: as typed, without its equals sign;
    day_zero: of the book, for a number that is a date; is_hidden: the cell's number format does not show the value."""

    value: float | str | bool | Error | None
    kind: str = ""
    formula: str | None = None
    day_zero: int = 0
    is_hidden: bool = False


def content(book: Book, place: Place) -> Content:
    """The content of a cell. Raises UnclearValueError for a formula that is more than arithmetic, and for a cell that does not
    show its own value, since it was merged with those before it."""
    sheet = book.sheets[place[0]]
    for merged in sheet.merged:
        if _covers(merged, place[1], place[2]):
            raise UnclearValueError(f"merged cells {merged}", "whose value is it? Unmerge them, and give each its own")
    cell = sheet.cells.get(place[1:])
    if cell is None:
        return Content(None)
    if cell.formula is None:
        empty = isinstance(cell.value, str) and not isinstance(cell.value, Error) and not cell.value.strip()
        return Content(None if empty else cell.value, _kind(cell), None, book.day_zero, cell.kind == MASKED)
    if text := TEXT.fullmatch(cell.formula):
        return Content(text[1].replace('""', '"'), "", cell.formula)
    try:
        return Content(
            calculated(book, place[0], cell.formula), _kind(cell), cell.formula, book.day_zero, cell.kind == MASKED
        )
    except BeyondError:
        formula = shown(f"={cell.formula}").removesuffix(" (text)")
        says = f"the formula {formula}, which shows {shown(cell.value)}"
        raise UnclearValueError(says, "is that meant? Then type it as a value") from None


def _covers(merged: str, row: int, column: int) -> bool:
    """Whether the cell is one of the merged cells and not the first of them, whose value they show."""
    corners = _corners(merged)
    if len(corners) != 2:
        return False
    (top, left), (bottom, right) = corners
    return top <= row <= bottom and left <= column <= right and (row, column) != (top, left)


@lru_cache(maxsize=2048)
def _corners(merged: str) -> tuple[tuple[int, int], ...]:
    return tuple(corner for text in merged.split(":") if (corner := row_and_column(text)))


def meaning(cell: Content, field: Asked, currency: str = "") -> Meaning | None:
    """What the content says of the field; None for an empty cell. currency: of the workbook. Raises UnclearValueError."""
    if cell.value is None:
        return None
    if isinstance(cell.value, Error):
        raise UnclearValueError(f"the error {cell.value}")
    if cell.kind == MULTIPLE:
        raise UnclearValueError(f"{shown(cell.value)}; {OF_WHICH}", IN_FULL)
    return field.meaning(cell.value, currency, cell.kind, cell.day_zero)


def _kind(cell: Cell) -> str:
    """The meaning that the format gives to the number; a format that hides it gives none."""
    return "" if cell.kind == MASKED else cell.kind
