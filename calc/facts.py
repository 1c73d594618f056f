"""Every figure and rule of the product, with unit, range, basis, source and place: the data of `facts --json`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from calc import catalogue
from calc.catalogue.cited import Cited, Reference
from calc.catalogue.figure import Parameter
from calc.catalogue.path import Path
from calc.catalogue.rule import Need


def facts() -> dict:
    """Parameters, models, settings, questions, rules, paths, figures, contradictions, evidence and stories as JSON-ready data."""
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
        "evidence": [_plain(one) for one in catalogue.evidence().values()],
        "stories": [
            _plain(claim) | {"model": _plain(catalogue.played()[key])} for key, claim in catalogue.claims().items()
        ],
        "sources": {source: _plain(data) for source, data in catalogue.sources().items()},
    }


def searched(found: dict, words: str) -> dict:
    """The facts in which every word occurs, in the same shape: in a name, a text, a note, a source or a place.

    words: separated by blanks; capitals do not matter, and the beginning of a word is enough. A parameter is found by the
    name of its model, too.
    """
    wanted = [_spaced(word) for word in words.split()]
    labels = {model: data["label"] for model, data in found["models"].items()}
    kept = {name: _kept(part, wanted) for name, part in found.items() if name not in ("schema", "parameters")}
    parameters = {
        model: _kept(own, [word for word in wanted if word not in _spaced(f"{model} {labels[model]}")])
        for model, own in found["parameters"].items()
    }
    return {"schema": found["schema"], "parameters": {model: own for model, own in parameters.items() if own}} | kept


def is_empty(found: dict) -> bool:
    """Whether a search found nothing."""
    return not any(part for name, part in found.items() if name != "schema")


def words_of(found: dict) -> set[str]:
    """Every word that can be searched for and occurs in a name or a label, for suggestions."""
    return set(re.findall(r"[^\W\d_]{3,}", _text([found, list(_names(found))]).casefold()))


def _kept(part: dict | list, wanted: list[str]) -> dict | list:
    """The entries of a list, or of a mapping by name, in which every word occurs."""
    if isinstance(part, list):
        return [entry for entry in part if _has(_text(entry), wanted)]
    return {name: entry for name, entry in part.items() if _has(_text([name, entry]), wanted)}


def _has(text: str, wanted: list[str]) -> bool:
    """Whether words in it begin with all that are wanted."""
    spaced = _spaced(text)
    return all(word in spaced for word in wanted)


def _spaced(text: str) -> str:
    """The words of a text in small letters, each after one blank."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _text(value: object) -> str:
    """Every text in plain data."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = list(value.values())
    return " ".join(map(_text, value)) if isinstance(value, list) else ""


def _names(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, entry in value.items():
            yield name
            yield from _names(entry)


def _rules() -> Iterator[dict[str, Any]]:
    """The decision's data, in the order in which it is applied: rules, ladder, indicator, needs of the feature work, gates."""
    kinds: dict[str, Iterable[Cited]] = {
        "rule": catalogue.rules().values(),
        "ladder": catalogue.ladder().values(),
        "indicator": catalogue.indicators().values(),
        **{name: [rule] for name, rule in catalogue.model_rules().items()},
        "need": catalogue.needs(),
        "gate": catalogue.gates().values(),
    }
    for kind, rules in kinds.items():
        for rule in rules:
            key = {"id": f"need_{rule.model}_{rule.question}"} if isinstance(rule, Need) else {}
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
