"""The form of `check --json`, as a JSON Schema for programs that read it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, WithJsonSchema

from workbook.receive.checking.report import KINDS, Shown

Kind = Annotated[str, WithJsonSchema({"enum": list(KINDS)})]


class Found(BaseModel):
    """One finding: what was expected in a cell, and what was found."""

    kind: Kind
    sheet: str
    cell: str
    expected: Shown
    found: Shown
    field: str


class Check(BaseModel):
    """What `engagement check --json` prints."""

    schema_: Literal[1] = Field(alias="schema")
    file: str
    version: str | None
    differs: bool
    counts: dict[Kind, Annotated[int, Field(ge=1)]]
    findings: list[Found]
    notes: list[str]


def check_schema() -> dict[str, Any]:
    """The JSON Schema of `check --json`."""
    from calc.scenario.json_schema import DRAFT

    return {"$schema": DRAFT, **Check.model_json_schema(mode="serialization"), "title": "Check"}
