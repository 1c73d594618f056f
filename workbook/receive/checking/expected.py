"""The workbook as it has to be: built anew for the inputs in it, by the program that checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calc.scenario import Scenario
from workbook.files.address import Place
from workbook.receive.checking.as_read import as_read, with_values
from workbook.receive.intake import Book, Cell
from workbook.receive.reading.expected_inputs import fields
from workbook.receive.reading.places import places
from workbook.receive.reading.version import SHEET, text_beside
from workbook.write import build
from workbook.write.book import Book as WrittenBook
from workbook.write.edition import Edition
from workbook.write.once import large_run
from workbook.write.pack import Package
from workbook.write.picks import STANDARD
from workbook.write.sheet import INPUTS


@dataclass(frozen=True)
class Expected:
    """book: cell by cell, as its file would be read; package: to be packed; inputs: its inputs; to_fill: other cells that
    are there to be filled in; made: the book before it is packed."""

    book: Book
    package: Package
    to_fill: frozenset[Place]
    inputs: frozenset[Place]
    made: WrittenBook


def expected(
    now: Scenario,
    then: Scenario,
    runs: int,
    shown: Mapping[str, str],
    edition: Edition = Edition.full,
    made_on: date | None = None,
) -> Expected:
    """now: the inputs in the workbook; then: those that it was made for; runs: trials of its large simulation; made_on: the
    day that it says it was made on."""
    made = build.book([now], runs, shown, [then], edition=edition, made_on=made_on)
    package = build.packed(made)
    book = as_read(made, package)
    open_ = {
        (sheet.name, *place)
        for sheet in made.sheets.values()
        for place, cell in sheet.cells.items()
        if cell.style in INPUTS
    }
    inputs = set(places(book, fields()).cells.values()) | {made.names[name] for name in STANDARD}
    return Expected(book, package, frozenset(open_ - inputs), frozenset(inputs), made)


def as_made(meant: Expected, then: Scenario) -> Book:
    """The book of a workbook as it was made, where others than its inputs of then are in it now: the values that it had.

    Its one-off results are of then already, and what is around its cells is the same.
    """
    now = meant.made
    made = build.book([then], now.studies.trials, edition=now.edition, made_on=now.made_on, studies=now.studies)
    made.finish()
    return with_values(meant.book, made)


def edition_of(book: Book) -> Edition:
    """The edition that the sheet About names; the full one where it names none."""
    sheet = book.sheets.get(SHEET)
    named = text_beside(sheet, "Edition") if sheet else None
    return Edition(named) if named in list(Edition) else Edition.full


def runs_of(book: Book) -> int:
    """How many trials the large simulation says it had; the usual number where it says nothing sensible."""
    cells = book.sheets[large_run.SHEET].cells if large_run.SHEET in book.sheets else {}
    beside = ((row, column + 1) for (row, column), cell in cells.items() if cell.value == large_run.LABEL)
    return large_run.trials_said(cells.get(next(beside, (0, 0)), Cell(None)).value)
