"""The one line: whether a sequence outside the published paths would do better, by how much, and how to have it."""

from __future__ import annotations

from typing import Any

from calc import catalogue
from calc.reasons import whole_weeks


def or_better(found: dict[str, Any], currency: str) -> str:
    """In words for people. found: as `design` gives it."""
    best, against = found["recommended"], found["against"]
    searched, published = f"{found['searched']:,}", len(catalogue.paths())
    if best is None:
        return f"None of the {searched} possible sequences can be recommended."
    if best["path"] is not None and against and best["path"] == against["path"]:
        return (
            f"None of the {searched} possible sequences does better than the recommended one of the {published} paths."
        )
    name = f"“{best['name']}”"
    if best["path"] is not None:
        name += f" ({catalogue.paths()[best['path']].label})"
    if against is None:
        return f"Among all {searched} possible sequences, {name} would be recommended."
    before = f"“{catalogue.paths()[against['path']].label}”"
    how = "" if best["path"] else " To have it beside the others: engagement design SCENARIO --add FILE."
    if round(best["saves"], 2) >= 0:
        saves = f"{currency} {best['saves']:,.0f} less than {before} for the same scope"
        return f"Of all {searched} possible sequences, {name} would do better: it costs {saves}.{how}"
    more = f"it fits better than {before}, and costs {currency} {-best['saves']:,.0f} more for the same scope"
    return f"Of all {searched} possible sequences, {name} would be recommended: {more}.{how}"


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
