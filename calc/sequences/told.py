"""The one line: whether a sequence outside the paths of the scenario would do better, and by how much."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from calc import catalogue
from calc.model import model_for, user_paths
from calc.reasons import whole_weeks
from calc.scenario import Scenario
from calc.sequences.search import Found


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
    found = model.evaluate([scenario], ("recommended", "same_scope", "fit", "recommendation_tolerance"))
    at = int(found["recommended"][0]) - 1
    if at < 0 or model.structure.path_ids[at] in catalogue.paths():
        return None
    same_scope, fit = (float(found[name][0, at]) for name in ("same_scope", "fit"))
    tolerance = float(found["recommendation_tolerance"].reshape(-1)[0])
    return Own(model.structure.paths[at].label, same_scope, fit, tolerance)


def or_better(found: Found, currency: str, own: Own | None = None) -> str:
    """Whether another sequence does better, and by how much.

    own: the recommended path, with which sequences are then compared instead of a published one.
    """
    best, searched = found.recommended, f"{len(found.rows):,}"
    if best is None:
        return f"None of the {searched} possible sequences can be recommended."
    if own:
        better = _best_beside(found, own)
        if better is None:
            return f"None of the {searched} possible sequences does better than “{own.label}”."
        return _better_than(f"“{own.label}”", found, better, own.same_scope, currency)
    published, name = f"the {len(catalogue.paths())} published paths", _quoted(found, best)
    if found.costs is None:
        return f"Of all {searched} possible sequences, {name} would be recommended."
    if found.published.get(best) == found.against:
        return f"None of the {searched} possible sequences does better than {name}, the best of {published}."
    return _better_than(published, found, best, found.costs, currency)


def _best_beside(found: Found, own: Own) -> int | None:
    """The sequence with evidence that does better than a path, the one that the rule prefers; None where none does.

    What costs less does better if it fits about as well. A path that no longer does beside the best fit is behind the
    recommended sequence at any cost.
    """
    figures = found.figures
    fits, saves = np.round(figures["fit"] - own.fit, 9), np.round(own.same_scope - figures["same_scope"], 2)
    candidate = figures["candidate"] == 1
    if fits[candidate].max() > own.tolerance:
        return found.recommended
    cheaper = np.flatnonzero(candidate & (fits >= -own.tolerance) & (saves > 0)).tolist()
    return min(cheaper, key=lambda at: (-figures["in_band"][at], figures["compared_same_scope"][at]), default=None)


def _better_than(than: str, found: Found, at: int, cost: float, currency: str) -> str:
    """That a sequence does better than what costs so much for the same scope."""
    saves, name = cost - float(found.figures["same_scope"][at]), _quoted(found, at)
    if round(saves, 2) >= 0:
        return f"Better than {than}: {name}, {currency} {saves:,.0f} less for the same scope."
    return f"Fits better than {than}: {name}, {currency} {-saves:,.0f} more for the same scope."


def _quoted(found: Found, at: int) -> str:
    """The name of a sequence, or of the published path that it is."""
    path = found.published.get(at)
    return f"“{found.rows[at].label if path is None else catalogue.paths()[path].label}”"


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
