"""The distribution of actual ÷ estimated hours of some jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CHANCES = (0.1, 0.5, 0.8, 0.9)


@dataclass(frozen=True)
class Distribution:
    """n: how many jobs; then quantiles of actual ÷ estimated, between neighbouring jobs in proportion, as Excel's PERCENTILE."""

    n: int
    p10: float
    p50: float
    p80: float
    p90: float

    @property
    def quantiles(self) -> np.ndarray:
        """The four quantiles, at CHANCES."""
        return np.array([self.p10, self.p50, self.p80, self.p90])


def distribution(ratios: Sequence[float]) -> Distribution:
    """Of at least one ratio."""
    return Distribution(len(ratios), *np.quantile(np.asarray(ratios, dtype=float), CHANCES).tolist())
