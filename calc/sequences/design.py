"""What a search found as plain data, in the shape of `design --json`."""

from __future__ import annotations

from typing import Any

import numpy as np

from calc.scenario import Scenario
from calc.scenario.date_text import calculated_day
from calc.sentences.answer import STATUSES
from calc.sequences.search import Found, search

SCHEMA = 1


def design(scenario: Scenario, top: int | None = None, case: str = "likely") -> dict[str, Any]:
    """The sequence that the rule recommends, and the frontier, best first; at most `top` of it.

    recommended, and against, are null where nothing can be recommended.
    """
    return designed(search(scenario, case), top)


def designed(found: Found, top: int | None = None) -> dict[str, Any]:
    """The same of a search that was made before."""
    best = found.recommended
    return {
        "schema": SCHEMA,
        "searched": len(found.rows),
        "status": STATUSES[found.status],
        "recommended": None if best is None else described(found, best),
        "against": None if found.against is None else {"path": found.against, "same_scope": found.costs},
        "frontier": [described(found, at) for at in by_preference(found)[:top]],
    }


def published_one(found: Found, path: str) -> dict[str, Any] | None:
    """A published path as the sequence that it is; None for an own path."""
    at = next((at for at, own in found.published.items() if own == path), None)
    return None if at is None else described(found, at)


def by_preference(found: Found) -> list[int]:
    """Positions of the frontier: the recommended one first, then what fits about as well, then what has evidence; each by
    the cost of the same scope, the earlier one on a tie."""
    figures = found.figures
    frontier = np.flatnonzero(figures["frontier"])

    def order(at: int) -> tuple:
        return (
            at != found.recommended,
            -figures["in_band"][at],
            -figures["candidate"][at],
            figures["compared_same_scope"][at],
        )

    return sorted(frontier.tolist(), key=order)


def described(found: Found, at: int) -> dict[str, Any]:
    """One sequence. path: the published one that it is, or null; saves: what it costs less than the recommended one of
    those; ways_on: null where it opens with the core itself."""
    figures, row = found.figures, found.rows[at]
    cost = float(figures["same_scope"][at])
    return {
        "name": row.label,
        "path": found.published.get(at),
        "phases": _phases(found, at),
        "fit": float(figures["fit"][at]),
        **{
            name: float(figures[name][at])
            for name in ("same_scope", "npv", "invoiced", "paid", "own_time", "losses", "weeks_to_stable")
        },
        "evidence": bool(figures["candidate"][at]),
        "saves": None if found.costs is None else found.costs - cost,
        "ways_on": _ways_on(found, at),
    }


def _phases(found: Found, at: int) -> list[dict[str, Any]]:
    """As they stand in an own path, each with its weeks from the start of the project, and its dates."""
    row, figures = found.rows[at], found.figures
    phases = []
    for number, stage in enumerate(
        found.structure.stages[_first_stage(found, at) :][: len(row.phases) + 1 + bool(row.keeper)]
    ):
        own = row.phases[number] if number < len(row.phases) else None
        place = _first_stage(found, at) + number
        phases.append(
            {
                **({"quote": stage.quote.vendor} if stage.quote else {"model": stage.model}),
                "work": stage.work,
                "share": own.share if own and own.work == "core" else None,
                "weeks": own.weeks if own and own.work == "audit" else None,
                "start_week": float(figures["stage_start"][place]),
                "end_week": float(figures["stage_end"][place]),
                "start": _date(figures["stage_start_date"][place]),
                "end": _date(figures["stage_end_date"][place]),
            }
        )
    return phases


def _date(day: float) -> str | None:
    """As people write it in a scenario, the calendar's last day for any past it; None without a start."""
    return calculated_day(float(day)).isoformat() if np.isfinite(day) else None


def _ways_on(found: Found, at: int) -> dict[str, Any] | None:
    """What has been paid when the first phase ends, before the main core work, and what each way on costs from there.

    go_on: the rest of its same scope. switch: the cheapest sequence of another core model that begins alike, of those that
    may be recommended, and the rest of its same scope. Whoever stops pays nothing more, and has no result.
    """
    figures, rows = found.figures, found.rows
    if len(rows[at].phases) == 1:
        return None
    paid = float(figures["stage_paid_so_far"][_first_stage(found, at)])
    alike = [
        other
        for other in np.flatnonzero(figures["candidate"]).tolist()
        if rows[other].opening == rows[at].opening and rows[other].builder != rows[at].builder
    ]
    other = min(alike, key=lambda one: figures["compared_same_scope"][one], default=None)
    switch = None
    if other is not None:
        switch = {"name": rows[other].label, "costs": float(figures["same_scope"][other]) - paid}
    week = float(figures["stage_end"][_first_stage(found, at)])
    return {"week": week, "paid": paid, "go_on": float(figures["same_scope"][at]) - paid, "switch": switch}


def _first_stage(found: Found, at: int) -> int:
    """Position of the first phase of a sequence among those of all."""
    return int(found.structure.columns["path"]["first_stage"][at]) - 1
