"""Every figure and rule of the product, with unit, range, basis, source and place: the data of `facts --json`."""

from __future__ import annotations

from pydantic import BaseModel

from calc import catalogue
from calc.catalogue.schema import Cited, Parameter, Path, Reference


def facts() -> dict:
    """Parameters, models, settings, questions, rules, paths, figures, contradictions, stories, sources as JSON-ready data."""
    return {
        "schema": 1,
        "parameters": {
            model: {name: _parameter(parameter) for name, parameter in of_model.items()}
            for model, of_model in catalogue.parameters().items()
        },
        "models": {model: _cited(data) for model, data in catalogue.models().items()},
        "settings": {name: _cited(setting) for name, setting in catalogue.settings().items()},
        "questions": [_plain(question) for question in catalogue.questions().values()],
        "lenses": {lens: _cited(data) for lens, data in catalogue.lenses().items()},
        "rules": [*_rules()],
        "paths": {path: _path(data) for path, data in catalogue.paths().items()},
        "figures": [
            _plain(figure) | {"effect": figure.effect} | _first(figure.references)
            for figure in catalogue.figures().values()
        ],
        "contradictions": [_plain(contradiction) for contradiction in catalogue.contradictions().values()],
        "stories": [
            _plain(claim) | {"model": _plain(catalogue.played()[key])} for key, claim in catalogue.claims().items()
        ],
        "sources": {source: _plain(data) for source, data in catalogue.sources().items()},
    }


def _rules():
    """The decision's data, in the order in which it is applied: rules, ladder, indicator, needs of the feature work, gates."""
    kinds = {
        "rule": catalogue.rules().values(),
        "ladder": catalogue.ladder().values(),
        "indicator": catalogue.indicators().values(),
        **{name: [rule] for name, rule in catalogue.model_rules().items()},
        "need": catalogue.needs(),
        "gate": catalogue.gates().values(),
    }
    for kind, rules in kinds.items():
        for rule in rules:
            key = {"id": f"need_{rule.model}_{rule.question}"} if kind == "need" else {}
            yield {"kind": kind} | key | _cited(rule)


def _parameter(parameter: Parameter) -> dict:
    ends = parameter.range.model_dump()
    rest = _cited(parameter)
    del rest["range"]
    return ends | rest


def _path(path: Path) -> dict:
    return _cited(path) | {"phases": [phase.model_dump(exclude_none=True) for phase in path.phases]}


def _cited(item: Cited) -> dict:
    return _plain(item) | _first(item.references)


def _first(references: list[Reference]) -> dict:
    """Source and place of the first reference; null where it is our assumption or follows from others."""
    first = references[0] if references else None
    return {"source": first and first.source, "place": first and first.place}


def _plain(item: BaseModel) -> dict:
    return item.model_dump(mode="json", by_alias=True)
