"""The sentences of a result that a workbook's cells say too: alerts, and why not the others (`calc.sentences`)."""

from __future__ import annotations

from typing import Any

from calc import catalogue
from calc.quantities.alerts import ALERTS
from calc.results.evaluation import GATE_FIGURES, Evaluation
from calc.sentences import alerts, told, why_not
from calc.sentences.grounds import (
    MOST_AGAINST,
    against,
    answers_against,
    gate_ground,
    rule_words,
    said,
    would_speak_for,
)

SINGLE = (
    "status", "recommended", "contenders", "completeness", "recommended_total", "recommended_scope_cost", "recommended_weeks",
    "recommended_invoiced", "budget_compares", "headroom", "over_by", "cheapest_saves", "cheapest_chance", *ALERTS.values(),
)  # fmt: skip


def known_of(evaluation: Evaluation, row: int, chance_above: float | None, trials: int) -> dict[str, Any]:
    """What the sentences read of a scenario, by name.

    chance_above: the simulated chance of exceeding the budget; trials: how many it is of.
    """
    structure, scenario = evaluation.model.structure, evaluation.scenarios[row]
    known: dict[str, Any] = {name: evaluation.of(name, row) for name in SINGLE}
    for name in ("recommended", "cheapest"):
        position = int(evaluation.of(name, row))
        key = "label" if name == "recommended" else "cheapest_label"
        known[key] = structure.paths[position - 1].label if position else ""
    answers = zip(structure.questions, evaluation.of("answer", row), strict=True)
    known |= {f"answer_{question}": answer for question, answer in answers}
    known |= {
        name: evaluation.of(name, row) for name in (*GATE_FIGURES, *(f"fired_{gate}" for gate in catalogue.gates()))
    }
    project = scenario.project
    known |= {"code": project.currency, "horizon_months": project.horizon_months, "budget": scenario.money.budget}
    return known | {"chance_above": chance_above, "chance_trials": trials}


def alerts_of(known: dict[str, Any]) -> list[dict[str, str]]:
    """The alerts that stand, each with its sentence."""
    standing = [alert for alert, quantity in ALERTS.items() if known[quantity] == 1]
    return [{"id": alert, "text": told(alerts.SENTENCES[alert], known)} for alert in standing]


def budget_of(known: dict[str, Any]) -> dict[str, float | None] | None:
    """How the recommended path stands to the budget; null without a budget."""
    if known["budget"] is None:
        return None
    return {
        "amount": known["budget"],
        "invoiced": known["recommended_invoiced"],
        "headroom": known["headroom"],
        "chance_above": known["chance_above"],
    }


def why_not_texts(evaluation: Evaluation, row: int, known: dict[str, Any]) -> list[str]:
    """Why each path is not recommended, in their order; an empty text for the recommended one."""
    gates = list(catalogue.gates())
    grounds = {f"ground_{gate}": told(gate_ground(catalogue.gates()[gate]), known) for gate in gates}
    fired = zip(catalogue.rules().items(), evaluation.of("fires", row), strict=True)
    spoken = {f"said_{key}": told(said, {"fires": fires, "words": rule_words(rule)}) for (key, rule), fires in fired}
    excluded_by = why_not.excluded_by(gates)
    texts = []
    for at, model in enumerate(evaluation.model.structure.main_models):
        own = {name: evaluation.of(name, row)[at] for name in why_not.FIGURES}
        own |= {f"gate_{gate}": evaluation.of(f"gate_{gate}", row)[at] for gate in gates}
        counted = {"answers_against": float(told(answers_against(model), spoken)), "most_against": MOST_AGAINST}
        own |= {"grounds": told(excluded_by, grounds | own), "against": told(against(model), spoken | counted)}
        own = known | own | {"would_speak": would_speak_for(model)}
        for name, part in why_not.PARTS.items():
            own[name] = told(part, own)
        texts.append(own["sentence"])
    return texts
