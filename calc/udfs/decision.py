"""The recommendation, the lean of each source's lens, and the rules that fired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from calc import catalogue
from calc.results.decision import gates_of, lenses_of
from calc.sentences.answer import STATUSES
from calc.udfs.cells import UnusableError, choice, grid, is_blank, omitted, shown, text
from calc.udfs.descriptions import COST_CASE, EVERYWHERE, SCENARIO
from calc.udfs.evaluated import Evaluated
from calc.udfs.function import excel_function
from calc.udfs.output import rows, table
from calc.udfs.paths import with_faults
from calc.udfs.scenarios import named_case, one_scenario, scenarios_in

POSITIONS = {
    "path": "recommended",
    "label": "recommended",
    "cheapest": "cheapest",
    "best_fit": "best_fitting",
    "runner_up": "runner_up",
}
# Of the recommended path: what it is invoiced, what that leaves of the budget, and when its core is done.
MEASURES = {
    "provisional": "provisional",
    "completeness": "completeness",
    "invoiced": "recommended_invoiced",
    "headroom": "headroom",
    "weeks": "recommended_weeks",
}
LENS_FIGURES = ("support_freelancer", "support_alternative", "lean", "settled_lean")
NOBODY = "none"


@excel_function(
    scenario=SCENARIO,
    what=f"One of {', '.join([*POSITIONS, *MEASURES])}; path (its id) if left out.",
    cost_case=COST_CASE,
    **EVERYWHERE,
)
def tco_recommend(scenario, what=None, cost_case=None, answers=None, parameters=None):
    """The recommended path, which costs least for the same scope among those that fit about as well as the best; or none."""
    given = scenarios_in(scenario, answers, parameters)
    wanted = choice("what", what, (*POSITIONS, *MEASURES), "path")
    target = (POSITIONS | MEASURES)[wanted]
    values = np.broadcast_to(given.values([target], named_case(cost_case))[target], given.number)
    if wanted in MEASURES:
        cells = list(values)
    else:
        paths = given.model.structure.paths
        names = [NOBODY, *(path.label if wanted == "label" else path.id for path in paths)]
        cells = [names[int(position)] for position in values]
    return with_faults(given, rows([cell] for cell in cells))


@excel_function(scenario=SCENARIO, cost_case=COST_CASE, **EVERYWHERE)
def tco_status(scenario, cost_case=None, answers=None, parameters=None):
    """How firmly the recommendation stands: firm, provisional, open (no recommendation yet) or none_left."""
    given = scenarios_in(scenario, answers, parameters)
    codes = np.broadcast_to(given.values(["status"], named_case(cost_case))["status"], given.number)
    return with_faults(given, rows([STATUSES[int(code)]] for code in codes))


@excel_function(
    scenario=SCENARIO,
    lens="Id of a lens, that is of a source: "
    + ", ".join(catalogue.lenses())
    + "; all of them under a header if left out.",
    what=f"One of {', '.join(LENS_FIGURES)}, verdict; lean if left out.",
    cost_case=COST_CASE,
    **EVERYWHERE,
)
def tco_lens(scenario, lens=None, what=None, cost_case=None, answers=None, parameters=None):
    """How far a source supports each side, which way it leans (-1 freelancer, 1 alternative), and its verdict."""
    if omitted(lens):
        given = one_scenario(scenario, answers, parameters)
        lenses = lenses_of(Evaluated(given, named_case(cost_case)), 0)
        heads = [
            "Lens",
            "Alternative",
            "Support for the freelancer",
            "Support for the alternative",
            "Lean",
            "After the ladder",
            "Verdict",
        ]
        return table(heads, [_lens(key, state) for key, state in lenses.items()])
    given = scenarios_in(scenario, answers, parameters)
    names, figure = list(catalogue.lenses()), choice("what", what, (*LENS_FIGURES, "verdict"), "lean")
    at = [_lens_number(cell, names) for row in grid(lens) for cell in row]
    values = given.values([figure], named_case(cost_case))[figure]
    values = np.broadcast_to(values, (given.number, len(names)))[:, at]
    if figure == "verdict":
        values = [[_verdict(names[number], side) for number, side in zip(at, row, strict=True)] for row in values]
    if given.number == 1 and len(grid(lens)) > 1:
        values = np.array(values, dtype=object).reshape(len(grid(lens)), -1)
    return with_faults(given, rows(values))


@excel_function(scenario=SCENARIO, cost_case=COST_CASE, **EVERYWHERE)
def tco_why(scenario, cost_case=None, answers=None, parameters=None):
    """Every rule that fired, under a header: kind, id, the side it supports or the paths it excludes, reason, source."""
    evaluated = Evaluated(one_scenario(scenario, answers, parameters), named_case(cost_case))
    lines = [line for key, state in lenses_of(evaluated, 0).items() for line in _fired(key, state)]
    for key, state in gates_of(evaluated, 0).items():
        if state["fired"]:
            gate = catalogue.gates()[key]
            out = "excludes " + (", ".join(state["excludes"]) or "no path")
            lines.append(["gate", key, out, f"{gate.when}; {gate.then}", gate.citation or gate.basis])
    return table(["Kind", "Id", "Speaks for", "Why", "Source"], lines)


def _lens(key: str, state: dict[str, Any]) -> list[Any]:
    support = state["support"]
    alternative = catalogue.lenses()[key].alternative
    return [
        key,
        alternative,
        support["freelancer"],
        support["alternative"],
        state["lean"],
        state["settled_lean"],
        state["verdict"],
    ]


def _fired(key: str, state: dict[str, Any]) -> Iterator[list[Any]]:
    """The rows of a lens: the rules that fired, then its ladder step and its indicator."""
    alternative = catalogue.lenses()[key].alternative
    for rule in (catalogue.rules()[rule] for rule in state["fired"]):
        yield [
            "rule",
            rule.id,
            "freelancer" if rule.side == "freelancer" else alternative,
            rule.text,
            rule.citation or rule.basis,
        ]
    if state["ladder"]:
        step = catalogue.ladder()[state["ladder"]]
        yield ["ladder", step.id, step.says, step.text, step.citation or step.basis]
    if state["indicator"]:
        indicator = catalogue.indicators()[key]
        yield ["indicator", indicator.id, state["verdict"], indicator.text, indicator.citation or indicator.basis]


def _lens_number(cell: Any, names: list[str]) -> int:
    if is_blank(cell) or text(cell).lower() not in names:
        raise UnusableError("lens", f"found {shown(cell)}", ", ".join(names))
    return names.index(text(cell).lower())


def _verdict(lens: str, side: float) -> str:
    return {-1: "freelancer", 0: "either", 1: catalogue.lenses()[lens].alternative}[int(side)]
