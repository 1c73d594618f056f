"""One past job, as a history tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Job:
    """place: where the job stands in its file; model: an id of the catalogue, None where it is not told.

    Hours are those of the work, estimated before it began and counted after it; both are above 0. people: those who did
    it; departures: of people while it lasted; months: how long that was; lead_weeks: from the decision to the first day.
    """

    place: str
    estimated_hours: float
    actual_hours: float
    model: str | None = None
    lead_weeks: float | None = None
    people: float | None = None
    departures: float | None = None
    months: float | None = None
    finished: date | None = None

    @property
    def ratio(self) -> float:
        """Actual ÷ estimated hours: 1.25 is an overrun of a quarter, 0.9 an underrun of a tenth."""
        return self.actual_hours / self.estimated_hours

    @property
    def person_months(self) -> float | None:
        """How long people could have left: people × months; None where departures are not told."""
        if self.departures is None or self.people is None or self.months is None:
            return None
        return self.people * self.months


def in_order(jobs: list[Job]) -> list[Job]:
    """The jobs in the order in which they were finished, if every one tells it; else as they stand in their file."""
    days = [job.finished for job in jobs if job.finished is not None]
    return sorted(jobs, key=lambda job: job.finished or date.max) if len(days) == len(jobs) else list(jobs)
