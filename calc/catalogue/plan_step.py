"""The shape of the plan: what a phase delivers, what is decided at its end, and its steps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from calc.catalogue.cited import Cited, Text


class Work(Cited):
    """What a phase delivers, and what must be true before the next one starts. model: an id, or * for all others."""

    work: Literal["audit", "core", "run", "retainer"]
    model: Text
    label: Text
    delivers: Text
    exit: Text


class PhaseEnd(Cited):
    """What can be decided at the end of a phase, in short and in three ways.

    at: its kind of work, or a prototype; model: an id, or * for all others.
    """

    at: Literal["audit", "prototype", "core", "run", "retainer"]
    model: Text
    decision: Text
    go_on: Text
    stop: Text
    switch: Text


class PlanStep(Cited):
    """A step of a phase. start_week counts from the phase's start or end; until_end, from its end, replaces weeks."""

    work: Literal["audit", "core", "run", "retainer"]
    model: Text
    label: Text
    anchor: Annotated[Literal["start", "end"], Field(alias="from")]
    start_week: float
    weeks: float
    until_end: float | None = None
