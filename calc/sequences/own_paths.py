"""The best sequences as own paths of the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.model import user_paths
from calc.scenario import Scenario, as_given
from calc.scenario import scenario as checked
from calc.scenario.paths import room_for
from calc.scenario.schema import LONGEST_LABEL as LONGEST
from calc.sequences.design import by_preference, described
from calc.sequences.search import search
from calc.sequences.space import shape

OF_A_PHASE = ("work", "model", "share", "weeks", "quote")


class NothingToAdd(Exception):
    """No sequence is better than what the scenario has, or none fits in beside its own paths."""


def with_best(scenario: Scenario, top: int | None = None) -> tuple[Scenario, list[str]]:
    """The scenario with the best sequences as own paths, as many as fit in, and their names.

    Published paths, and own paths that are there already, are left out. Raises NothingToAdd.
    """
    plain, found = as_given(scenario), search(scenario)
    paths: dict[str, Any] = dict(plain["paths"])
    model_of = {quote.vendor: quote.model for quote in scenario.quotes}
    there = {shape(path) for path in user_paths(scenario)}
    most, together = room_for(quote.model for quote in scenario.quotes)
    phases, added = sum(len(path["phases"]) for path in paths.values()), []
    best = [found.recommended] if found.recommended is not None else []
    wanted = [at for at in dict.fromkeys([*best, *by_preference(found)]) if at not in found.published]
    for at in wanted[:top]:
        own = _as_written(described(found, at)["phases"], model_of)
        row = found.rows[at]
        if shape(row) in there or row.id in paths or len(paths) >= most or phases + len(own) > together:
            continue
        paths[row.id] = {"label": row.label[:LONGEST], "phases": own}
        phases += len(own)
        added.append(row.label)
    if not added:
        raise NothingToAdd(
            f"no sequence was added: the published and own paths have the best ones, or there is no room for more "
            f"({most} own paths with {together} phases at most)"
        )
    return checked(plain | {"paths": paths}), added


def _as_written(phases: list[dict[str, Any]], model_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """Phases as a scenario has them, without what does not apply to their kind of work. model_of: vendor -> its quote's model."""
    named = [phase | ({"model": model_of[phase["quote"]]} if phase.get("quote") else {}) for phase in phases]
    return [{name: phase[name] for name in OF_A_PHASE if phase.get(name) is not None} for phase in named]
