"""The shape of the catalogue's data; whatever breaks it is refused when it is loaded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]
Answer = Literal["yes", "no"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Source(Strict):
    title: Text
    compares: list[Text]
    places: list[Text]


class Reference(Strict):
    source: Text
    place: Text
    says: str = ""

    @property
    def citation(self) -> str:
        return f"{self.source}, {self.place}"


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


class Range(Strict):
    low: float
    likely: float
    high: float

    @model_validator(mode="after")
    def in_order(self) -> Range:
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"low {self.low} <= likely {self.likely} <= high {self.high} does not hold")
        return self


class Parameter(Cited):
    label: Text
    unit: Text
    range: Range
    better: Literal["low", "high"]

    @property
    def in_dollars(self) -> bool:
        return self.unit.startswith("USD")


class Model(Cited):
    label: Text
    pricing: Literal["hourly", "fee", "salary"]
    documents: bool
    scales: Literal["specialists", "hires", "one"]
    summary: Text


class Phase(Strict):
    """One step of a path. share: of the core work, for core phases; weeks: of an audit."""

    work: Literal["audit", "core", "run", "retainer"]
    model: Text
    share: float | None = None
    weeks: float | None = None


class Path(Cited):
    id: Text
    label: Text
    summary: str = ""
    phases: list[Phase]


class Setting(Cited):
    label: Text
    value: float
    unit: Text
    allowed: dict[str, float] = {}


class Figure(Strict):
    id: Text
    label: Text
    low: float
    high: float
    likely: float | None = None
    unit: Text
    references: Annotated[list[Reference], Field(min_length=1)]
    used_by: list[str] = []


class Contradiction(Strict):
    id: Text
    title: Text
    sides: Annotated[list[Reference], Field(min_length=2)]
    treatment: Text


class Question(Strict):
    id: Text
    text: Text
    short: Text
    asked_by: Annotated[list[Reference], Field(min_length=1)]
    help: Text


class Lens(Cited):
    id: Text
    label: Text
    alternative: Text


class Condition(Strict):
    """A question and the answer that meets the condition; `is = false`: any other answer, unknown too."""

    question: Text
    answer: Answer
    holds: Annotated[bool, Field(alias="is")] = True


class Rule(Cited):
    id: Text
    lens: Text
    side: Literal["freelancer", "alternative"]
    text: Text
    needs: Literal["any", "all"]
    conditions: Annotated[list[Condition], Field(min_length=1, max_length=2)]


class Step(Cited):
    """One step of a lens's ladder: the answer that decides, and for which model."""

    id: Text
    lens: Text
    question: Text
    answer: Answer
    says: Text
    text: Text


class Indicator(Cited):
    """The question that decides a lens's "either"."""

    id: Text
    lens: Text
    question: Text
    yes: Text
    no: Text
    text: str = ""


class Gate(Cited):
    id: Text
    label: Text
    when: Text
    then: Text
    why: Text
    conditions: list[list[Condition]] = []


class Need(Cited):
    """A question whose yes asks for a model to do the feature work."""

    model: Text
    question: Text


class Term(Strict):
    term: Text
    meaning: Text
