"""The ranges that a history gives to the figures of a model: P10, the median and P90, drawn towards what is published."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calc import catalogue
from calc.calibration.credibility import blended
from calc.calibration.distribution import Distribution, distribution
from calc.calibration.job import Job
from calc.calibration.published import drawn, published
from calc.elementary import exp, log
from calc.scenario.bounds import bounds

# Of P10, the median and P90, the ends and the middle of a range.
ENDS = np.array([0.1, 0.5, 0.9])
# Of the standard normal distribution at 0.9.
NORMAL_P90 = 1.2815515655446004


@dataclass(frozen=True)
class OwnRange:
    """low, likely, high: in the unit of the figure; n: of how many jobs; limited: whether an end was outside the figure's
    bounds and stands at the bound."""

    low: float
    likely: float
    high: float
    n: int
    limited: bool = False

    @property
    def ends(self) -> list[float]:
        return [self.low, self.likely, self.high]


def ranges(model: str, jobs: Sequence[Job]) -> dict[str, OwnRange]:
    """The figures of a model that its jobs speak to, in the order of the catalogue's data."""
    own = distribution([job.ratio for job in jobs])
    found = {"rework": rework(model, own)}
    if "hidden_scope" in catalogue.parameters()[model]:
        found["hidden_scope"] = OwnRange(0.0, 0.0, 0.0, own.n)
    waits = [job.lead_weeks for job in jobs if job.lead_weeks is not None]
    if waits:
        found["lead_weeks"] = _quantiles_of(model, "lead_weeks", waits)
    exposed = [job for job in jobs if job.person_months]
    if exposed:
        found["departures_per_month"] = departures(model, exposed)
    return found


def overrun(model: str | None, own: Distribution) -> Distribution:
    """Actual ÷ estimated hours as they may be expected: one's own jobs, drawn towards the published range."""
    return Distribution(own.n, *blended(own.quantiles, published(model).quantiles, own.n).tolist())


def rework(model: str, own: Distribution) -> OwnRange:
    """Hours beyond the estimate as a share of it, hidden scope included: what is expected of actual ÷ estimated, less 1."""
    expected = overrun(model, own)
    return _within_bounds(model, "rework", [expected.p10 - 1, expected.p50 - 1, expected.p90 - 1], own.n)


def departures(model: str, jobs: Sequence[Job]) -> OwnRange:
    """Departures per person and month: gamma and Poisson, the published range as what was known before.

    The published range is read as P10 to P90 of a lognormal distribution; the gamma distribution with the same mean and
    spread is worth as many person-months. Where nobody leaves as published, the jobs count alone, from half a departure.
    """
    left = math.fsum(job.departures or 0 for job in jobs)
    months = math.fsum(job.person_months or 0 for job in jobs)
    known = catalogue.parameters()[model]["departures_per_month"].range
    if known.low > 0:
        spread = float(log(known.high / known.low)) / (2 * NORMAL_P90)
        before = 1 / (float(exp(spread * spread)) - 1)
        left, months = left + before, months + before / known.likely
    elif left == 0:
        return OwnRange(known.low, known.likely, known.high, len(jobs))
    wide = float(exp(NORMAL_P90 * math.sqrt(log(1 + 1 / left))))
    rate = left / months
    return _within_bounds(model, "departures_per_month", [rate / wide, rate, rate * wide], len(jobs))


def _quantiles_of(model: str, parameter: str, own: Sequence[float]) -> OwnRange:
    quantiles = np.quantile(np.asarray(own, dtype=float), ENDS)
    return _within_bounds(
        model, parameter, blended(quantiles, drawn(model, parameter, ENDS), len(own)).tolist(), len(own)
    )


def _within_bounds(model: str, parameter: str, ends: list[float], n: int) -> OwnRange:
    """The range, with no end outside what an override may be."""
    limit = bounds(model, parameter)
    kept = [min(max(end, limit.low), limit.high) for end in ends] if limit else ends
    low, likely, high = kept
    return OwnRange(low, likely, high, n, limited=kept != ends)
