"""Cells and ranges by row and column, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workbook.files.address import address, row_and_column


class Area(NamedTuple):
    """The cells from one corner to the other, on a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_range(self) -> bool:
        return self.top != self.bottom or self.left != self.right

    @property
    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def places(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def __str__(self) -> str:
        corners = dict.fromkeys((address(self.top, self.left), address(self.bottom, self.right)))
        return f"{self.sheet}!{':'.join(corners)}"


def corner(text: str) -> tuple[int, int]:
    """Row and column of an address such as $B$7, from 1. Raises ValueError for anything else."""
    place = row_and_column(text)
    if not place:
        raise ValueError(f"{text} is not an address")
    return place


def area(sheet: str, text: str) -> Area:
    """The area of a text such as B7 or $A$1:$B$7."""
    first, _, last = text.partition(":")
    (top, left), (bottom, right) = corner(first), corner(last or first)
    return Area(sheet, top, left, bottom, right)


def areas(sheet: str, texts: str) -> list[Area]:
    """The areas of a list such as "A1 B2:C9", as conditional formats and validations name them."""
    return [area(sheet, text) for text in texts.split()]
