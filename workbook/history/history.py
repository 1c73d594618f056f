"""A history file: its jobs, and its rows that are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calc import catalogue
from calc.calibration import Job
from calc.scenario.faults import Fault, Refused, problem
from workbook.history.columns import REQUIRED, Columns
from workbook.table import RawRow, Table


@dataclass(frozen=True)
class RefusedRow:
    """A row that is no job: where it stands, its name if it has one, and every reason."""

    place: str
    name: str
    faults: tuple[Fault, ...]

    def as_json(self) -> dict[str, Any]:
        """The form of `calibrate --json`."""
        return {"row": self.place, "name": self.name, "faults": [str(fault) for fault in self.faults]}


@dataclass(frozen=True)
class History:
    """jobs: in the order of the file; refused: the rows that are none; notes: on values spelled in another way."""

    path: Path
    jobs: list[Job]
    refused: list[RefusedRow]
    notes: list[str]


def history(path: Path, named: Mapping[str, str] | None = None, model: str | None = None) -> History:
    """Read a file. named: its columns that are called otherwise; model: of the jobs that name none.

    Raises Refused if the file has no such form, or none of its rows is a job.
    """
    jobs: list[Job] = []
    refused: list[RefusedRow] = []
    notes: list[str] = []
    for raw in Table(path, Columns(named or {}).form):
        fields = raw.fields or {}
        notes += [f"{raw.place}: {note}" for note in raw.notes]
        if faults := _faults(raw):
            refused.append(RefusedRow(raw.place, str(fields.get("name", "")), faults))
        else:
            jobs.append(_job(raw.place, fields, model))
    if not jobs:
        raise Refused(str(path), _why_none(refused))
    return History(path, jobs, refused, notes)


def _faults(raw: RawRow) -> tuple[Fault, ...]:
    """Why a row is no job: what was wrong in it, and what is missing."""
    fields = raw.fields or {}
    wrong = {fault.field.partition(" ")[0] for fault in raw.faults}
    hint = "a job needs its estimated and its actual hours"
    unreadable = raw.fields is None
    blank = [] if unreadable else [field for field in REQUIRED if field not in fields and field not in wrong]
    return (*raw.faults, *(problem(field, "blank", hint) for field in blank))


def _job(place: str, fields: Mapping[str, Any], model: str | None) -> Job:
    weeks = fields.get("actual_weeks")
    calendar = catalogue.settings()
    of_weeks = None if weeks is None else weeks / calendar["weeks_per_year"].value * calendar["months_per_year"].value
    months = fields.get("months", of_weeks)
    told = {name: fields.get(name) for name in ("lead_weeks", "people", "departures", "finished")}
    own = fields.get("model", model)
    return Job(place, fields["estimated_hours"], fields["actual_hours"], model=own, months=months, **told)


def _why_none(refused: list[RefusedRow]) -> list[Fault]:
    """The faults of all rows, each with its place; one where there are no rows."""
    faults = [
        Fault(" ".join(part for part in (row.place, fault.field) if part), fault.found, fault.allowed, fault.example)
        for row in refused
        for fault in row.faults
    ]
    return faults or [problem("", "no rows", "give one past job a row, with its estimated and its actual hours")]
