"""What the buttons write, as rows of cells: the range to fill in, the answer with its reasons, and what takes long."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from calc import catalogue
from calc.scenario.schema import FIELDS
from calc.searches import Searches
from calc.sensitivity import Flips, tornado
from calc.udfs.break_even import tco_break_even
from calc.udfs.decision import NOBODY, tco_recommend, tco_status, tco_why
from calc.udfs.design import tco_design
from calc.udfs.figures import tco_table
from calc.udfs.function import answering
from calc.udfs.output import table
from calc.udfs.scenarios import one_scenario
from calc.udfs.sentences import tco_alerts, tco_why_not
from calc.udfs.simulation import MOST_IN_EXCEL, tco_simulate
from calc.what_if import answers_in_words

Rows = list[list[Any]]
# The figures that matter most; the others hardly move anything.
MOST_BARS = 20
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
    return below(parts)


def run_again(cells: Any, what: str) -> Rows:
    """What a workbook holds from one run, calculated anew. what: one of LONG_RUNS, or EVERYTHING."""
    return below({name.capitalize(): LONG_RUNS[name](cells) for name in (LONG_RUNS if what == EVERYTHING else [what])})


def _sensitivity(cells: Any) -> Rows:
    """The figures that move the gap to the next best path most, each at its low and its high end."""
    given = one_scenario(cells)
    heads = ["Figure", "Unit", "Now", "Low", "High", "Gap at low", "Gap at high"]
    bars = tornado(given.model, given.scenario).bars[:MOST_BARS]
    return table(heads, [[b.label, b.unit, b.current, b.low, b.high, b.at_low, b.at_high] for b in bars])


def _flips(cells: Any) -> Rows:
    """The answers and the figures that would change the recommendation, one at a time."""
    given = one_scenario(cells)
    answers = Searches(given.model, given.scenario).flips
    values = Flips(given.model, given.scenario).values()
    rows: Rows = [
        [catalogue.questions()[f.question].short, "answer", f.given, f.answer, f.path or NOBODY] for f in answers
    ]
    rows += [[f.factor.label, f.factor.unit, f.factor.current, f.value, f.path or NOBODY] for f in values]
    return table(["What changes", "Unit", "Now", "Then", "Recommended then"], rows)


def _must_be_true(cells: Any) -> Rows:
    """For each path, the answers with which it would be the recommended one, and the factor on its prices that does it."""
    given = one_scenario(cells)
    found = Searches(given.model, given.scenario)
    rows = [
        [path, answers_in_words(answers), found.price_factors.get(path)]
        for path, sets in found.must_be_true.items()
        for answers in (sets or [{}])
    ]
    return table(["Path", "Would have to be answered", "Or its prices times"], rows)


def _ask(cells: Any) -> Rows:
    """What to ask first: the open questions by how much their answers move, and how often the same path holds."""
    given = one_scenario(cells)
    firmness = Searches(given.model, given.scenario).firmness
    rows = [[catalogue.questions()[swing.question].short, swing.swing] for swing in firmness.ask]
    return table(["Question", "Swing"], [*rows, ["The same path holds in", firmness.holds]])


LONG_RUNS: dict[str, Callable[[Any], Any]] = {
    "simulation": lambda cells: tco_simulate(cells, MOST_IN_EXCEL),
    "sensitivity": answering(_sensitivity),
    "flips": answering(_flips),
    "must be true": answering(_must_be_true),
    "ask first": answering(_ask),
    "sequences": tco_design,
    "break-even": tco_break_even,
}
EVERYTHING = "everything"


def below(parts: dict[str, Any]) -> Rows:
    """Parts one below the other, each under its heading, as rows of the same length that hold no formula."""
    rows: Rows = []
    for heading, found in parts.items():
        rows += [[heading], *(found if isinstance(found, list) else [[found]]), []]
    width = max(map(len, rows))
    return [[inert(cell) for cell in row] + [None] * (width - len(row)) for row in rows[:-1]]


def inert(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _default(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, int | float | str):
        return value
    return getattr(value, "likely", None)
