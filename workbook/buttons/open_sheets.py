"""The cells of an open workbook that `engagement build` made, and the scenario that its inputs say."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from calc.model import DAY_ZERO
from calc.scenario import Scenario, as_given, scenario
from calc.scenario.basis import KEY as BASIS
from calc.scenario.quotes import KEY as QUOTES
from calc.udfs.cells import UnusableError, day, is_blank
from calc.udfs.scenarios import One, one_scenario
from workbook.buttons.ranges import RANGES
from workbook.write.sheets import PATHS, RECORD, about

# Columns of the sheet Record: field, the sheet of its input, and what that said.
FIELD, SOURCE, SAID = 1, 2, 3
WHERE = "workbook"
MADE_HERE = "a workbook that engagement build made, with all its sheets"
PRECISION = 1e-9


@dataclass(frozen=True)
class Shown:
    """The cells of a sheet that are in use, as rows of values; top, left: row and column of the first, from 1."""

    rows: list[list[Any]]
    top: int = 1
    left: int = 1

    def cell(self, row: int, column: int) -> Any:
        """The value of a cell; None outside the cells in use."""
        at, across = row - self.top, column - self.left
        inside = 0 <= at < len(self.rows) and 0 <= across < len(self.rows[at])
        return self.rows[at][across] if inside else None

    @property
    def last_row(self) -> int:
        return self.top + len(self.rows) - 1


Sheets = Mapping[str, Shown]


def sheets_of(book: Any) -> dict[str, Shown]:
    """Sheet -> its cells, of a book of xlwings."""
    return {sheet.name: shown_of(sheet) for sheet in book.sheets}


def shown_of(sheet: Any) -> Shown:
    """The cells in use of a sheet of xlwings."""
    used = sheet.used_range
    return Shown(used.options(ndim=2, err_to_str=True).value, used.row, used.column)


def is_made_here(sheets: Sheets) -> bool:
    """Whether the sheets of the inputs and their record are there."""
    return {RECORD, *(sheet for sheet, *_ in RANGES.values())} <= sheets.keys()


def scenario_now(sheets: Sheets) -> tuple[Scenario, dict[str, str]]:
    """The scenario that the inputs say now, and the choices of what is shown. Raises UnusableError."""
    if not is_made_here(sheets):
        raise UnusableError(WHERE, "the sheets of its inputs are not all there", MADE_HERE)
    given = one_scenario(*(_range(sheets, *place) for place in RANGES.values()))
    return _whole(given, sheets), {name: str(cell) for name, cell in given.view.items()}


def scenario_then(sheets: Sheets) -> Scenario:
    """The scenario that the workbook was made for, as its sheet Record says. Raises UnusableError."""
    record, sources = sheets[RECORD], {sheet for sheet, *_ in RANGES.values()}
    rows = [[record.cell(row, column) for column in (FIELD, SOURCE, SAID)] for row in range(1, record.last_row + 1)]
    return _whole(one_scenario([[field, said] for field, source, said in rows if source in sources]), sheets)


def made_on(sheets: Sheets) -> datetime.date | None:
    """The day on which the workbook was made, according to its sheet About."""
    cell = sheets[about.NAME].cell(about.MADE_ON, 2) if about.NAME in sheets else None
    return None if is_blank(cell) else day(cell)


def _range(sheets: Sheets, sheet: str, first: int, last: int, top: int) -> list[list[Any]]:
    shown = sheets[sheet]
    filled = [row for row in range(top, shown.last_row + 1) if not is_blank(shown.cell(row, first))]
    bottom = max(filled, default=top)
    return [[shown.cell(row, column) for column in range(first, last + 1)] for row in range(top, bottom + 1)]


def _whole(given: One, sheets: Sheets) -> Scenario:
    """The scenario with what only the record holds: paths of its own, quotes, and where figures are from."""
    plain = as_given(given.scenario) | dict(_recorded(sheets[RECORD]))
    return scenario(plain, WHERE)


def _recorded(record: Shown) -> Iterator[tuple[str, Any]]:
    for row in range(1, record.last_row + 1):
        said = record.cell(row, SAID)
        if record.cell(row, FIELD) in (PATHS, BASIS, QUOTES) and isinstance(said, str) and json.loads(said):
            yield record.cell(row, FIELD), json.loads(said)


def plain(value: Any) -> str | float | None:
    """A value as two cells are compared: a number, a text, or None for nothing. The first of an array of scenarios."""
    if isinstance(value, np.ndarray):
        value = value.flat[0]
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return float((value - DAY_ZERO).days)
    if isinstance(value, str) or value is None:
        return str(value or "") or None
    return None if math.isnan(value) else float(value)


def equal(one: str | float | None, other: str | float | None) -> bool:
    """Whether two cells say the same: numbers to nine digits."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=PRECISION, abs_tol=PRECISION)
    return one == other
