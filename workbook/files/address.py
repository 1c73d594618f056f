"""Addresses of cells, as every part of the product writes and reads them: A1, B$7, 'My sheet'!C3."""

from __future__ import annotations

import re
from functools import cache

# Sheet, row and column of a cell.
Place = tuple[str, int, int]
CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)


@cache
def column_letters(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """(3, 2) -> B3."""
    return f"{column_letters(column)}{row}"


def row_and_column(text: str) -> tuple[int, int] | None:
    """$B$3 -> (3, 2), whether or not a sheet is that large; None if the text is not the address of a cell."""
    match = CELL.fullmatch(text)
    return (int(match[2]), column_number(match[1])) if match else None


@cache
def quoted(sheet: str) -> str:
    """A sheet's name as it stands before an exclamation mark."""
    return sheet if sheet.isalnum() and not sheet[0].isdigit() else "'" + sheet.replace("'", "''") + "'"
