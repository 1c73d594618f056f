"""The form of `track --json`, as a JSON Schema for programs that read it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from calc.json_form import Gate, Line, Part, Path, described
from calc.scenario.json_schema import Schema


class Plan(Part):
    total: float
    to_date: float


class ToDate(Part):
    to_date: float


class Forecast(Part):
    total: float
    end_week: float


class BudgetTracked(Part):
    """invoiced: so far; forecast: in all; headroom: the amount less the forecast."""

    amount: float
    invoiced: float
    forecast: float
    headroom: float


class LineTracked(Part):
    plan: float
    actual: float
    forecast: float


class WayOn(Part):
    """A path with what the rest costs for the same scope, its weeks from now, and whether it can be chosen.

    gates: the rules that rule it out now.
    """

    path: Path
    remaining: float
    weeks: float
    eligible: bool
    evidence: bool
    gates: list[Gate]


class Tracked(Part):
    """What `engagement track --json` prints."""

    schema_: Literal[1] = Field(alias="schema")
    path: Path
    month: Annotated[int, Field(ge=0)]
    performance: float
    plan: Plan
    actual: ToDate
    forecast: Forecast
    budget: BudgetTracked | None
    lines: dict[Line, LineTracked]
    came_back: Annotated[int, Field(ge=0)]
    recommended: Path | None
    stay_or_switch: list[WayOn]


def track_schema() -> Schema:
    """The JSON Schema of `track --json`."""
    return described(Tracked, "Tracked")
