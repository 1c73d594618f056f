"""Statistics of the trials of one scenario by path, each figure with its standard error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.reductions import occurrences, summed

LEVELS = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


@dataclass(frozen=True)
class Figure:
    """An estimate from trials and its standard error, arrays of shape (path,) in the same unit."""

    value: np.ndarray
    error: np.ndarray


@dataclass(frozen=True)
class Simulation:
    """Totals within the horizon in currency, chances from 0 to 1; every array has shape (path,).

    chance_cheapest counts among the paths that are eligible in the likely case (`among_eligible`; the others have 0),
    or among all where none is. On a tie to the cent the earlier path counts, as in the decision. chance_over_budget is
    NaN without a budget.
    """

    trials: int
    seed: int
    uncertain: int
    among_eligible: bool
    p10: Figure
    p50: Figure
    p90: Figure
    mean: Figure
    chance_cheapest: Figure
    chance_cheapest_of_all: Figure
    chance_over_budget: Figure


def quantile(ordered: np.ndarray, level: float) -> Figure:
    """The quantile of ordered trials, as PERCENTILE.INC gives it. ordered: shape (path, trial).

    Its standard error is half the distance between the trials that stand one binomial standard deviation of their
    number below and above it.
    """
    last = ordered.shape[1] - 1
    place = level * last
    below = ordered[:, int(place)]
    value = below + (place - int(place)) * (ordered[:, min(int(place) + 1, last)] - below)
    spread = np.sqrt(ordered.shape[1] * level * (1 - level))
    low, high = max(0, round(place - spread)), min(last, round(place + spread))
    return Figure(value, (ordered[:, high] - ordered[:, low]) / 2)


def mean(totals: np.ndarray) -> Figure:
    """Mean over the trials. totals: shape (path, trial)."""
    trials = totals.shape[1]
    spread = totals.std(axis=1, ddof=1) if trials > 1 else np.full(len(totals), np.nan)
    return Figure(totals.mean(axis=1), spread / np.sqrt(trials))


def share_of(times, trials):
    """Share of the trials in which something is so, from 0 to 1. times: in how many."""
    return times / trials


def chance_cheapest(winners, path, trials):
    """Share of the trials in which a path is the cheapest. winners: its number in each trial, shape (..., trial)."""
    return share_of(occurrences(path, winners), trials)


def chance_over_budget(costs, budget, trials):
    """Share of the trials in which a path's core costs more than the budget; empty without one. costs: (..., trial)."""
    return np.where(np.isnan(budget), np.nan, share_of(summed((costs > budget) * 1), trials))


def length(low, high):
    """How long the bar of a range is."""
    return high - low


def chance(count: np.ndarray, trials: int) -> Figure:
    """Share of the trials, with the standard deviation of a binomial share."""
    share = share_of(np.asarray(count), trials)
    return Figure(share, np.sqrt(share * (1 - share) / trials))


def times_cheapest(totals: np.ndarray, among: np.ndarray) -> np.ndarray:
    """In how many trials each path is the cheapest of some, the earlier one on a tie.

    totals: to the cent, shape (path, trial); among: which paths count, shape (path,).
    """
    numbers = np.flatnonzero(among)
    lowest = totals[numbers[0]].copy()
    first = np.full(totals.shape[1], numbers[0])
    for number in numbers[1:]:
        cheaper = totals[number] < lowest
        np.copyto(lowest, totals[number], where=cheaper)
        np.copyto(first, number, where=cheaper)
    return np.bincount(first, minlength=len(totals))


def summarised(
    totals: np.ndarray, over: np.ndarray | None, eligible: np.ndarray, seed: int, uncertain: int
) -> Simulation:
    """The figures of one scenario.

    totals: shape (path, trial); over: in how many trials each path is above the budget, None without one; eligible:
    which paths are, in the likely case; uncertain: how many figures were drawn.
    """
    paths, trials = totals.shape
    among = eligible if eligible.any() else np.ones(paths, bool)
    cents = np.round(totals, 2)
    ordered = np.sort(totals, axis=1)
    return Simulation(
        trials=trials,
        seed=seed,
        uncertain=uncertain,
        among_eligible=bool(eligible.any()),
        **{name: quantile(ordered, level) for name, level in LEVELS.items()},
        mean=mean(totals),
        chance_cheapest=chance(times_cheapest(cents, among), trials),
        chance_cheapest_of_all=chance(times_cheapest(cents, np.ones(paths, bool)), trials),
        chance_over_budget=chance(np.full(paths, np.nan) if over is None else over, trials),
    )
