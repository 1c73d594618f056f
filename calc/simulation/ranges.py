"""The figures that a simulation draws: every parameter and estimate, its range in force and the shape of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calc.simulation.draws import Drawn, Place
from calc.simulation.pert import pert_alpha, pert_beta
from calc.simulation.shape import Shape
from calc.simulation.tail import ratio_above, ratio_below

NODES = (
    "low", "likely", "high", "tail", "is_overrun", "estimate_low", "given_likely", "estimate_high", "estimate_tail",
    "estimate_tail_shift", "pert_shape", "correlation",
)  # fmt: skip
# Shapes that agree this far are one: converted into another currency, a range keeps its shape but for its last bits.
DECIMALS = 12

# Gives the draws, 0 at the low end and 1 at the high one, shape (trial,), for a figure's place, its shape and the
# correlation with the common factor.
Unit = Callable[[Place, Shape, float], np.ndarray]


@dataclass(frozen=True)
class Ranges:
    """Arrays of shape (scenario, figure), the figures those of `calc.simulation.draws.figures`; correlation: (scenario,).

    first, second: the numbers of each figure's `Shape`; has_tail: whether it has one.
    """

    low: np.ndarray
    likely: np.ndarray
    width: np.ndarray
    first: np.ndarray
    second: np.ndarray
    has_tail: np.ndarray
    correlation: np.ndarray
    places: tuple[Place, ...]

    def uncertain(self, scenario: int) -> list[int]:
        """The figures that are drawn for a scenario: those whose range has a width."""
        return np.flatnonzero(self.width[scenario] > 0).tolist()

    def drawn(self, scenarios: range, trials: int, unit: Unit) -> np.ndarray:
        """The figures of some scenarios in each trial, shape (figure, scenario, trial); what is not drawn is the likely value."""
        own = slice(scenarios.start, scenarios.stop)
        low, likely, width, *shapes = (
            array[own].T for array in (self.low, self.likely, self.width, self.first, self.second, self.has_tail)
        )
        is_drawn = width > 0
        figures, at = np.nonzero(is_drawn)
        follow = (figures, *(numbers[is_drawn] for numbers in shapes), self.correlation[own][at])
        # Most scenarios have the draws of most figures in common.
        known: dict[tuple, int] = {}
        which = [known.setdefault(one, len(known)) for one in zip(*(each.tolist() for each in follow), strict=True)]
        draws = [unit(self.places[figure], Shape(*shape), correlation) for figure, *shape, correlation in known]
        chosen = np.array(draws).reshape(-1, trials)[which]
        chosen *= width[is_drawn][:, np.newaxis]
        chosen += low[is_drawn][:, np.newaxis]
        values = np.repeat(likely[..., np.newaxis], trials, axis=-1)
        values[is_drawn] = chosen
        return values

    def figure(self, scenario: int, figure: int) -> Drawn:
        """What the draws of a figure follow from."""
        return Drawn(self.places[figure], self._shape(scenario, figure), float(self.correlation[scenario]))

    def _shape(self, scenario: int, figure: int) -> Shape:
        first, second = float(self.first[scenario, figure]), float(self.second[scenario, figure])
        return Shape(first, second, bool(self.has_tail[scenario, figure]))


def ranges_of(likely_case: dict[str, np.ndarray], scenarios: int, places: tuple[Place, ...]) -> Ranges:
    """The ranges of some scenarios from their likely case, which holds the nodes of NODES. places: of the figures' draws."""

    def joined(parameter: str, estimate: str) -> np.ndarray:
        parts = (likely_case[parameter], likely_case[estimate])
        return np.concatenate([np.broadcast_to(part, (scenarios, part.shape[1])) for part in parts], axis=1)

    low, high = joined("low", "estimate_low"), joined("high", "estimate_high")
    likely = joined("likely", "given_likely")
    has_tail, shift = joined("tail", "estimate_tail") == 1, joined("is_overrun", "estimate_tail_shift")
    shape = np.broadcast_to(likely_case["pert_shape"], scenarios)[:, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (
            np.where(has_tail, ratio(low, likely, high, shift), pert(low, likely, high, shape)).round(DECIMALS)
            for ratio, pert in ((ratio_below, pert_alpha), (ratio_above, pert_beta))
        )
    correlation = np.broadcast_to(likely_case["correlation"], scenarios)
    return Ranges(low, likely, high - low, first, second, has_tail, correlation, places)
