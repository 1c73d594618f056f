"""From where on another path is cheaper."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from calc.break_even import BreakEven, break_even
from calc.udfs.cells import UnusableError, choice, grid, omitted
from calc.udfs.descriptions import EVERYWHERE, SCENARIO
from calc.udfs.function import excel_function, too_slow_for_the_wizard
from calc.udfs.output import table
from calc.udfs.paths import NEXT_BEST, RECOMMENDED, position
from calc.udfs.scenarios import One, one_scenario

CROSSINGS = ("revenue_loss_per_month", "core_hours", "month")
NEVER = "never within the range"
DECIDED = {RECOMMENDED: "recommended", NEXT_BEST: "runner_up"}


@too_slow_for_the_wizard
@excel_function(
    scenario=SCENARIO,
    first="Id or label of a path; as the scenario says (view.compare_path) or the recommended one if left out.",
    second="Id or label of another path; as the scenario says (view.compare_with) or the next best if left out.",
    what=f"One of {', '.join(CROSSINGS)}; all of them under a header if left out.",
    **EVERYWHERE,
)
def tco_break_even(scenario, first=None, second=None, what=None, answers=None, parameters=None):
    """The revenue loss a month, the core hours and the month from which on the other of two paths is cheaper."""
    found = one_scenario(scenario, answers, parameters)
    pair = (
        _path(found, "first", first, found.view.get("compare_path", RECOMMENDED)),
        _path(found, "second", second, found.view.get("compare_with", NEXT_BEST)),
    )
    if pair[0] == pair[1]:
        raise UnusableError("second", f"found {pair[1]}, the first path once more", "another path")
    crossings = _between(found, *pair)
    if not omitted(what):
        crossing = getattr(crossings, choice("what", what, CROSSINGS, ""))
        return NEVER if crossing is None else crossing.at
    units = (f"{found.scenario.project.currency}/month", "h", "month")
    lines = [[name, *_crossing(getattr(crossings, name)), unit] for name, unit in zip(CROSSINGS, units, strict=True)]
    return table(["What changes", "At", "Cheaper from there on", "Unit"], lines)


def _path(found: One, argument: str, cells: Any, default: str) -> str:
    """The id of the path that an argument names, or of the one that the decision gives."""
    ids = found.model.structure.path_ids
    wanted = default if omitted(cells) else grid(cells)[0][0]
    if wanted not in DECIDED:
        return ids[position(found, argument, wanted)]
    at = int(found.values([DECIDED[wanted]], None)[DECIDED[wanted]][0])
    if not at:
        raise UnusableError(argument, "the gates leave no such path", "the id of a path")
    return ids[at - 1]


@lru_cache(maxsize=64)
def _between(found: One, first: str, second: str) -> BreakEven:
    return break_even(found.model, found.scenario, first, second)


def _crossing(crossing: Any) -> list[Any]:
    return [NEVER, None] if crossing is None else [crossing.at, crossing.cheaper]
