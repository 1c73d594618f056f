"""The shape of figures: parameters, settings, what the articles and public data say, and where they contradict each other."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from calc.catalogue.cited import Cited, Reference, Strict, Text

Effect = Literal["calculated from", "compared with", "shown only"]
# Kinds of use of a figure: those that change results, and those that hold results against it.
CALCULATES = {"", "setting", "gate", "question", "path"}
COMPARES = {"example", "story"}


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
    """One figure of a model. moves_with, moves_against: the figure of the same model that is one thing with it in reality.

    Both then take the same end of their ranges, or opposite ends.
    """

    label: Text
    unit: Text
    range: Range
    better: Literal["low", "high"]
    moves_with: str = ""
    moves_against: str = ""

    @property
    def in_dollars(self) -> bool:
        return self.unit.startswith("USD")

    @property
    def tied_to(self) -> str:
        """The figure of the same model that this one follows, in one direction or the other; empty for none."""
        return self.moves_with or self.moves_against

    @model_validator(mode="after")
    def follows_one(self) -> Parameter:
        if self.moves_with and self.moves_against:
            raise ValueError("a figure moves with another or against it, not both")
        return self


class Setting(Cited):
    """A single figure that is no model's. range: how far it moves in the sensitivities, where that is published."""

    label: Text
    value: float
    range: Range | None = None
    unit: Text
    allowed: dict[str, float] = {}

    @model_validator(mode="after")
    def is_likely(self) -> Setting:
        if self.range and self.range.likely != self.value:
            raise ValueError(f"the likely value {self.range.likely} of the range is not the value {self.value}")
        return self


class Reach(Cited):
    """From where to where a break-even is looked for; in USD it is multiplied by the exchange rate."""

    low: float
    high: float
    unit: Text


class Figure(Strict):
    """A figure of the articles. used_by: what becomes of it, as kind and key, "gate:small_and_clear"; a parameter has no kind."""

    id: Text
    label: Text
    low: float
    high: float
    likely: float | None = None
    unit: Text
    references: Annotated[list[Reference], Field(min_length=1)]
    used_by: list[str] = []

    @property
    def effect(self) -> Effect:
        """Whether anything is calculated from it, or the model's results are compared with it, or it is shown only."""
        kinds = {use.rpartition(":")[0] for use in self.used_by}
        if kinds & CALCULATES:
            return "calculated from"
        return "compared with" if kinds & COMPARES else "shown only"


class Contradiction(Strict):
    id: Text
    title: Text
    sides: Annotated[list[Reference], Field(min_length=2)]
    treatment: Text


class Quantiles(Strict):
    """Of a distribution; those that are known. A single mean stands as p50 where its data says no more."""

    p10: float | None = None
    p50: float
    p80: float | None = None
    p90: float | None = None
    p99: float | None = None


class Evidence(Strict):
    """What public data says of figures of the catalogue. n: how many observations, None where it is not told.

    speaks_to: `<model>.<parameter>`; differs: how the data and the ranges in force agree or part, and what becomes of it.
    instead: how the median stands in place of those figures: as it is (`figure`); less 1 in place of rework, with 0 for
    hidden scope, since a ratio to the estimate holds both (`overrun`); times the working hours of a week (`share_of_week`).
    None where something else is measured than what the figures say.
    """

    id: Text
    title: Text
    n: int | None = None
    unit: Text
    quantiles: Quantiles
    citation: Text
    speaks_to: Annotated[list[Text], Field(min_length=1)]
    instead: Literal["figure", "overrun", "share_of_week"] | None = None
    differs: Text
