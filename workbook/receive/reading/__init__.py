"""Reads a filled-in workbook, saved by whatever program, as a scenario.

    read(path) -> Reading      the scenario, with notes on cells that were not read literally

Only inputs are read; everything else is calculated anew. Raises `calc.scenario.faults.Refused` with every fault at
once, each by sheet and cell.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from calc.scenario import Scenario
from workbook.files.agreed import QUOTE_FORM
from workbook.receive.intake import Book
from workbook.receive.reading.gathering import Gathered, gathered, refused
from workbook.receive.reading.workings import WORKINGS

__all__ = [
    "WORKINGS", "Gathered", "Reading", "as_toml", "gathered", "is_form", "marked", "offer", "quotes_as_toml", "read", "refused",
    "tampered",
]  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """scenario: of the workbook; notes: sentences for the user; version: the one that made it, or None; book: its cells, without
    those of the workings."""

    scenario: Scenario
    notes: tuple[str, ...]
    version: str | None
    book: Book


def read(path: str | os.PathLike[str]) -> Reading:
    """The inputs of a filled-in .xlsx or .ods workbook. Raises Refused."""
    from workbook.receive.intake import cells

    book = cells(path, without=WORKINGS)
    inputs = gathered(book, os.fspath(path))
    if inputs.scenario is None:
        raise refused(inputs)
    return Reading(inputs.scenario, tuple(inputs.notes), inputs.version, book)


def is_form(book: Book) -> bool:
    """Whether a received workbook is a form for quotes, and no whole workbook."""
    return QUOTE_FORM in book.sheets and "Inputs" not in book.sheets


def __getattr__(name: str) -> Any:
    """What most commands do without, fetched when asked for: they read a workbook and write none."""
    if name in ("as_toml", "quotes_as_toml"):
        from workbook.receive.reading import toml

        return getattr(toml, name)
    if name in ("offer", "tampered"):
        from workbook.receive.reading import quote_form

        return getattr(quote_form, name)
    if name == "marked":
        from workbook.receive.reading.problems import marked

        return marked
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
