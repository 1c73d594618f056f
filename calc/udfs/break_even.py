"""The point beyond which another path is cheaper."""

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
    """The revenue loss a month, the core hours and the month beyond which the other of two paths is cheaper."""
    given = one_scenario(scenario, answers, parameters)
    pair = (
        _path(given, "first", first, given.view.get("compare_path", RECOMMENDED)),
        _path(given, "second", second, given.view.get("compare_with", NEXT_BEST)),
    )
    if pair[0] == pair[1]:
        raise UnusableError("second", f"found {pair[1]}, which is the first path", "another path")
    crossings = _between(given, *pair)
    if not omitted(what):
        crossing = getattr(crossings, choice("what", what, CROSSINGS, ""))
        return NEVER if crossing is None else crossing.at
    units = (f"{given.scenario.project.currency}/month", "h", "month")
    lines = [[name, *_crossing(getattr(crossings, name)), unit] for name, unit in zip(CROSSINGS, units, strict=True)]
    return table(["What changes", "At", "Cheaper from there on", "Unit"], lines)


def _path(given: One, argument: str, cells: Any, default: str) -> str:
    """The id of the path that an argument names, or of the one that the decision gives."""
    ids = given.model.structure.path_ids
    wanted = default if omitted(cells) else grid(cells)[0][0]
    if wanted not in DECIDED:
        return ids[position(given, argument, wanted)]
    at = int(given.values([DECIDED[wanted]], None)[DECIDED[wanted]][0])
    if not at:
        raise UnusableError(argument, "no such path is recommended (tco_status says why)", "the id of a path")
    return ids[at - 1]


@lru_cache(maxsize=64)
def _between(given: One, first: str, second: str) -> BreakEven:
    return break_even(given.model, given.scenario, first, second)


def _crossing(crossing: Any) -> list[Any]:
    return [NEVER, None] if crossing is None else [crossing.at, crossing.cheaper]
