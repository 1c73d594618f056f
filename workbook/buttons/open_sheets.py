"""The cells of an open workbook that `engagement build` made, and the scenario that its inputs say."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from calc.model import DAY_ZERO
from calc.scenario import Scenario, as_given
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.basis import KEY as BASIS
from calc.scenario.basis import basis_by_field, basis_by_table, fields_in
from calc.scenario.quotes import KEY as QUOTES
from calc.udfs.cells import UnusableError, day, is_blank
from calc.udfs.from_cells import checked
from calc.udfs.scenarios import one_scenario
from workbook.buttons.actuals import happened
from workbook.buttons.ranges import RANGES
from workbook.buttons.shown import Sheets, Shown
from workbook.write.once import large_run
from workbook.write.sheets import PATHS, RECORD, about

# Columns of the sheet Record: field, the sheet of its input, and what that said.
FIELD, SOURCE, SAID = 1, 2, 3
WHERE = "workbook"
MADE_HERE = "a workbook that engagement build made, with all its sheets"
PRECISION = 1e-9


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
    picks = {name: str(cell) for name, cell in given.view.items()}
    then, now = _as_recorded(sheets), as_given(given.scenario)
    actual = happened(sheets, given.scenario.project.currency, then.get(ACTUALS, {}), picks.get("plan_path", ""))
    now |= {key: then[key] for key in (PATHS, QUOTES) if key in then} | ({ACTUALS: actual} if actual else {})
    # What is based on something is the figure as it was.
    figures, unchanged = dict(fields_in(now)), dict(fields_in(then)).items()
    bases = basis_by_field(checked(WHERE, then).basis)
    kept = {name: text for name, text in bases.items() if (name, figures.get(name)) in unchanged}
    return checked(WHERE, now | {BASIS: basis_by_table(kept)}), picks


def scenario_then(sheets: Sheets) -> Scenario:
    """The scenario that the workbook was made for, as its sheet Record says. Raises UnusableError."""
    return checked(WHERE, _as_recorded(sheets))


def made_on(sheets: Sheets) -> datetime.date | None:
    """The day on which the workbook was made, according to its sheet About."""
    cell = sheets[about.NAME].cell(about.DAY_MADE, 2) if about.NAME in sheets else None
    return None if is_blank(cell) else day(cell)


def runs(sheets: Sheets) -> int:
    """How many trials the large simulation had, according to the sheet Simulation."""
    said = sheets.get(large_run.SHEET, Shown([]))
    rows = (row for row in range(1, said.last_row + 1) if said.cell(row, 1) == large_run.LABEL)
    return large_run.trials_said(next((said.cell(row, 2) for row in rows), None))


def _range(sheets: Sheets, sheet: str, first: int, last: int, top: int) -> list[list[Any]]:
    shown = sheets[sheet]
    filled = [row for row in range(top, shown.last_row + 1) if not is_blank(shown.cell(row, first))]
    bottom = max(filled, default=top)
    return [[shown.cell(row, column) for column in range(first, last + 1)] for row in range(top, bottom + 1)]


def _as_recorded(sheets: Sheets) -> dict[str, Any]:
    """The scenario of the sheet Record as plain data: the inputs, and what no cell of them holds."""
    record, sources = sheets[RECORD], {sheet for sheet, *_ in RANGES.values()}
    rows = [[record.cell(row, column) for column in (FIELD, SOURCE, SAID)] for row in range(1, record.last_row + 1)]
    given = one_scenario([[field, said] for field, source, said in rows if source in sources])
    return as_given(given.scenario) | dict(_in_json(record))


def _in_json(record: Shown) -> Iterator[tuple[str, Any]]:
    for row in range(1, record.last_row + 1):
        field, said = record.cell(row, FIELD), record.cell(row, SAID)
        if field in (PATHS, BASIS, QUOTES, ACTUALS) and isinstance(said, str):
            try:
                value = json.loads(said)
            except (ValueError, RecursionError):
                value = None
            if not isinstance(value, list if field == QUOTES else dict):
                raise UnusableError(RECORD, f"{field} is no longer readable", "the sheet as it was")
            if value:
                yield field, value


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
