"""A breach of a rule by a workbook."""

from __future__ import annotations

from typing import NamedTuple


class Breach(NamedTuple):
    """One breach: the number of the rule, where it is (a sheet's name and a cell, or empty), and the problem."""

    rule: int
    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        return f"rule {self.rule}, {place or 'workbook'}: {self.message}"
