"""How much a few jobs count against the published range: n ÷ (n + 3)."""

from __future__ import annotations

import numpy as np

# As many jobs as weigh what the published range weighs: the variance of ln(actual ÷ estimated) within a client's jobs by
# that between clients, 0.112 ÷ 0.041 = 2.7 in the 145 jobs of Kitchenham et al. (2002), rounded up. It is the k of
# Bühlmann's credibility, n ÷ (n + k).
JOBS_OF_PUBLISHED = 3


def credibility(jobs: float) -> float:
    """The weight of a history of so many jobs, from 0 to below 1; the published range has the rest."""
    return jobs / (jobs + JOBS_OF_PUBLISHED)


def blended(own: np.ndarray, published: np.ndarray, jobs: float) -> np.ndarray:
    """Quantiles of one's own jobs drawn towards the published ones; arrays of one shape."""
    weight = credibility(jobs)
    return weight * own + (1 - weight) * published
