"""The simulation: how the totals of all paths spread, and how often each is the cheapest."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from calc.simulation import RANDOM_TRIALS, SEED, Simulation, simulate
from calc.udfs.cells import UnusableError, grid, number, omitted, shown
from calc.udfs.descriptions import EVERYWHERE, SCENARIO
from calc.udfs.function import excel_function, too_slow_for_the_wizard
from calc.udfs.output import table
from calc.udfs.scenarios import One, one_scenario

# While it runs, nobody can type in Excel.
MOST_IN_EXCEL, LARGEST_SEED = 100_000, 2**31 - 1
HEADS = [
    "Id", "Path", "P10", "P50", "P80", "P90", "Chance of being the cheapest", "The same among the eligible", "To be paid, P50",
    "To be paid, P80", "Chance above the budget",
]  # fmt: skip


@too_slow_for_the_wizard
@excel_function(
    scenario=SCENARIO,
    trials=f"Number of trials, from 1 to {MOST_IN_EXCEL:,}; {RANDOM_TRIALS:,} if left out.",
    seed=f"Whole number from 0; the same seed gives the same trials; {SEED} if left out.",
    **EVERYWHERE,
)
def tco_simulate(scenario, trials=None, seed=None, answers=None, parameters=None):
    """P10 to P90 of every path's total, what may have to be paid, and chances: cheapest for the same scope, above the budget."""
    given = one_scenario(scenario, answers, parameters)
    run = _run(
        given, _whole("trials", trials, RANDOM_TRIALS, 1, MOST_IN_EXCEL), _whole("seed", seed, SEED, 0, LARGEST_SEED)
    )
    figures = (
        run.p10, run.p50, run.p80, run.p90, run.chance_cheapest, run.chance_cheapest_eligible, run.paid_p50, run.paid_p80,
        run.chance_over_budget,
    )  # fmt: skip
    paths = given.model.structure.paths
    return table(HEADS, [[path.id, path.label, *(each.value[at] for each in figures)] for at, path in enumerate(paths)])


@lru_cache(maxsize=16)
def _run(given: One, trials: int, seed: int) -> Simulation:
    return simulate(given.model, given.scenario, trials, seed)


def _whole(argument: str, cells: Any, default: int, low: int, high: int) -> int:
    if omitted(cells):
        return default
    cell = grid(cells)[0][0]
    value = number(cell)
    if value is None or not value.is_integer() or not low <= value <= high:
        raise UnusableError(argument, f"found {shown(cell)}", f"a whole number from {low:,} to {high:,}")
    return int(value)
