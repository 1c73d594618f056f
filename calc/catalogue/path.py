"""The shape of models, of paths, and of the grammar that every sequence of phases follows."""

from __future__ import annotations

from typing import Literal

from calc.catalogue.cited import Cited, Strict, Text

Place = Literal["us", "eastern_europe"]


class Model(Cited):
    label: Text
    pricing: Literal["hourly", "fee", "salary"]
    documents: bool
    scales: Literal["specialists", "hires", "one"]
    located: Place
    freelances: bool
    works_alone: bool
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


class Opening(Strict):
    """A first step of a sequence: so many weeks of looking, by a model."""

    name: Text
    model: Text
    weeks: float


class Prototype(Strict):
    """A trial before another model's core: how large it may be, as shares of the core work."""

    name: Text
    model: Text
    shares: list[float]


class Reviewer(Strict):
    """Who stays on retainer, after an audit or core work of its own."""

    name: Text
    model: Text


class Words(Strict):
    """How a model is named in a sequence: as who does the core, the same after a prototype, and as who runs it."""

    core: Text
    alone: Text
    runs: Text


class Grammar(Strict):
    """What every sequence is made of; openings, prototype and retainer may each be left out."""

    opening: list[Opening]
    prototype: Prototype
    retainer: Reviewer
    words: dict[str, Words]
