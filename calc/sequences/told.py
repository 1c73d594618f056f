"""The one line: whether a sequence outside the paths of the scenario would do better, and by how much."""

from __future__ import annotations

from typing import Any, NamedTuple

from calc import catalogue
from calc.model import model_for, user_paths
from calc.reasons import whole_weeks
from calc.scenario import Scenario


class Own(NamedTuple):
    """The recommended path where it is one of the scenario's own, or of a quote. tolerance: within which paths fit alike."""

    label: str
    same_scope: float
    fit: float
    tolerance: float


def recommended_own(scenario: Scenario) -> Own | None:
    """The recommended path, unless it is a published one or there is none."""
    if not user_paths(scenario):
        return None
    model = model_for(user_paths(scenario))
    names = ("recommended", "same_scope", "fit", "recommendation_tolerance")
    found = model.evaluate([scenario], names)
    at = int(found["recommended"][0]) - 1
    if at < 0 or model.structure.path_ids[at] in catalogue.paths():
        return None
    same_scope, fit = (float(found[name][0, at]) for name in names[1:3])
    return Own(
        model.structure.paths[at].label, same_scope, fit, float(found["recommendation_tolerance"].reshape(-1)[0])
    )


def or_better(found: dict[str, Any], currency: str, own: Own | None = None) -> str:
    """Whether another sequence does better, and by how much.

    found: as `design` gives it; own: the recommended path, with which sequences are then compared instead of a published one.
    """
    if own and (best := found["recommended"]):
        return _or_better_than(own, best, found["searched"], currency)
    best, against, searched = found["recommended"], found["against"], f"{found['searched']:,}"
    published = f"the {len(catalogue.paths())} published paths"
    if best is None:
        return f"None of the {searched} possible sequences can be recommended."
    name = _quoted(best)
    if against is None:
        return f"Of all {searched} possible sequences, {name} would be recommended."
    if best["path"] == against["path"]:
        return f"None of the {searched} possible sequences does better than {name}, the best of {published}."
    if round(best["saves"], 2) >= 0:
        return f"Better than {published}: {name}, {currency} {best['saves']:,.0f} less for the same scope."
    return f"Fits better than {published}: {name}, {currency} {-best['saves']:,.0f} more for the same scope."


def _or_better_than(own: Own, best: dict[str, Any], searched: int, currency: str) -> str:
    """The same beside a path of the scenario's own, which no sequence has to be."""
    saves, fits = round(own.same_scope - best["same_scope"], 2), round(best["fit"] - own.fit, 9)
    than, name = f"than “{own.label}”", _quoted(best)
    if fits > own.tolerance and saves < 0:
        return f"Fits better {than}: {name}, {currency} {-saves:,.0f} more for the same scope."
    if fits >= -own.tolerance and saves > 0:
        return f"Better {than}: {name}, {currency} {saves:,.0f} less for the same scope."
    return f"None of the {searched:,} possible sequences does better {than}."


def _quoted(one: dict[str, Any]) -> str:
    """The name of a sequence, or of the published path that it is."""
    return f"“{one['name'] if one['path'] is None else catalogue.paths()[one['path']].label}”"


def work_of(phase: dict[str, Any]) -> str:
    """What a phase of `design` is for. A vendor's core and feature work are as any model's."""
    return catalogue.work_of(phase["work"], phase.get("model", "*")).label


def by_whom(phase: dict[str, Any]) -> str:
    """Who does it: a model, or the vendor of a quote."""
    return phase["quote"] if "quote" in phase else catalogue.models()[phase["model"]].label


def ways_on(one: dict[str, Any], currency: str) -> str:
    """What has been paid when the first phase ends, and what each way on costs from there. one: a sequence with a first step."""
    from_there = one["ways_on"]
    switch = ""
    if from_there["switch"]:
        switch = f"; to switch to “{from_there['switch']['name']}”, {currency} {from_there['switch']['costs']:,.0f}"
    return (
        f"{currency} {from_there['paid']:,.0f} is paid after {whole_weeks(from_there['week'])}. To go on costs {currency} "
        f"{from_there['go_on']:,.0f} more for the same scope{switch}; to stop, nothing more."
    )
