"""The one scenario of a call, as `calc.results` reads an evaluation: what a result says, a cell says in the same words."""

from __future__ import annotations

from functools import partial
from typing import Any

from calc.model import Model
from calc.results.evaluation import plain
from calc.scenario import Scenario
from calc.udfs.scenarios import One


class Evaluated:
    """In the case that the call names, or in the scenario's own where that is None."""

    def __init__(self, given: One, case: str | None) -> None:
        self.model: Model = given.model
        self.scenarios: list[Scenario] = [given.scenario]
        self._values = partial(given.values, cost_case=case)

    def of(self, name: str, row: int) -> Any:
        return plain(self._values([name])[name], 1)[row]
