"""Statistics of the trials of one scenario by path, each figure with its standard error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.reductions import occurrences, summed

# Of the total, and of what is paid: what has to be approved, and kept in reserve for it.
LEVELS = {"p10": 0.1, "p50": 0.5, "p80": 0.8, "p90": 0.9}
PAID_LEVELS = {"paid_p50": 0.5, "paid_p80": 0.8}


@dataclass(frozen=True)
class Figure:
    """An estimate from trials and its standard error, arrays of shape (path,) in the same unit."""

    value: np.ndarray
    error: np.ndarray


@dataclass(frozen=True)
class Simulation:
    """Amounts in currency, chances from 0 to 1; every array has shape (path,).

    p10 to p90 are of the total within the horizon, paid_p50 and paid_p80 of what is paid of it. The chances of being the
    cheapest compare what the same scope costs, undiscounted: over all paths, and among those that are eligible in the
    likely case (the others have 0). On a tie to the cent the earlier path counts, as in the decision. chance_over_budget
    is of what the job is invoiced, NaN without a budget.
    """

    trials: int
    seed: int
    uncertain: int
    p10: Figure
    p50: Figure
    p80: Figure
    p90: Figure
    mean: Figure
    paid_p50: Figure
    paid_p80: Figure
    chance_cheapest: Figure
    chance_cheapest_eligible: Figure
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


def chance_cheapest_eligible(winners, path, trials, eligible):
    """The same among the eligible paths, and 0 for a path that a gate excludes."""
    return eligible * chance_cheapest(winners, path, trials)


def chance_over_budget(invoiced, budget, half_a_cent, trials):
    """Share of the trials in which a path is invoiced more than the budget, to the cent; empty without one.

    invoiced: (..., trial).
    """
    return np.where(np.isnan(budget), np.nan, share_of(summed((invoiced > budget + half_a_cent) * 1), trials))


def length(low, high):
    """How long the bar of a range is."""
    return high - low


def chance(count: np.ndarray, trials: int) -> Figure:
    """Share of the trials, with the standard deviation of a binomial share."""
    share = share_of(np.asarray(count), trials)
    return Figure(share, np.sqrt(share * (1 - share) / trials))


def times_cheapest(costs: np.ndarray, among: np.ndarray) -> np.ndarray:
    """In how many trials each path is the cheapest of some, the earlier one on a tie.

    costs: to the cent, shape (path, trial); among: which paths count, shape (path,); where none does, none is.
    """
    numbers = np.flatnonzero(among)
    if not len(numbers):
        return np.zeros(len(costs), int)
    lowest = costs[numbers[0]].copy()
    first = np.full(costs.shape[1], numbers[0])
    for number in numbers[1:]:
        cheaper = costs[number] < lowest
        np.copyto(lowest, costs[number], where=cheaper)
        np.copyto(first, number, where=cheaper)
    return np.bincount(first, minlength=len(costs))


def summarised(
    totals: np.ndarray,
    paid: np.ndarray,
    scope_costs: np.ndarray,
    over: np.ndarray | None,
    eligible: np.ndarray,
    seed: int,
    uncertain: int,
) -> Simulation:
    """The figures of one scenario.

    totals, paid: shape (path, trial); scope_costs: of the same scope, to the cent, in that shape; over: in how many
    trials each path is invoiced more than the budget, None without one; eligible: which paths are, in the likely case;
    uncertain: how many figures were drawn.
    """
    paths, trials = totals.shape
    ordered, ordered_paid = np.sort(totals, axis=1), np.sort(paid, axis=1)
    return Simulation(
        trials=trials,
        seed=seed,
        uncertain=uncertain,
        **{name: quantile(ordered, level) for name, level in LEVELS.items()},
        mean=mean(totals),
        **{name: quantile(ordered_paid, level) for name, level in PAID_LEVELS.items()},
        chance_cheapest=chance(times_cheapest(scope_costs, np.ones(paths, bool)), trials),
        chance_cheapest_eligible=chance(times_cheapest(scope_costs, eligible), trials),
        chance_over_budget=chance(np.full(paths, np.nan) if over is None else over, trials),
    )
