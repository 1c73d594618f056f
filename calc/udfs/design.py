"""The best of all sequences of phases."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from calc.sequences import design
from calc.udfs.cells import UnusableError, grid, number, omitted, shown
from calc.udfs.descriptions import COST_CASE, EVERYWHERE, SCENARIO
from calc.udfs.function import excel_function
from calc.udfs.output import table
from calc.udfs.scenarios import One, named_case, one_scenario

FIGURES = ("fit", "same_scope", "npv", "invoiced", "paid", "own_time", "losses", "weeks_to_stable", "saves")
HEADS = [
    "Sequence", "Recommended", "Published path", "Fit", "Same scope", "Present value", "Invoiced", "To be paid", "Own time",
    "Losses", "Weeks to stable", "Saves",
]  # fmt: skip


@excel_function(
    scenario=SCENARIO,
    top="How many sequences, a whole number from 1; all that no other beats if left out.",
    cost_case=COST_CASE,
    **EVERYWHERE,
)
def tco_design(scenario, top=None, cost_case=None, answers=None, parameters=None):
    """The sequences of phases that no other beats, of all that are possible; what each saves against the best published path."""
    given = one_scenario(scenario, answers, parameters)
    found = _designed(given, named_case(cost_case) or given.cost_case)
    best = found["recommended"]
    names = [one["name"] for one in found["frontier"]]
    listed = [*([best] if best and best["name"] not in names else []), *found["frontier"]]
    lines = [
        [one["name"], best is not None and one["name"] == best["name"], one["path"], *(one[name] for name in FIGURES)]
        for one in listed[: _top(top)]
    ]
    return table(HEADS, lines)


@lru_cache(maxsize=16)
def _designed(given: One, case: str) -> dict[str, Any]:
    return design(given.scenario, case=case)


def _top(cells: Any) -> int | None:
    if omitted(cells):
        return None
    cell = grid(cells)[0][0]
    value = number(cell)
    if value is None or not value.is_integer() or value < 1:
        raise UnusableError("top", f"found {shown(cell)}", "a whole number from 1")
    return int(value)
