"""The open workbook as it has to be: laid out anew, cell by cell, for the inputs in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from calc.scenario import Scenario, as_given, scenario
from calc.udfs.cells import UnusableError
from workbook.buttons.open_sheets import MADE_HERE, WHERE, Sheets, made_on, plain, runs
from workbook.write import build
from workbook.write.book import Book
from workbook.write.edition import Edition
from workbook.write.picks import STANDARD
from workbook.write.sheet import INPUTS, Cell

TRIALS = "Trials"


class Expected(NamedTuple):
    """A cell, and what it has to show."""

    sheet: str
    row: int
    column: int
    cell: Cell
    value: str | float | None


def laid_out(sheets: Sheets, now: Scenario, then: Scenario | None = None, picks: dict[str, str] | None = None) -> Book:
    """The workbook for the inputs now. then: those that its one-off results belong to, if they are others.

    Raises UnusableError where sheets are missing.
    """
    edition = Edition.full if TRIALS in sheets else Edition.light
    day = made_on(sheets)
    made = _laid_out(_text(now), _text(then or now), tuple((picks or {}).items()), edition, runs(sheets), day)
    missing = [name for name in made.sheets if name not in sheets]
    if missing:
        raise UnusableError("workbook", f"has no sheet {', '.join(missing)}", MADE_HERE)
    return made


def _text(one: Scenario) -> str:
    return json.dumps(as_given(one), default=str)


@lru_cache(maxsize=2)
def _laid_out(
    now: str, then: str, picks: tuple[tuple[str, str], ...], edition: Edition, trials: int, day: date | None
) -> Book:
    """Kept for the next button: it takes seconds."""
    # As a new workbook is made, where nothing is otherwise: that takes half the time.
    originals = [scenario(json.loads(then), WHERE)] if then != now else None
    picked = dict(picks) if set(picks) - set(STANDARD.items()) else None
    made = build.book([scenario(json.loads(now), WHERE)], trials, picked, originals, edition=edition, made_on=day)
    made.finish()
    return made


def cells(made: Book) -> Iterator[Expected]:
    """Every cell that is not there to be filled in."""
    for sheet in made.sheets.values():
        for (row, column), cell in sheet.cells.items():
            if cell.style not in INPUTS:
                yield Expected(sheet.name, row, column, cell, plain(cell.value))
