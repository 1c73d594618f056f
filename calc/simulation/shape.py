"""The distribution of a figure between 0 and 1, the ends of its range: PERT within them, or with a tail beyond them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from calc.normal import normal_chance
from calc.simulation.incomplete_beta import quantile
from calc.simulation.tail import NORMAL_P90, tail_draw


class Shape(NamedTuple):
    """first, second: alpha and beta of a PERT distribution; of one with a tail, the ratios below and above its median."""

    first: float
    second: float
    has_tail: bool = False

    def at(self, z: np.ndarray) -> np.ndarray:
        """The draws for these normal ones, shape (...)."""
        if self.has_tail:
            return tail_draw(z, self.first, self.second, NORMAL_P90)
        return quantile(normal_chance(z), self.first, self.second)
