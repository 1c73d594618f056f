"""The form of `calibrate --json`, as a JSON Schema for programs that read it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from calc.json_form import EngagementModel, Part, Share, described
from calc.scenario.json_schema import Schema

Rank = Annotated[int, Field(ge=1)]
Ends = Annotated[list[float], Field(min_length=3, max_length=3)]


class Quantiles(Part):
    """Of actual ÷ estimated hours."""

    n: Rank
    p10: float
    p50: float
    p80: float
    p90: float


class RefusedRow(Part):
    """A row that is no job; row: where it stands, such as "line 70"."""

    row: str
    name: str
    faults: Annotated[list[str], Field(min_length=1)]


class FarRow(Part):
    """A job far from all others, which counts all the same."""

    row: str
    ratio: float


class Pinball(Part):
    """The mean pinball loss of each way to estimate."""

    history: float
    published: float
    as_estimated: float


class Held(Part):
    """How the ranges of some jobs held on others."""

    n: Rank
    within_p10_p90: Share
    pinball: Pinball


class Calibrated(Part):
    """What `engagement calibrate --json` prints."""

    schema_: Literal[1] = Field(alias="schema")
    all: Quantiles
    models: dict[EngagementModel, Quantiles]
    core_hours: Ends | None
    ranges: dict[EngagementModel, dict[str, Ends]]
    refused: list[RefusedRow]
    far: list[FarRow]
    held: Held | None
    leave_one_out: Held | None


def calibrate_schema() -> Schema:
    """The JSON Schema of `calibrate --json`."""
    return described(Calibrated, "Calibrated")
