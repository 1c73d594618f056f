"""All sequences judged for one scenario, and the published path that is recommended today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from calc.model import model_for, quotes_of
from calc.scenario import Scenario
from calc.sequences.space import Quotes, published, sequences, space
from calc.structure import PathRow, Structure

SINGLE = ("recommended", "status")
OF_SEQUENCE = (
    "eligible", "candidate", "in_band", "frontier", "fit", "compared_same_scope", "same_scope", "npv", "invoiced", "paid",
    "own_time", "losses", "weeks_to_stable",
)  # fmt: skip
# What says which one is recommended, and what it costs.
OF_BEST = ("same_scope", "weeks_to_stable")
OF_STAGE = ("stage_start", "stage_end", "stage_start_date", "stage_end_date", "stage_paid_so_far")


@dataclass(frozen=True)
class Found:
    """recommended: position of the sequence that the rule recommends, from 0, None without one; status: the code of the
    quantity. figures: name -> values by sequence, or by stage of all of them. against: the published path
    that is recommended, None without one; costs: what its same scope costs.
    """

    recommended: int | None
    status: int
    figures: dict[str, np.ndarray]
    against: str | None
    costs: float | None
    quotes: Quotes = ()

    @property
    def rows(self) -> tuple[PathRow, ...]:
        """The sequences, in the order of the figures."""
        return sequences(self.quotes)

    @property
    def published(self) -> dict[int, str]:
        """Position of a sequence, from 0 -> the published path that it is."""
        return published(self.quotes)

    @property
    def structure(self) -> Structure:
        return space(self.quotes).structure


def search(scenario: Scenario, case: str = "likely") -> Found:
    """Gates, evidence, fit and same scope of all sequences, compared among themselves, in one pass."""
    return next(searches([scenario], (*OF_SEQUENCE, *OF_STAGE), case))


def searches(scenarios: Sequence[Scenario], figures: Sequence[str] = OF_BEST, case: str = "likely") -> Iterator[Found]:
    """The same of each scenario, all in one pass, with these figures. All have quotes of the same vendors and models."""
    quotes = tuple(quotes_of(scenarios[0]).values())
    found = space(quotes).evaluate(scenarios, (*SINGLE, *figures), case)
    usual = model_for()
    today = usual.evaluate(scenarios, ("recommended", "same_scope"), case)
    for row in range(len(scenarios)):
        best, now = (int(_of(row, of["recommended"])) for of in (found, today))
        yield Found(
            best - 1 if best else None,
            int(_of(row, found["status"])),
            {name: _of(row, found[name]) for name in figures},
            usual.structure.path_ids[now - 1] if now else None,
            float(_of(row, today["same_scope"])[now - 1]) if now else None,
            quotes,
        )


def _of(row: int, array: np.ndarray) -> np.ndarray:
    """A scenario's part of an array; what is the same for all has one row."""
    return array[row if len(array) > 1 else 0]
