"""The form of `design --json`, as a JSON Schema for programs that read it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from calc.json_form import EngagementModel, Part, Path, described
from calc.scenario.json_schema import Schema
from calc.sentences.answer import Status


class Phase(Part):
    """In weeks from the start of the project and with its dates. Whose it is stands as `model`, or as `quote`, the vendor,
    where a quote is its price; share: of the core hours."""

    model: EngagementModel | None = None
    quote: str | None = None
    work: Literal["audit", "core", "run", "retainer"]
    share: float | None
    weeks: float | None
    start_week: float
    end_week: float
    start: date | None
    end: date | None


class Switch(Part):
    """The cheapest other sequence that begins alike, and what the rest of it costs."""

    name: str
    costs: float


class WaysOn(Part):
    """Where the first phase ends: in which week, what is paid by then, and what each way on costs from there."""

    week: float
    paid: float
    go_on: float
    switch: Switch | None


class Sequence(Part):
    """A sequence of phases. path: the published one that it is; saves: what it costs less than the recommended published
    path, for the same scope."""

    name: str
    path: Path | None
    phases: Annotated[list[Phase], Field(min_length=1)]
    fit: float
    same_scope: float
    npv: float
    invoiced: float
    paid: float
    own_time: float
    losses: float
    weeks_to_stable: float
    evidence: bool
    saves: float | None
    ways_on: WaysOn | None


class Against(Part):
    """The recommended published path, with which sequences are compared."""

    path: Path
    same_scope: float


class Design(Part):
    """What `engagement design --json` prints."""

    schema_: Literal[1] = Field(alias="schema")
    searched: int
    status: Status
    recommended: Sequence | None
    against: Against | None
    frontier: list[Sequence]


def design_schema() -> Schema:
    """The JSON Schema of `design --json`."""
    return described(Design, "Design")
