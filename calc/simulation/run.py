"""Runs of the simulation: random trials with their figures, and the trials of given draws."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

import numpy as np

from calc.model import Model
from calc.normal import normal_quantile
from calc.scenario import Scenario
from calc.simulation import draws
from calc.simulation.common_factor import common_weight, mixed, own_weight
from calc.simulation.draws import Place
from calc.simulation.ranges import Unit
from calc.simulation.sampling import Streams, beta_at_normal, opposite, sampled, sampled_normal
from calc.simulation.shape import Shape
from calc.simulation.statistics import Simulation, summarised
from calc.simulation.trials import TARGETS, WITH_BUDGET, LikelyCase

# Trials of one run, and those of a workbook, which are the shipped draws.
RANDOM_TRIALS, LIVE_TRIALS = 10_000, draws.POINTS
SEED = 1
# The totals of all paths are held in memory at once: 700 MB.
MOST_TRIALS = 1_000_000
# Of the draw that all figures of a trial share.
COMMON_COLUMN = len(draws.columns()) - 1
# Rows at a time: enough to make light of the calls, few enough for the cache.
BLOCK = 2048


def simulate(model: Model, scenario: Scenario, trials: int = RANDOM_TRIALS, seed: int = SEED) -> Simulation:
    """The uncertainty of every path of one scenario. The same seed gives the same trials on every run and platform."""
    return simulate_many(model, [scenario], trials, seed)[0]


def simulate_many(
    model: Model, scenarios: Sequence[Scenario], trials: int = RANDOM_TRIALS, seed: int = SEED
) -> list[Simulation]:
    """The uncertainty of several scenarios with the same paths; each gives what it gives alone, on the same luck.

    trials: from 1 to MOST_TRIALS, else ValueError.
    """
    if not 1 <= trials <= MOST_TRIALS:
        raise ValueError(f"{trials:,} trials; allowed: 1 to {MOST_TRIALS:,}")
    start = LikelyCase(model, scenarios)
    together = max(1, BLOCK // trials)
    groups = (range(first, min(start.number, first + together)) for first in range(0, start.number, together))
    return [simulation for group in groups for simulation in _simulated(start, group, trials, seed)]


def _simulated(start: LikelyCase, scenarios: range, trials: int, seed: int) -> list[Simulation]:
    totals, paid, scope_costs = (np.empty((start.paths, len(scenarios), trials)) for _ in range(3))
    over = np.zeros((start.paths, len(scenarios)))
    budget = start.budget[scenarios.start : scenarios.stop]
    streams = Streams(seed)
    targets = TARGETS if np.isnan(budget).all() else WITH_BUDGET
    for first in range(0, trials, BLOCK):
        last = min(trials, first + BLOCK)
        unit = _next_draws(streams, last - first)
        drawn = start.trials(scenarios, last - first, unit, targets)
        totals[..., first:last] = drawn["total"]
        paid[..., first:last] = drawn["paid"]
        np.round(drawn["total"] + drawn["beyond"], 2, out=scope_costs[..., first:last])
        if "invoiced" in drawn:
            over += (np.round(drawn["invoiced"], 2) > budget[:, np.newaxis]).sum(axis=-1)
    return [
        summarised(
            totals[:, at],
            paid[:, at],
            scope_costs[:, at],
            None if np.isnan(budget[at]) else over[:, at],
            start.eligible[scenario],
            seed,
            len(start.ranges.uncertain(scenario)),
        )
        for at, scenario in enumerate(scenarios)
    ]


def _next_draws(streams: Streams, trials: int) -> Unit:
    """The next draws of every figure; scenarios that share a block share them."""
    bits = cache(lambda column: streams.next(column, trials))
    own = cache(lambda column: sampled_normal(bits(column)))

    @cache
    def normals(column: int, side: int, correlation: float) -> np.ndarray:
        common = own(COMMON_COLUMN) if correlation else np.zeros(trials)
        return mixed(common_weight(correlation) * common, own(column), side, own_weight(correlation))

    def drawn(place: Place, shape: Shape, correlation: float) -> np.ndarray:
        if not correlation and not shape.has_tail:
            return sampled(opposite(bits(place.column)) if place.against else bits(place.column), *shape[:2])
        z = normals(place.column, place.side, correlation)
        z = -z if place.against else z
        return shape.at(z) if shape.has_tail else beta_at_normal(z, *shape[:2])

    return cache(drawn)


def trials_at(model: Model, scenario: Scenario, uniforms: np.ndarray, target: str = "total") -> np.ndarray:
    """A quantity at given chances, shape (trial, path): what the workbook's cells calculate from the same draws.

    uniforms: above 0 and below 1, shape (trial, column) with the columns of `calc.simulation.draws.columns`.
    """
    uniforms = np.asarray(uniforms, dtype=float)
    if uniforms.ndim != 2 or uniforms.shape[1] != len(draws.columns()):
        raise ValueError(f"uniforms of shape {uniforms.shape}; {len(draws.columns())} columns are needed")
    if not ((uniforms > 0) & (uniforms < 1)).all():
        raise ValueError("uniforms must lie between 0 and 1, both excluded")

    own = normal_quantile(uniforms)

    def drawn(place: Place, shape: Shape, correlation: float) -> np.ndarray:
        common = common_weight(correlation) * own[:, COMMON_COLUMN]
        z = mixed(common, own[:, place.column], place.side, own_weight(correlation))
        return shape.at(-z if place.against else z)

    return _trials(model, scenario, len(uniforms), drawn, target)


def shipped_trials(model: Model, scenario: Scenario, trials: int | None = None, target: str = "total") -> np.ndarray:
    """`trials_at` the draws that ship with the product, or at the first of them; fast from the second scenario on."""
    drawn = partial(draws.middle_draws, trials)
    return _trials(model, scenario, len(draws.ranks()[:trials]), drawn, target)


def _trials(model: Model, scenario: Scenario, trials: int, unit: Unit, target: str) -> np.ndarray:
    drawn = LikelyCase(model, [scenario]).trials(range(1), trials, unit, (target,))
    return drawn[target][:, 0].T
