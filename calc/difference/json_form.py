"""The form of `diff --json`, as a JSON Schema for programs that read it."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from calc.json_form import Line, Part, Path, described
from calc.scenario.json_schema import Schema

Value = TypeVar("Value")


class Both(Part, Generic[Value]):
    a: Value
    b: Value


class Amounts(Both[float | None]):
    difference: float | None


class Input(Both[Any]):
    field: str


class Recommended(Part):
    path: Both[Path | None]
    status: Both[str]
    cheapest: Both[Path | None]
    best_fit: Both[Path | None]
    provisional: Both[bool]
    completeness: Both[float]


class PathDifference(Part):
    label: str
    total: Amounts
    npv: Amounts
    same_scope: Amounts
    weeks_to_stable: Amounts
    fit: Amounts
    eligible: Both[bool]
    finished: Both[bool]
    lines: dict[Line, float]


class Explained(Part):
    method: str
    paths: dict[Path, dict[str, float]]
    without_effect: list[str]


class Difference(BaseModel):
    """What `engagement diff --json` prints."""

    model_config = ConfigDict(extra="allow")

    schema_: Literal[1] = Field(alias="schema")
    a: str
    b: str
    same: bool
    currencies: list[str]
    inputs: list[Input]
    recommendation: Recommended
    paths: dict[Path, PathDifference]
    only_a: list[Path]
    only_b: list[Path]
    explained: Explained


def difference_schema() -> Schema:
    """The JSON Schema of `diff --json`."""
    return described(Difference, "Difference")
