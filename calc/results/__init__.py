"""Scenarios in, results out: plain data in the shape of `calc --json`, for any number of scenarios at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from calc.model import model_for, user_paths
from calc.reasons import reasons
from calc.results.decision import gates_of, lenses_of, models_of, path_decisions_of, recommendation_of
from calc.results.evaluation import BLOCK, Evaluation
from calc.results.explanation import explanation
from calc.results.paths import paths_of
from calc.results.quotes import quotes_of
from calc.results.searched import flip_of
from calc.results.telling import alerts_of, budget_of, known_of, why_not_texts
from calc.scenario import Scenario, normal_form
from calc.searches import Searches
from calc.simulation import RANDOM_TRIALS

__all__ = ["SCHEMA", "explanation", "flip_of", "results"]

SCHEMA = 1


def results(scenarios: Sequence[Scenario], flips: bool = True, trials: int = RANDOM_TRIALS) -> list[dict]:
    """The result of every scenario, in their order, as JSON-ready data: no NaN, no infinity, no NumPy numbers.

    Scenarios with the same paths are evaluated together, in blocks that fit into memory. flips: also make the searches of
    `calc.searches`; without them `flips`, `holds`, `ask`, `finding_out`, `must_be_true` and `price_factor` are null, which
    says "not looked for", and the reasons leave them out.
    trials: of the simulation; with 0 its figures are null.
    """
    by_number: dict[int, dict] = {}
    alike: dict[tuple, list[int]] = {}
    for number, scenario in enumerate(scenarios):
        alike.setdefault(user_paths(scenario), []).append(number)
    for paths, numbers in alike.items():
        model = model_for(paths)
        for first in range(0, len(numbers), BLOCK):
            block = numbers[first : first + BLOCK]
            evaluation = Evaluation(model, [scenarios[number] for number in block], trials)
            for row, number in enumerate(block):
                searches = Searches(model, scenarios[number]) if flips else None
                by_number[number] = _result(evaluation, row, searches)
    return [by_number[number] for number in range(len(scenarios))]


def _result(evaluation: Evaluation, row: int, searches: Searches | None) -> dict:
    gates = gates_of(evaluation, row)
    paths = paths_of(evaluation, row, searches)
    recommendation = recommendation_of(evaluation, row, gates, searches)
    chosen = paths[recommendation["path"]] if recommendation["path"] else {}
    known = known_of(evaluation, row, chosen.get("chance_over_budget"), evaluation.trials)
    texts = why_not_texts(evaluation, row, known)
    for (path, decided), text in zip(path_decisions_of(evaluation, row, gates).items(), texts, strict=True):
        if decided["why_not"]:
            decided["why_not"]["text"] = text
        paths[path] |= decided
    recommendation |= {"alerts": alerts_of(known), "budget": budget_of(known)}
    result: dict[str, Any] = {
        "schema": SCHEMA,
        "scenario": normal_form(evaluation.scenarios[row]),
        "systemic": int(evaluation.of("systemic", row)),
        "recommendation": recommendation,
        "lenses": lenses_of(evaluation, row),
        "gates": gates,
        "models": models_of(evaluation, row),
        "paths": paths,
    }
    if evaluation.scenarios[row].quotes:
        result["quotes"] = quotes_of(evaluation, row, paths, gates)
    result["recommendation"]["reasons"] = reasons(result)
    return result
