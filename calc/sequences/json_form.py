"""The form of `design --json`, as a JSON Schema for programs that read it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from calc.json_form import EngagementModel, Part, Path, described
from calc.scenario.json_schema import Schema


class Phase(Part):
    """Whose it is stands as `model`, or as `quote` where a quote is its price."""

    model: EngagementModel | None = None
    quote: str | None = None
    work: Literal["audit", "core", "run", "retainer"]
    share: float | None
    weeks: float | None
    start_week: float
    end_week: float
    start: str | None
    end: str | None


class Switch(Part):
    name: str
    costs: float


class WaysOn(Part):
    """What has been paid at the end of the first step, and what going on or switching costs from there."""

    week: float
    paid: float
    go_on: float
    switch: Switch | None


class Sequence(Part):
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
    path: Path | None
    same_scope: float | None


class Design(Part):
    """What `engagement design --json` prints."""

    schema_: Literal[1] = Field(alias="schema")
    searched: int
    status: Literal["firm", "provisional", "open", "none_left"]
    recommended: Sequence | None
    against: Against | None
    frontier: list[Sequence]


def design_schema() -> Schema:
    """The JSON Schema of `design --json`."""
    return described(Design, "Design")
