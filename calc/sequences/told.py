"""The one line: whether a sequence outside the published paths would do better, and by how much."""

from __future__ import annotations

from typing import Any

from calc import catalogue
from calc.reasons import whole_weeks


def or_better(found: dict[str, Any], currency: str) -> str:
    """Whether another sequence does better, and by how much. found: as `design` gives it."""
    best, against, searched = found["recommended"], found["against"], f"{found['searched']:,}"
    published = f"the {len(catalogue.paths())} published paths"
    if best is None:
        return f"None of the {searched} possible sequences can be recommended."
    own = best["path"] is None
    name = f"“{best['name'] if own else catalogue.paths()[best['path']].label}”"
    if against is None:
        return f"Of all {searched} possible sequences, {name} would be recommended."
    if best["path"] == against["path"]:
        return f"None of the {searched} possible sequences does better than {name}, the best of {published}."
    if round(best["saves"], 2) >= 0:
        return f"Better than {published}: {name}, {currency} {best['saves']:,.0f} less for the same scope."
    return f"Fits better than {published}: {name}, {currency} {-best['saves']:,.0f} more for the same scope."


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
