"""The decision's part of a result: lenses with the rules that fired, gates, models, and the recommendation."""

from __future__ import annotations

from itertools import combinations

from calc import catalogue
from calc.catalogue.rule import Step
from calc.results.evaluation import Evaluation
from calc.results.searched import searched_choice
from calc.searches import Searches
from calc.sentences.answer import STATUSES

# By the codes of the quantity `why_not`.
WHY_NOT = (None, "excluded", "no_evidence", "fits_worse", "dearer")


def lenses_of(evaluation: Evaluation, row: int) -> dict[str, dict]:
    """Lens -> support of both sides, lean and verdict; also the lean after the ladder, and what fired or decided."""
    structure = evaluation.model.structure
    fired = [rule for rule, fires in zip(catalogue.rules().values(), evaluation.of("fires", row), strict=True) if fires]
    step = _step(evaluation, row)
    lenses = {}
    for number, lens in enumerate(structure.lenses):
        verdict = evaluation.of("verdict", row)[number]
        by_indicator = evaluation.of("side", row)[number] == 0 and verdict != 0
        lenses[lens] = {
            "support": {
                "freelancer": evaluation.of("support_freelancer", row)[number],
                "alternative": evaluation.of("support_alternative", row)[number],
            },
            "lean": evaluation.of("lean", row)[number],
            "verdict": {-1: "freelancer", 0: "either", 1: catalogue.lenses()[lens].alternative}[verdict],
            "settled_lean": evaluation.of("settled_lean", row)[number],
            "fired": [rule.id for rule in fired if rule.lens == lens],
            "ladder": step.id if step and step.lens == lens else None,
            "indicator": catalogue.indicators()[lens].id if by_indicator else None,
        }
    return lenses


def _step(evaluation: Evaluation, row: int) -> Step | None:
    """The step of the ladder that decides; None where the ladder has no word."""
    return next((step for key, step in catalogue.ladder().items() if evaluation.of(key, row)), None)


def gates_of(evaluation: Evaluation, row: int) -> dict[str, dict]:
    """Gate -> whether it fires, and the paths that it excludes."""
    ids = evaluation.model.structure.path_ids
    gates = {}
    for gate in catalogue.gates():
        out = [path for path, shut in zip(ids, evaluation.of(f"gate_{gate}", row), strict=True) if shut]
        gates[gate] = {"fired": evaluation.of(f"fired_{gate}", row) == 1, "excludes": out}
    return gates


def models_of(evaluation: Evaluation, row: int) -> dict[str, dict]:
    """Model -> how well it fits the core work."""
    fits = evaluation.of("core_fit", row)
    return {model: {"fit": fit} for model, fit in zip(catalogue.models(), fits, strict=False)}


def path_decisions_of(evaluation: Evaluation, row: int, gates: dict) -> dict[str, dict]:
    """Path -> whether something speaks for it, whether it is on the frontier, and why it is not recommended (null if it is)."""
    decisions = {}
    for at, path in enumerate(evaluation.model.structure.path_ids):
        decisions[path] = {
            "evidence": evaluation.of("evidence", row)[at] == 1,
            "frontier": evaluation.of("frontier", row)[at] == 1,
            "why_not": _why_not(evaluation, row, at, gates),
        }
    return decisions


def _why_not(evaluation: Evaluation, row: int, at: int, gates: dict) -> dict | None:
    kind = WHY_NOT[int(evaluation.of("why_not", row)[at])]
    if kind is None:
        return None
    path = evaluation.model.structure.path_ids[at]
    return {
        "kind": kind,
        "gates": [gate for gate, state in gates.items() if path in state["excludes"]],
        "amount": evaluation.of("same_scope_difference", row)[at],
        "of_place": evaluation.of("place_difference", row)[at],
        "break_even_chance": evaluation.of("break_even_chance", row)[at],
    }


def recommendation_of(evaluation: Evaluation, row: int, gates: dict, searches: Searches | None) -> dict:
    """The recommended, cheapest, best-fitting and second path, how complete the answers are, and what was searched."""
    ids = evaluation.model.structure.path_ids

    def path_at(name: str) -> str | None:
        position = int(evaluation.of(name, row))
        return ids[position - 1] if position else None

    status = STATUSES[int(evaluation.of("status", row))]
    return {
        "path": path_at("recommended"),
        "status": status,
        "provisional": evaluation.of("provisional", row) == 1,
        "completeness": evaluation.of("completeness", row),
        "cheapest": path_at("cheapest"),
        "best_fit": path_at("best_fitting"),
        "runner_up": path_at("runner_up"),
        "colliding": colliding(gates, ids) if status == "none_left" else [],
        "reasons": [],
        **searched_choice(searches),
        "alerts": [],
        "budget": None,
    }


def colliding(gates: dict[str, dict], paths: list[str]) -> list[str]:
    """The gates that together leave no path: every gate of every combination of which none can be spared."""
    shut = {gate: set(state["excludes"]) for gate, state in gates.items() if state["excludes"]}
    enough: list[set[str]] = []
    for size in range(1, len(shut) + 1):
        for chosen in combinations(shut, size):
            spared = any(smaller <= set(chosen) for smaller in enough)
            if not spared and set().union(*(shut[gate] for gate in chosen)) >= set(paths):
                enough.append(set(chosen))
    return [gate for gate in shut if any(gate in chosen for chosen in enough)]
