"""Two scenarios side by side, as plain data."""

from __future__ import annotations

from typing import Any

from calc.difference.inputs import changed
from calc.difference.shares import method, shapley
from calc.difference.totals import Mixture
from calc.results import results
from calc.scenario import Scenario

SCHEMA = 1
FIGURES = ("total", "npv", "same_scope", "paid", "invoiced", "weeks_to_stable", "fit")
STATES = ("eligible", "finished")
CHOICES = ("path", "status", "cheapest", "best_fit", "runner_up", "provisional", "completeness")


def difference(one: Scenario, other: Scenario, names: tuple[str, str] = ("a", "b")) -> dict[str, Any]:
    """What differs between two scenarios: inputs, results of the paths that both have, and what explains the totals."""
    fields = changed(one, other)
    first, second = results([one, other], flips=False, trials=0)
    both = [path for path in first["paths"] if path in second["paths"]]
    return {
        "schema": SCHEMA,
        "a": names[0],
        "b": names[1],
        "same": not fields,
        "currencies": [one.project.currency, other.project.currency],
        "inputs": [{"field": field, "a": before, "b": after} for field, (before, after) in fields.items()],
        "recommendation": {name: _two(first["recommendation"], second["recommendation"], name) for name in CHOICES},
        "paths": {path: _path(first["paths"][path], second["paths"][path]) for path in both},
        "only_a": [path for path in first["paths"] if path not in both],
        "only_b": [path for path in second["paths"] if path not in both],
        "explained": _explained(one, other, list(fields)),
    }


def _two(first: dict[str, Any], second: dict[str, Any], name: str) -> dict[str, Any]:
    return {"a": first[name], "b": second[name]}


def _path(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    compared: dict[str, Any] = {"label": second["label"]}
    for name in FIGURES:
        compared[name] = _two(first, second, name) | {"difference": second[name] - first[name]}
    for name in STATES:
        compared[name] = _two(first, second, name)
    lines = {line: second["lines"][line] - first["lines"][line] for line in first["lines"]}
    return compared | {"lines": {line: moved for line, moved in lines.items() if moved}}


def _explained(one: Scenario, other: Scenario, fields: list[str]) -> dict[str, Any]:
    """Path -> changed field -> its share in the difference of the totals. A path defined differently is not explained."""
    same = {key: path for key, path in one.paths.items() if other.paths.get(key) == path}
    single = [field for field in fields if not field.startswith(("paths.", "quotes."))]
    own = {"paths": same, "quotes": [quote for quote in one.quotes if quote in other.quotes]}
    mixture = Mixture(one.model_copy(update=own), other.model_copy(update=own), single)
    count = len(mixture.changes)
    shares = shapley(count, mixture.totals).tolist() if count else []
    paths = {
        path: {field: share[at] for field, share in zip(mixture.changes, shares, strict=True)}
        for at, path in enumerate(mixture.paths)
    }
    idle = [field for field in single if field not in mixture.changes]
    return {"method": method(count), "paths": paths, "without_effect": idle}
