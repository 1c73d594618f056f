"""What usually decides: the fields and questions of an empty scenario whose values most often change what is recommended.

Nothing here is chosen by hand. The answers of the empty scenario are completed at random, as for "what to ask first". A field
counts by the share of these completions in which another path is recommended at its high than at its low, on a tie by how far it
moves the cost of the same scope; a question by its swing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from calc import catalogue
from calc.model import model_for
from calc.scenario import Scenario, scenario
from calc.scenario.schema import FIELDS
from calc.searches import Answering, Searches, completed
from calc.sensitivity import factors

# As many of each as a person fills in without a second thought.
MOST = 8
TARGETS = ("recommended", "same_scope")
SHARE_DIGITS, MONEY_DIGITS = 9, 2


@dataclass(frozen=True)
class DecidingField:
    """A field moved from low to high over the completions of the empty scenario.

    flips: share of the completions in which another path is recommended, 0 to 1; moves: how far the same scope of the path
    recommended today moves on average, in US dollars. low: None where the field is empty.
    """

    dotted: str
    low: float | None
    high: float
    flips: float
    moves: float


def empty() -> Scenario:
    """The scenario in which nothing is filled in but what has to be."""
    example = FIELDS["project.name"].example, date.fromisoformat(FIELDS["project.start"].example)
    return scenario(_with("project.name", example[0], _with("project.start", example[1], {})))


@cache
def deciding_fields() -> tuple[DecidingField, ...]:
    """The numbers of a scenario that decide most, the first of them most."""
    today = _decided(empty())
    found = [_moved(dotted, low, high, today) for dotted, low, high in _ranges()]
    found.sort(key=lambda field: (-round(field.flips, SHARE_DIGITS), -round(field.moves, MONEY_DIGITS)))
    return tuple(found[:MOST])


@cache
def deciding_questions() -> tuple[str, ...]:
    """The questions that decide most while none is answered, the first of them most."""
    ask = Searches(model_for(), empty()).firmness.ask
    return tuple(swing.question for swing in ask[:MOST])


def _ranges() -> Iterator[tuple[str, float | None, float]]:
    """Every number that can move: as in the tornado; one that is empty or 0 from there to its example."""
    moving = {factor.id: factor for factor in factors(model_for(), empty())}
    for dotted, field in FIELDS.items():
        if dotted in moving:
            yield dotted, moving[dotted].low, moving[dotted].high
        elif field.is_number and not field.default:
            yield dotted, field.default, float(field.example)


def _moved(dotted: str, low: float | None, high: float, today: dict[str, np.ndarray]) -> DecidingField:
    at_low, at_high = (_decided(scenario(_with(dotted, value, _plain()))) for value in (low, high))
    flips = at_low["recommended"] != at_high["recommended"]
    some = np.flatnonzero(today["recommended"])
    own = some, today["recommended"][some].astype(int) - 1
    moves = np.abs(at_high["same_scope"][own] - at_low["same_scope"][own])
    return DecidingField(dotted, low, high, float(flips.mean()), float(moves.mean()))


def _decided(given: Scenario) -> dict[str, np.ndarray]:
    answering = Answering(model_for(), given, TARGETS)
    return answering.evaluate(completed(answering.given, np.arange(len(catalogue.questions()))))


def _plain() -> dict[str, Any]:
    return empty().model_dump(include={"project": {"name", "start"}})


def _with(dotted: str, value: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The plain data with one more field in it."""
    section, _, name = dotted.partition(".")
    return data | {section: data.get(section, {}) | {name: value}}
