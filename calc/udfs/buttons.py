"""What the buttons write, as rows of cells: the range to fill in, the answer with its reasons, and what takes long."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from calc import catalogue
from calc.scenario.schema import FIELDS
from calc.udfs.break_even import tco_break_even
from calc.udfs.decision import tco_recommend, tco_status, tco_why
from calc.udfs.design import tco_design
from calc.udfs.figures import tco_table
from calc.udfs.simulation import MOST_TRIALS, tco_simulate
from calc.udfs.telling import tco_alerts, tco_why_not

Rows = list[list[Any]]
LONG_RUNS: dict[str, Callable[[Any], Any]] = {
    "simulation": lambda cells: tco_simulate(cells, MOST_TRIALS),
    "sequences": tco_design,
    "break-even": tco_break_even,
}
# How a text begins that a sheet would take for a formula.
FORMULA = ("=", "+", "-", "@")


def to_fill_in(today: datetime.date) -> Rows:
    """Every field with its default, and every question, under a header: a range that the functions take."""
    given = {"project.name": "My project", "project.start": today.isoformat()}
    rows = [[dotted, given.get(dotted, _default(field.default))] for dotted, field in FIELDS.items()]
    rows += [[f"answers.{question}", "unknown"] for question in catalogue.questions()]
    return [["Field", "Value"], *rows]


def explained(cells: Any) -> Rows:
    """The recommendation of a scenario with what must not be missed, why, why not another path, and all figures."""
    parts = {
        "Recommended": tco_recommend(cells),
        "Status": tco_status(cells),
        "What must not be missed": tco_alerts(cells),
        "What fired, and its source": tco_why(cells),
        "Why not another path": tco_why_not(cells),
        "All paths": tco_table(cells),
    }
    return _below(parts)


def run_again(cells: Any, what: str) -> Rows:
    """What a workbook holds from one run, calculated anew. what: one of LONG_RUNS."""
    return _below({what.capitalize(): LONG_RUNS[what](cells)})


def _below(parts: dict[str, Any]) -> Rows:
    """Parts one below the other, each under its heading, as rows of the same length that hold no formula."""
    rows: Rows = []
    for heading, found in parts.items():
        rows += [[heading], *(found if isinstance(found, list) else [[found]]), []]
    width = max(map(len, rows))
    return [[_inert(cell) for cell in row] + [None] * (width - len(row)) for row in rows[:-1]]


def _inert(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _default(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, int | float | str):
        return value
    return getattr(value, "likely", None)
