"""The form of `facts --json`, as a JSON Schema for programs that read it.

The catalogue's own schema describes most of it; source and place of the first reference are added to what is cited.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from calc.catalogue import cited, figure, path, rule
from calc.json_form import EngagementModel, Lens, Part, Path, described
from calc.scenario.json_schema import Schema


class CitedFact(Part):
    basis: Literal["source", "derived", "assumption"]
    references: list[cited.Reference]
    note: str
    source: str | None
    place: str | None


class ParameterFact(CitedFact):
    low: float
    likely: float
    high: float
    label: str
    unit: str
    better: Literal["low", "high"]


class ModelFact(CitedFact):
    label: str
    pricing: Literal["hourly", "fee", "salary"]
    summary: str


class SettingFact(CitedFact):
    label: str
    value: float
    range: figure.Range | None
    unit: str
    allowed: dict[str, float]


class LensFact(CitedFact):
    id: Lens
    label: str
    alternative: EngagementModel


class RuleFact(CitedFact):
    """A rule of the decision; what else it holds depends on its kind."""

    id: str
    kind: str


class PathFact(CitedFact):
    id: Path
    label: str
    summary: str
    phases: list[path.Phase]


class FigureFact(Part):
    id: str
    label: str
    low: float
    high: float
    likely: float | None
    unit: str
    references: list[cited.Reference]
    used_by: list[str]
    effect: figure.Effect
    source: str
    place: str


class StoryFact(Part):
    """A claim of an article's story, and what the model says of it."""

    id: str
    story: str
    claim: str
    source: str
    place: str
    model: dict[str, object]


class Facts(Part):
    """What `engagement facts --json` prints; with words to search for, only what holds them."""

    schema_: Literal[1] = Field(alias="schema")
    parameters: dict[EngagementModel, dict[str, ParameterFact]]
    models: dict[EngagementModel, ModelFact]
    settings: dict[str, SettingFact]
    questions: list[rule.Question]
    lenses: dict[Lens, LensFact]
    rules: list[RuleFact]
    paths: dict[Path, PathFact]
    figures: list[FigureFact]
    contradictions: list[figure.Contradiction]
    evidence: list[figure.Evidence]
    stories: list[StoryFact]
    sources: dict[str, cited.Source]


def facts_schema() -> Schema:
    """The JSON Schema of `facts --json`."""
    return described(Facts, "Facts")
