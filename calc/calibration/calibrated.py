"""Everything that a history says, as typed data and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from calc.calibration.distribution import Distribution, distribution
from calc.calibration.held import Held, halves, leave_one_out
from calc.calibration.job import Job
from calc.calibration.ranges import OwnRange, ranges
from calc.elementary import log

SCHEMA = 1
# On the scale of logarithms, a job this many quartile ranges beyond the quartiles is pointed out; it counts nevertheless.
FAR = 3


@dataclass(frozen=True)
class Calibration:
    """all, models: distributions of actual ÷ estimated hours; core_hours: P10, median and P90 for an estimate, None without
    one; ranges: by model and parameter; held: first half against second; one_out: each job by the others; far: jobs that
    lie far from the rest, and count."""

    all: Distribution
    models: dict[str, Distribution]
    core_hours: list[float] | None
    ranges: dict[str, dict[str, OwnRange]]
    held: Held | None
    one_out: Held | None
    far: list[Job]

    def as_json(self, refused: list[dict[str, Any]]) -> dict[str, Any]:
        """The form of `calibrate --json`. refused: the rows that are no jobs, and why."""
        return {
            "schema": SCHEMA,
            "all": asdict(self.all),
            "models": {model: asdict(own) for model, own in self.models.items()},
            "core_hours": self.core_hours,
            "ranges": {
                model: {name: range.ends for name, range in of_model.items()} for model, of_model in self.ranges.items()
            },
            "refused": refused,
            "far": [{"row": job.place, "ratio": job.ratio} for job in self.far],
            "held": _held(self.held),
            "leave_one_out": _held(self.one_out),
        }


def _held(held: Held | None) -> dict[str, Any] | None:
    if held is None:
        return None
    losses = {name: getattr(held, name) for name in ("history", "published", "as_estimated")}
    return {"n": held.n, "within_p10_p90": held.within_p10_p90, "pinball": losses}


def calibrated(jobs: Sequence[Job], estimate: float | None = None) -> Calibration:
    """What at least one job says. estimate: hours of a job to come, for `core_hours`."""
    of_model: dict[str, list[Job]] = {}
    for job in jobs:
        if job.model is not None:
            of_model.setdefault(job.model, []).append(job)
    own = distribution([job.ratio for job in jobs])
    return Calibration(
        own,
        {model: distribution([job.ratio for job in its]) for model, its in of_model.items()},
        None if estimate is None else [estimate * ratio for ratio in (own.p10, own.p50, own.p90)],
        {model: ranges(model, its) for model, its in of_model.items()},
        halves(jobs),
        leave_one_out(jobs),
        _far(jobs),
    )


def _far(jobs: Sequence[Job]) -> list[Job]:
    logs = log(np.array([job.ratio for job in jobs]))
    low, high = np.quantile(logs, [0.25, 0.75])
    reach = FAR * (high - low)
    return [job for job, log in zip(jobs, logs, strict=True) if log < low - reach or log > high + reach]
