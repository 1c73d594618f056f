"""All sequences judged for one scenario, and the published path that is recommended today."""

from __future__ import annotations

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
    quotes = tuple(quotes_of(scenario).values())
    found = _only(space(quotes).evaluate([scenario], (*SINGLE, *OF_SEQUENCE, *OF_STAGE), case))
    usual = model_for()
    today = _only(usual.evaluate([scenario], ("recommended", "same_scope"), case))
    best, now = int(found.pop("recommended")), int(today["recommended"])
    return Found(
        best - 1 if best else None,
        int(found.pop("status")),
        found,
        usual.structure.path_ids[now - 1] if now else None,
        float(today["same_scope"][now - 1]) if now else None,
        quotes,
    )


def _only(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The one scenario of each."""
    return {name: array[0] for name, array in arrays.items()}
