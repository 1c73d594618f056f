"""The best sequence of each of many scenarios, so many at a time that memory stays small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from calc.scenario import Scenario
from calc.sequences.search import Found, searches
from calc.sequences.told import or_better

# Scenarios that are searched together. Each takes about 5 MB; more of them at once are no faster.
AT_ONCE = 8


def best_of_each(scenarios: Sequence[Scenario]) -> Iterator[dict[str, Any]]:
    """For each scenario the sequence that the rule recommends over the whole space, in the order of the scenarios.

    All have quotes of the same vendors and models. name: in words; path: the published one that it is, or None; saves:
    what the same scope costs less than on the recommended one of those. What there is not is None; text says it all.
    """
    for first in range(0, len(scenarios), AT_ONCE):
        together = scenarios[first : first + AT_ONCE]
        for scenario, found in zip(together, searches(together), strict=True):
            yield _best(found, scenario.project.currency)


def _best(found: Found, currency: str) -> dict[str, Any]:
    names = ("name", "path", "same_scope", "weeks_to_stable", "saves")
    best: dict[str, Any] = dict.fromkeys(names)
    if (at := found.recommended) is not None:
        cost, weeks = (float(found.figures[name][at]) for name in ("same_scope", "weeks_to_stable"))
        saves = None if found.costs is None else found.costs - cost
        best = dict(zip(names, (found.rows[at].label, found.published.get(at), cost, weeks, saves), strict=True))
    return best | {"text": or_better(found, currency)}
