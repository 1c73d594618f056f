"""Received workbooks, treated as hostile: checked before they are parsed, parsed in a child process with limits.

    opened(file) -> Members    the checked members of a received zip, inflated under the limits
    cells(path) -> Book        every value, formula and defined name of an .xlsx or .ods, read in a child process

Both raise `calc.scenario.faults.Refused` with plain sentences. Values are as the file has them: nothing is
trusted or recalculated here.
"""

from __future__ import annotations

from typing import Any

from workbook.receive.intake.book import HIDDEN, IN_FULL, MASKED, MULTIPLE, OF_WHICH, Book, Cell, Error, Sheet
from workbook.receive.intake.members import Members
from workbook.receive.intake.unsafe import Unsafe

__all__ = [
    "HIDDEN", "IN_FULL", "MASKED", "MULTIPLE", "OF_WHICH", "Book", "Cell", "Error", "Members", "Sheet", "Unsafe", "cells",
    "opened",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`opened` and `cells`, fetched when asked for: the child, started for every file, must not wait for pydantic."""
    if name == "opened":
        from workbook.receive.intake.received import opened

        return opened
    if name == "cells":
        from workbook.receive.intake.child import cells

        return cells
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
