"""How well a history would have held: calibrated on some of its jobs, judged on others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from calc.calibration.distribution import CHANCES, distribution
from calc.calibration.job import Job, in_order
from calc.calibration.published import published
from calc.calibration.ranges import overrun

# Fewer jobs cannot be halved so that both halves have a spread.
LEAST = 4


@dataclass(frozen=True)
class Held:
    """n: jobs that were judged; within_p10_p90: the share of them whose ratio lay between the history's P10 and P90.

    history, published, as_estimated: the pinball loss, in parts of the estimate, averaged over the jobs and over
    P10, P50, P80 and P90; the smaller, the better. `as_estimated` takes the estimate for all four.
    """

    n: int
    within_p10_p90: float
    history: float
    published: float
    as_estimated: float


def halves(jobs: Sequence[Job]) -> Held | None:
    """The first half of the jobs, by the day when they were finished, judged on the second; None with fewer than four.

    All models together, and as they were: nothing is drawn towards the published range.
    """
    ordered = in_order(list(jobs))
    half = len(ordered) // 2
    if len(ordered) < LEAST:
        return None
    quantiles = distribution([job.ratio for job in ordered[:half]]).quantiles
    return _judged((job, quantiles) for job in ordered[half:])


def leave_one_out(jobs: Sequence[Job]) -> Held | None:
    """Every job judged by the others of its model, drawn towards the published range; None with fewer than four."""
    if len(jobs) < LEAST:
        return None
    ratios = {
        model: np.sort([job.ratio for job in jobs if job.model == model]) for model in {job.model for job in jobs}
    }
    others = {model: _others(model, of_model) for model, of_model in ratios.items()}
    return _judged((job, others[job.model][np.searchsorted(ratios[job.model], job.ratio)]) for job in jobs)


def _others(model: str | None, ratios: np.ndarray) -> np.ndarray:
    """What the others say where one job is left out, by its place among the ratios: shapes (job,), sorted, and (job, chance)."""
    others = len(ratios) - 1
    if not others:
        return published(model).quantiles[np.newaxis]
    # What they say changes only where the job left out comes to stand before one of the two that a quantile lies between.
    between = {int(chance * (others - 1)) + step for chance in CHANCES for step in (0, 1)}
    starts = sorted({0, *(place + 1 for place in between if place < others)})
    quantiles = [overrun(model, distribution(np.delete(ratios, place).tolist())).quantiles for place in starts]
    return np.repeat(quantiles, np.diff([*starts, len(ratios)]), axis=0)


def _judged(forecasts: Iterable[tuple[Job, np.ndarray]]) -> Held:
    """Each job with the quantiles that were forecast for it."""
    jobs, own = zip(*forecasts, strict=True)
    ratios, quantiles = np.array([job.ratio for job in jobs]), np.stack(own)
    inside = (quantiles[:, 0] <= ratios) & (ratios <= quantiles[:, -1])
    losses = (
        _pinball(ratios, forecast)
        for forecast in (
            quantiles,
            np.stack([published(job.model).quantiles for job in jobs]),
            np.ones(quantiles.shape),
        )
    )
    return Held(len(jobs), float(inside.mean()), *losses)


def _pinball(ratios: np.ndarray, quantiles: np.ndarray) -> float:
    """The mean pinball loss. ratios: shape (job,); quantiles: shape (job, chance)."""
    above = ratios[:, np.newaxis] - quantiles
    chances = np.array(CHANCES)
    return float(np.maximum(chances * above, (chances - 1) * above).mean())
