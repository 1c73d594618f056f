"""What every shape of the catalogue's data is made of: strict, and with its source, its place in it, and its basis."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

Text = Annotated[str, Field(min_length=1)]
# What is known while data is validated: the places in each source, by its key.
PLACES = "places"


class Strict(BaseModel):
    # A validator is made when a section is read: most shapes only stand within others, and need none of their own.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Source(Strict):
    title: Text
    compares: list[Text]
    places: list[Text]


class Placed(Strict):
    """Anything that stands at a place in a source."""

    source: Text
    place: Text

    @property
    def citation(self) -> str:
        return f"{self.source}, {self.place}"

    @model_validator(mode="after")
    def is_there(self, info: ValidationInfo) -> Placed:
        if info.context and self.place not in info.context[PLACES].get(self.source, ()):
            raise ValueError(f"no such source and place: {self.citation}")
        return self


class Reference(Placed):
    says: str = ""


class Cited(Strict):
    """Anything that says where it comes from: a source with its place, a derivation, or an assumption that says so."""

    basis: Literal["source", "derived", "assumption"] = "source"
    references: list[Reference] = []
    note: str = ""

    @model_validator(mode="after")
    def has_ground(self) -> Cited:
        if self.basis == "assumption" and not self.note:
            raise ValueError("an assumption says why in its note")
        if self.basis == "derived" and not self.note:
            raise ValueError("a derived figure shows its derivation in its note")
        if self.basis == "source" and not self.references:
            raise ValueError("basis source without a reference")
        return self

    @property
    def citation(self) -> str:
        return "; ".join(reference.citation for reference in self.references)
