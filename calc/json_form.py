"""What the JSON Schemas of everything that is printed have in common.

What is described is always there; more may come in later versions, so readers leave alone what they do not know.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from calc import catalogue
from calc.quantities.lines import LINES
from calc.scenario.json_schema import DRAFT, Schema

Question = Annotated[str, WithJsonSchema({"enum": list(catalogue.questions())})]
Lens = Annotated[str, WithJsonSchema({"enum": list(catalogue.lenses())})]
Gate = Annotated[str, WithJsonSchema({"enum": list(catalogue.gates())})]
EngagementModel = Annotated[str, WithJsonSchema({"enum": list(catalogue.models())})]
Line = Annotated[str, WithJsonSchema({"enum": list(LINES)})]
Share = Annotated[float, Field(ge=0, le=1)]
# A path of the catalogue or one of the user's.
Path = str


class Part(BaseModel):
    model_config = ConfigDict(extra="allow")


def described(model: type[BaseModel], title: str) -> Schema:
    """The JSON Schema of what a program prints."""
    return {"$schema": DRAFT, **model.model_json_schema(mode="serialization"), "title": title}
