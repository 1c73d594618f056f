"""The figures that a simulation draws: every parameter and estimate, its range in force and the shape of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calc.simulation.draws import Place
from calc.simulation.pert import pert_alpha, pert_beta

NODES = ("low", "likely", "high", "estimate_low", "given_likely", "estimate_high", "pert_shape")
# Shapes that agree this far are one: converted into another currency, a range keeps its shape but for its last bits.
DECIMALS = 12

Unit = Callable[[Place, float, float], np.ndarray]


@dataclass(frozen=True)
class Ranges:
    """Arrays of shape (scenario, figure), the figures those of `calc.simulation.draws.figures`."""

    low: np.ndarray
    likely: np.ndarray
    width: np.ndarray
    alpha: np.ndarray
    beta: np.ndarray
    places: tuple[Place, ...]

    def uncertain(self, scenario: int) -> list[int]:
        """The figures that are drawn for a scenario: those whose range has a width."""
        return np.flatnonzero(self.width[scenario] > 0).tolist()

    def drawn(self, scenario: int, trials: int, unit: Unit) -> np.ndarray:
        """The figures of a scenario in each trial, shape (figure, trial); the likely value where nothing is drawn.

        unit: gives the draws between 0 and 1, shape (trial,), for a figure's place, its alpha and beta.
        """
        values = np.repeat(self.likely[scenario][:, np.newaxis], trials, axis=1)
        for figure in self.uncertain(scenario):
            draws = unit(self.places[figure], float(self.alpha[scenario, figure]), float(self.beta[scenario, figure]))
            np.multiply(draws, self.width[scenario, figure], out=values[figure])
            values[figure] += self.low[scenario, figure]
        return values


def ranges_of(likely_case: dict[str, np.ndarray], scenarios: int, places: tuple[Place, ...]) -> Ranges:
    """The ranges of some scenarios from their likely case, which holds the nodes of NODES. places: of the figures' draws."""

    def joined(parameter: str, estimate: str) -> np.ndarray:
        parts = (likely_case[parameter], likely_case[estimate])
        return np.concatenate([np.broadcast_to(part, (scenarios, part.shape[1])) for part in parts], axis=1)

    low, high = joined("low", "estimate_low"), joined("high", "estimate_high")
    likely = joined("likely", "given_likely")
    shape = np.broadcast_to(likely_case["pert_shape"], scenarios)[:, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha, beta = (np.round(pert(low, likely, high, shape), DECIMALS) for pert in (pert_alpha, pert_beta))
    return Ranges(low, likely, high - low, alpha, beta, places)
