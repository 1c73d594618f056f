"""What a reader must not miss, and why not another path: the sentences of the workbook's cells."""

from __future__ import annotations

from typing import Any

import numpy as np

from calc.quantities.alerts import ALERTS
from calc.results.decision import gates_of, path_decisions_of
from calc.results.telling import alerts_of, known_of, why_not_texts
from calc.simulation import LIVE_TRIALS, shipped_trials
from calc.simulation.contending import HALF_A_CENT
from calc.simulation.statistics import chance_over_budget
from calc.udfs.cells import choice, omitted
from calc.udfs.descriptions import COST_CASE, EVERYWHERE, SCENARIO
from calc.udfs.evaluated import Evaluated
from calc.udfs.function import excel_function
from calc.udfs.output import NO_VALUE, rows, table
from calc.udfs.paths import BLANK, positions
from calc.udfs.scenarios import One, named_case, one_scenario

HEADS = [
    "Id", "Path", "Kind", "Gates", "Same scope against the recommended", "Of this, the place of work",
    "Break-even chance", "Why not",
]  # fmt: skip


@excel_function(
    scenario=SCENARIO,
    alert=f"Id of an alert, whose sentence is given, empty where it does not stand: {', '.join(ALERTS)}; all that stand "
    "under a header if left out.",
    cost_case=COST_CASE,
    **EVERYWHERE,
)
def tco_alerts(scenario, alert=None, cost_case=None, answers=None, parameters=None):
    """What must not be missed, as on the first page of the workbook: id and sentence of every alert, under a header."""
    given, case = one_scenario(scenario, answers, parameters), named_case(cost_case)
    standing = {one["id"]: one["text"] for one in alerts_of(_known(given, case))}
    if omitted(alert):
        return table(["Alert", "Sentence"], [list(one) for one in standing.items()])
    return rows([[standing.get(choice("alert", alert, tuple(ALERTS), ""), NO_VALUE)]])


@excel_function(
    scenario=SCENARIO,
    path="Id or label of a path, or a range of them, whose sentences are given; all paths under a header if left out.",
    cost_case=COST_CASE,
    **EVERYWHERE,
)
def tco_why_not(scenario, path=None, cost_case=None, answers=None, parameters=None):
    """Why a path is not recommended, in a sentence; for all of them also kind, gates, amount and break-even chance."""
    given, case = one_scenario(scenario, answers, parameters), named_case(cost_case)
    evaluated = Evaluated(given, case)
    texts = why_not_texts(evaluated, 0, _known(given, case))
    if not omitted(path):
        at = positions(given, path, case)
        return rows([[NO_VALUE if each == BLANK else texts[each] for each in row] for row in at])
    decided = path_decisions_of(evaluated, 0, gates_of(evaluated, 0)).values()
    lines = []
    for one, state, text in zip(given.model.structure.paths, decided, texts, strict=True):
        why = state["why_not"] or {"kind": "recommended", "gates": []}
        figures = [why.get(name) for name in ("amount", "of_place", "break_even_chance")]
        lines.append([one.id, one.label, why["kind"], ", ".join(why["gates"]), *figures, text])
    return table(HEADS, lines)


def _known(given: One, case: str | None) -> dict[str, Any]:
    """What the sentences read, with the chance of exceeding the budget as the workbook's own trials give it."""
    evaluated: Any = Evaluated(given, case)  # it reads as an Evaluation does
    at, budget = int(evaluated.of("recommended", 0)) - 1, given.scenario.money.budget
    chance = None
    if at >= 0 and budget is not None:
        invoiced = shipped_trials(given.model, given.scenario, LIVE_TRIALS, "invoiced")[:, at]
        chance = float(np.ravel(chance_over_budget(invoiced[np.newaxis], budget, HALF_A_CENT, LIVE_TRIALS))[0])
    return known_of(evaluated, 0, chance, LIVE_TRIALS)
