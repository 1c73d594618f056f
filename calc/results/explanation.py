"""The decision rule by rule, as data for `explain`, read from a result and the catalogue without calculating anything."""

from __future__ import annotations

from calc import catalogue
from calc.catalogue.cited import Cited
from calc.catalogue.rule import Indicator, Rule, Step
from calc.results.searched import OF_PATH
from calc.scenario.basis import KEY as BASIS
from calc.scenario.basis import basis_by_field

# Of a path, beside what the searches found.
OF_EACH = (
    "label", "eligible", "evidence", "frontier", "fit", "core_fit", "run_fit", "first_step", "total", "npv", "same_scope",
    "why_not",
)  # fmt: skip


def explanation(result: dict) -> dict:
    """Answer, reasons, lenses with all their rules, gates, paths in short, open questions and flips of a result.

    basis: field -> what its value is based on, such as a company default, where that is known.
    """
    choice = dict(result["recommendation"])
    quotes = {"quotes": result["quotes"]} if "quotes" in result else {}
    return quotes | {
        "schema": result["schema"],
        "project": result["scenario"]["project"]["name"],
        "answer": choice["reasons"][0],
        "recommendation": choice,
        "lenses": {lens: _lens(result, lens) for lens in result["lenses"]},
        "gates": {gate: _gate(result, gate) for gate in result["gates"]},
        "paths": {path: _path(result, path) for path in result["paths"]},
        "basis": basis_by_field(result["scenario"].get(BASIS, {})),
        "unknown": [question for question, answer in result["scenario"]["answers"].items() if answer == "unknown"],
    }


def references_of(item: Cited) -> list[dict]:
    return [reference.model_dump() for reference in item.references]


def _lens(result: dict, lens: str) -> dict:
    outcome, data = result["lenses"][lens], catalogue.lenses()[lens]
    step = catalogue.ladder().get(outcome["ladder"])
    indicator = next((i for i in catalogue.indicators().values() if i.id == outcome["indicator"]), None)
    return {
        "label": data.label,
        "alternative": data.alternative,
        "weight": result["scenario"]["weights"][lens],
        **{name: outcome[name] for name in ("support", "lean", "settled_lean", "verdict")},
        "ladder": step and _above(step),
        "indicator": indicator and _above(indicator),
        "rules": [_rule(rule, rule.id in outcome["fired"]) for rule in catalogue.rules().values() if rule.lens == lens],
    }


def _above(step: Step | Indicator) -> dict:
    """What overrides a lens's lean: a step of its ladder, or its indicator."""
    return {"id": step.id, "question": step.question, "text": step.text, "references": references_of(step)}


def _rule(rule: Rule, fired: bool) -> dict:
    return {
        "id": rule.id,
        "side": rule.side,
        "fired": fired,
        "text": rule.text,
        "needs": rule.needs,
        "conditions": [{"question": c.question, "wanted": c.answer} for c in rule.conditions],
        "references": references_of(rule),
    }


def _gate(result: dict, gate: str) -> dict:
    data = catalogue.gates()[gate]
    texts = {name: getattr(data, name) for name in ("label", "when", "then", "why", "basis", "note")}
    return texts | result["gates"][gate] | {"references": references_of(data)}


def _path(result: dict, path: str) -> dict:
    figures = {name: result["paths"][path][name] for name in (*OF_EACH, *OF_PATH)}
    return figures | {"excluded_by": [gate for gate, state in result["gates"].items() if path in state["excludes"]]}
