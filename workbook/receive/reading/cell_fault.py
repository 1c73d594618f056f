"""A fault that knows the cell it is about."""

from __future__ import annotations

from dataclasses import dataclass

from calc.scenario.faults import Fault


@dataclass(frozen=True)
class PlacedFault(Fault):
    """place: sheet, row and column, None where the fault is of the whole workbook."""

    place: tuple[str, int, int] | None = None
