"""Finding out first: what it is worth to know whether the problem is systemic, beside what finding out costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.model import Model
from calc.quantity import QUANTITIES
from calc.scenario import Scenario
from calc.searches.answering import Answering
from calc.searches.changes import NO, OPEN, YES

COST = "same_scope"
TARGETS = ("recommended", COST)
# Who looks: the audit of a production firm, the pilot of a partner.
AUDITOR, PILOT = "production_firm", "engineering_partner"


@dataclass(frozen=True)
class FindingOut:
    """What finding out would change, and its price.

    chance: that the problem is systemic, as the scenario says. worth: how much less the same scope costs on average for
    knowing it; below 0 where a better-fitting, dearer path would be chosen. if_systemic, if_not: the path recommended in
    each state. audit_price, pilot_price: of a production firm's one-week audit and of a partner's pilot.
    """

    chance: float
    worth: float
    if_systemic: str
    if_not: str
    audit_price: float
    pilot_price: float


def asked_by_systemic() -> tuple[str, ...]:
    """The questions that say whether the problem is systemic."""
    return tuple(name.removeprefix("answer_") for name in QUANTITIES["systemic"].arguments)


def finding_out(model: Model, scenario: Scenario, now: int) -> FindingOut | None:
    """The worth of finding out; None where it is known, or where today or a state has no path.

    now: position of the path recommended today, 0 for none.
    """
    answering = Answering(model, scenario, TARGETS)
    columns = [model.structure.questions.index(question) for question in asked_by_systemic()]
    open_ones = [column for column in columns if answering.given[column] == OPEN]
    if not now or not open_ones or (answering.given[columns] == YES).any():
        return None
    states = np.repeat(answering.given[np.newaxis], 2, axis=0)
    states[:, open_ones] = np.array([[YES], [NO]])
    found = answering.evaluate(states)
    then = found["recommended"].astype(int)
    if not then.all():
        return None
    cost, paths = found[COST], model.structure.path_ids
    systemic, other = cost[:, now - 1] - cost[[0, 1], then - 1]
    chance = scenario.work.systemic_chance
    worth = float(chance * systemic + (1 - chance) * other)
    if_systemic, if_not = (paths[position - 1] for position in then)
    audit, pilot = _prices(model, scenario)
    return FindingOut(chance, worth, if_systemic, if_not, audit, pilot)


def _prices(model: Model, scenario: Scenario) -> tuple[float, ...]:
    """What an audit by each of the two costs: the labour of that phase in the first path that has one."""
    labour = model.evaluate([scenario], ("labour_cost",))["labour_cost"][0]
    audits = {
        phase.model: cost
        for phase, cost in zip(reversed(model.structure.phases), reversed(labour), strict=True)
        if phase.work == "audit"
    }
    return float(audits[AUDITOR]), float(audits[PILOT])
