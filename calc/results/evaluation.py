"""One pass over a block of scenarios that have the same paths, and access to its arrays row by row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from calc import catalogue
from calc.catalogue.rule import Computed
from calc.model import CASES, Model
from calc.quantities.alerts import ALERTS
from calc.quantities.lines import LINES, PHASE_LINES, RUN_LINES
from calc.scenario import Scenario
from calc.simulation import Simulation, simulate_many

# So many scenarios at a time: the months of all phases of a block stay within some tens of megabytes.
BLOCK = 128

# Single quantities that gates read, and those that their grounds read.
GATE_FIGURES = tuple(
    dict.fromkeys(
        [
            clause.figure
            for gate in catalogue.gates().values()
            for clause in gate.clauses
            if isinstance(clause, Computed)
        ]
        + [gate.instead.figure for gate in catalogue.gates().values() if gate.instead]
    )
)
DECISION = (
    "systemic",
    "completeness",
    "provisional",
    "status",
    "recommended",
    "cheapest",
    "best_fitting",
    "runner_up",
    "fires",
    "support_freelancer",
    "support_alternative",
    "lean",
    "settled_lean",
    "side",
    "verdict",
    "ladder_says",
    "core_fit",
    *catalogue.ladder(),
    *catalogue.model_rules(),
    *(f"{state}_{gate}" for gate in catalogue.gates() for state in ("fired", "gate")),
    *GATE_FIGURES,
    # Of the paths.
    "evidence",
    "why_not",
    "same_scope_difference",
    "way_difference",
    "place_difference",
    "place_matters",
    "break_even_chance",
    "frontier",
    # What a reader must not miss.
    *ALERTS.values(),
    "recommended_invoiced",
    "headroom",
    "over_by",
    "eligible_paths",
    "candidates",
    "contenders",
    "answer",
    "recommended_total",
    "recommended_scope_cost",
    "recommended_weeks",
    "budget_compares",
    "cheapest_saves",
    "cheapest_chance",
)
# Of a path, beside what the comparison shows.
FIGURES = (
    "same_scope",
    "same_place",
    "invoiced",
    "paid",
    "own_time",
    "losses",
    "core_cost",
    "cost_per_stable_month",
    "headline_rate",
    "real_rate",
    "peak_month",
    "feature_hours_delivered",
    "cost_per_delivered_hour",
)
# What the same scope costs past the horizon: part -> the quantity that gives it.
BEYOND = {"core": "beyond_core", "instability": "beyond_instability", "features": "beyond_features"}
PATHS = (
    "eligible",
    "fit",
    "path_core_fit",
    "run_fit",
    "first_step",
    "total",
    "npv",
    "spend",
    "weeks_to_stable",
    "finished",
    *FIGURES,
    *BEYOND.values(),
    *LINES.values(),
)
PHASES = (
    "start_week",
    "end_week",
    "paid_by_end",
    "phases_paid_past",
    *PHASE_LINES.values(),
    "core_end",
    "run_start",
    *RUN_LINES.values(),
    "retainer_total",
    "weeks_per_month",
    "horizon_weeks",
)
# Of the figures, beside what the quotes among them say.
QUOTED = ("low", "likely", "high", "published_from", "published_to", "beside_published")
TARGETS = (*DECISION, *PATHS, *PHASES)


class Evaluation:
    """Every quantity that the results need, of all scenarios of a block, as plain numbers by scenario."""

    def __init__(self, model: Model, scenarios: Sequence[Scenario], trials: int) -> None:
        self.model = model
        self.trials = trials
        self.scenarios = list(scenarios)
        self.given = {name: array for name, array in model.inputs(scenarios).items() if name not in model.static}
        targets = (*TARGETS, *QUOTED) if model.structure.quotes else TARGETS
        self._arrays = model.graph.evaluate(model.static | self.given, targets)
        self._rows: dict[str, list] = {}

    def of(self, name: str, row: int) -> Any:
        """The quantity of one scenario: a number, or lists along its dimensions; None for a missing value."""
        if name not in self._rows:
            self._rows[name] = plain(self._arrays[name], len(self.scenarios))
        return self._rows[name][row]

    @cached_property
    def simulations(self) -> list[Simulation]:
        """The simulation of every scenario."""
        return simulate_many(self.model, self.scenarios, self.trials)

    @cached_property
    def totals(self) -> dict[str, list]:
        """Case -> total by scenario and path, of the best and the worst case, both in one pass."""
        count = len(self.scenarios)
        twice = {name: np.asfortranarray(np.concatenate([array, array])) for name, array in self.given.items()}
        cases = ("best", "worst")
        twice["case_number"] = np.repeat([CASES.index(case) + 1 for case in cases], count)
        total = self.model.graph.evaluate(self.model.static | twice, ["total"])["total"]
        return {case: plain(total[at * count : (at + 1) * count], count) for at, case in enumerate(cases)}


def plain(array: np.ndarray, count: int) -> list:
    """An array of shape (count or 1, ...) as nested lists of Python numbers, None for what is not finite."""
    full = np.broadcast_to(array, (count, *array.shape[1:])) + 0.0
    finite = np.isfinite(full)
    if finite.all():
        return full.tolist()
    numbers = full.astype(object)
    numbers[~finite] = None
    return numbers.tolist()
