"""The shape of what is taken over from the articles to read: terms, criteria, checklists, and claims with their figures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from calc.catalogue.cited import Placed, Reference, Strict, Text


class Term(Strict):
    term: Text
    meaning: Text


class Criterion(Strict):
    """One row of an article's comparison. metric: the live figure shown beside it; empty: none."""

    criterion: Text
    freelancer: Text
    alternative: Text
    metric: str
    references: Annotated[list[Reference], Field(min_length=1)]


class CriteriaTable(Placed):
    """An article's comparison. columns: what heads the criteria, the freelancer and the alternative."""

    id: Text
    title: Text
    columns: Annotated[list[Text], Field(min_length=3, max_length=3)]
    rows: Annotated[list[Criterion], Field(min_length=1, alias="row")]


class Item(Strict):
    """One point of a checklist. good, bad: how an answer sounds; template: text to copy and edit."""

    text: Text
    detail: Text
    good: str = ""
    bad: str = ""
    template: str = ""


class Checklist(Strict):
    """Points to go through. More references than points: one for the whole list, then one for each point."""

    id: Text
    title: Text
    purpose: Text
    references: Annotated[list[Reference], Field(min_length=1)]
    items: Annotated[list[Item], Field(min_length=1, alias="item")]

    @model_validator(mode="after")
    def has_fitting_references(self) -> Checklist:
        if len(self.references) > len(self.items) + 1:
            raise ValueError(f"{len(self.references)} references for {len(self.items)} points")
        return self

    def references_of(self, item: Item) -> list[Reference]:
        """Where the point stands: its own reference, or those of the list."""
        if len(self.references) <= len(self.items):
            return self.references
        return [self.references[1 + self.items.index(item)]]


class WorkedFigure(Strict):
    """A figure that follows from inputs. Of a pair of inputs, the first gives the low end, the second the high end."""

    label: Text
    unit: Text
    source_low: float
    source_high: float
    formula: Text
    inputs: dict[str, float | Annotated[list[float], Field(min_length=2, max_length=2)]]

    @property
    def is_range(self) -> bool:
        return any(isinstance(value, list) for value in self.inputs.values())

    def ends(self, name: str) -> tuple[float, float]:
        """What the input is at the low and at the high end of the figure."""
        value = self.inputs[name]
        return (value[0], value[1]) if isinstance(value, list) else (value, value)

    @model_validator(mode="after")
    def in_order(self) -> WorkedFigure:
        if self.source_low > self.source_high:
            raise ValueError(f"low {self.source_low} <= high {self.source_high} does not hold")
        if not self.is_range and self.source_low != self.source_high:
            raise ValueError("a range needs a pair among its inputs")
        return self


class Example(Placed):
    """A claim of an article with the figures that must come out of its inputs."""

    id: Text
    claim: Text
    references: Annotated[list[Reference], Field(min_length=1)]
    figures: Annotated[list[WorkedFigure], Field(min_length=1, alias="figure")]
