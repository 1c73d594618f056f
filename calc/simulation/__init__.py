"""The simulation: every range as a PERT distribution, and what the paths cost when all of them are drawn."""

from calc.simulation.pert import pert_alpha, pert_beta, pert_quantile
from calc.simulation.run import (
    LIVE_TRIALS,
    MOST_TRIALS,
    RANDOM_TRIALS,
    SEED,
    shipped_trials,
    simulate,
    simulate_many,
    trials_at,
)  # fmt: skip
from calc.simulation.statistics import Figure, Simulation

__all__ = [
    "LIVE_TRIALS",
    "MOST_TRIALS",
    "RANDOM_TRIALS",
    "SEED",
    "Figure",
    "Simulation",
    "pert_alpha",
    "pert_beta",
    "pert_quantile",
    "shipped_trials",
    "simulate",
    "simulate_many",
    "trials_at",
]
