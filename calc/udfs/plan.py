"""The plan: the phases of a path with their weeks and dates."""

from __future__ import annotations

from calc.udfs.cells import UnusableError, omitted
from calc.udfs.descriptions import COST_CASE, EVERYWHERE, SCENARIO
from calc.udfs.function import excel_function
from calc.udfs.output import table
from calc.udfs.paths import NOTHING_LEFT, RECOMMENDED, positions
from calc.udfs.scenarios import named_case, one_scenario

COLUMNS = (
    "stage_start", "stage_end", "stage_start_date", "stage_end_date", "stage_paid", "stage_own_time", "stage_beyond",
    "stage_paid_so_far", "stage_saves",
)  # fmt: skip
HEADS = [
    "No.", "Work", "Model", "Starts in week", "Ends in week", "Start", "End", "Paid", "Own time", "Past the horizon",
    "Paid by then", "Stopping then saves",
]  # fmt: skip


@excel_function(
    scenario=SCENARIO + " Needs project.start.",
    path="Id or label of a path; as the scenario says (view.plan_path) or the recommended one if left out.",
    cost_case=COST_CASE,
    **EVERYWHERE,
)
def tco_plan(scenario, path=None, cost_case=None, answers=None, parameters=None):
    """The phases of a path: work, model, weeks, dates, cost within the horizon, paid by then, and what stopping saves."""
    given, case = one_scenario(scenario, answers, parameters), named_case(cost_case)
    if not given.dated:
        raise UnusableError(
            "scenario", "project.start is missing", "a date from 2000-01-01 to 2100-12-31, for example 2026-12-01"
        )
    picked = given.view.get("plan_path")
    wanted = picked if omitted(path) and picked != RECOMMENDED else path
    at = positions(given, wanted, case)
    if at.size > 1:
        raise UnusableError("path", f"found {at.size} paths", "one path")
    if at[0, 0] < 0:
        raise UnusableError(*NOTHING_LEFT.split(": ", 1))
    values = given.values((*COLUMNS, "run_idle"), case)
    # As on the sheet Plan, feature work that there is none of is no phase.
    idle = values["run_idle"][0, at[0, 0]] == 1
    chosen = given.model.structure.path_ids[at[0, 0]]
    stages = [
        (row, stage)
        for row, stage in enumerate(given.model.structure.stages)
        if stage.path == chosen and not (idle and stage.work == "run")
    ]
    lines = [
        [number, stage.work, stage.model, *(values[name][0, row] for name in COLUMNS)]
        for number, (row, stage) in enumerate(stages, 1)
    ]
    return table(HEADS, lines)
