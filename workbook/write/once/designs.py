"""The best of all sequences, as rows of cells: what no other beats, what each way on costs, and all as points."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from calc import catalogue
from calc.scenario.date_text import DAY_ZERO
from calc.sequences import Found, by_whom, designed

# So many sequences of the frontier are shown, of so many the ways on after their first step, and as many phases as the longest
# sequence has.
FRONTIER, WAYS_SHOWN, PHASES = 14, 8, 5
AMOUNTS = ("paid", "own_time", "losses", "same_scope", "saves")
# Points of the chart of all sequences, and how finely they are told apart at first: steps of the dearest cost, and of a fit.
POINTS, COST_STEPS, FIT_STEP = 200, 200, 0.01


class Design:
    """What was found for one scenario. best: the recommended sequence, None without one; said: the one line.

    frontier: name, then the dates on which it starts, its opening, its prototype and its core are done, amounts, weeks, fit.
    ways: of those with a first step its name, the date, what is paid by then, to go on, to switch, and to what.
    phases: of the best one work, who, start and end. points: cost and fit of all sequences as a chart needs them: sorted, each
    place that the eye can tell apart once, the last again where there are fewer than the chart has.
    """

    def __init__(self, found: Found) -> None:
        told = designed(found)
        best, frontier = told["recommended"], told["frontier"][:FRONTIER]
        shown = [*([best] if best and best["name"] not in [one["name"] for one in frontier] else []), *frontier]
        self.frontier = [_row(one) for one in shown[:FRONTIER]]
        self.ways = [_way(one) for one in shown[:FRONTIER] if one["ways_on"]][:WAYS_SHOWN]
        self.phases = [_phase(phase) for phase in best["phases"]] if best else []
        self.best = best["name"] if best else ""
        # Quotes need room elsewhere, or the workbook would be too large to be mailed.
        count = POINTS // 2 if found.quotes else POINTS
        self.points = _points(found.figures["same_scope"], found.figures["fit"], count)


def _points(costs: np.ndarray, fits: np.ndarray, count: int) -> np.ndarray:
    """Shape (count, 2): on a grid that is no finer than to have so many different ones."""
    step, fit_step = 10.0 ** len(str(int(costs.max() / COST_STEPS))), FIT_STEP
    while len(points := _on_grid(costs, fits, step, fit_step)) > count:
        step, fit_step = 2 * step, 2 * fit_step
    return np.concatenate([points, np.repeat(points[-1:], count - len(points), axis=0)])


def _on_grid(costs: np.ndarray, fits: np.ndarray, step: float, fit_step: float) -> np.ndarray:
    """The different points, in order. Shape (point, 2)."""
    return np.unique(
        np.stack([np.round(costs / step) * step, np.round(fits / fit_step) * fit_step + 0.0], axis=-1), axis=0
    )


def _row(one: dict[str, Any]) -> tuple:
    opening, prototype, core = _ends(one)
    amounts = (_number(one[name]) for name in AMOUNTS)
    return (one["name"], _day(one["phases"][0]["start"]), opening, prototype, core, *amounts,
            one["weeks_to_stable"], one["fit"])  # fmt: skip


def _ends(one: dict[str, Any]) -> tuple[float, float, float]:
    """The days on which the opening, the prototype and the core are done; NaN for what the sequence has not."""
    *prototype, core = [_day(phase["end"]) for phase in one["phases"] if phase["work"] == "core"]
    opening = [_day(phase["end"]) for phase in one["phases"] if phase["work"] == "audit"]
    return opening[0] if opening else np.nan, prototype[0] if prototype else np.nan, core


def _way(one: dict[str, Any]) -> tuple:
    ways = one["ways_on"]
    switch = ways["switch"] or {"name": "", "costs": None}
    return (
        one["name"], _day(one["phases"][0]["end"]), ways["paid"], ways["go_on"], _number(switch["costs"]), switch["name"],
    )  # fmt: skip


def _phase(phase: dict[str, Any]) -> tuple:
    # The kind of work, not as a model does it: many of those names say who does it already.
    work = catalogue.work_of(phase["work"], "*").label
    return f"{work}: {by_whom(phase)}", _day(phase["start"]), _day(phase["end"])


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _day(text: str | None) -> float:
    """The day number that a cell holds."""
    return np.nan if text is None else float((date.fromisoformat(text) - DAY_ZERO).days)
