"""One-off results, calculated in Python when a workbook is made: the large simulation, the sensitivities, the flips.

They are values in the workbook beside the live ones; it says when the inputs have changed since.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calc import catalogue
from calc.break_even import Crossing, break_evens
from calc.model import Model
from calc.scenario import Scenario
from calc.sensitivity import Flips, Tornado, tornado
from calc.simulation import Figure, simulate_many

# Trials of the large simulation, which runs once in Python.
LARGE_RUN = 10_000
BARS, ANSWER_FLIPS, VALUE_FLIPS = 15, 20, 15
SIMULATED = ("p10", "p50", "p80", "p90", "paid_p50", "paid_p80", "chance_cheapest", "chance_cheapest_eligible",
             "chance_over_budget")  # fmt: skip


class Studies:
    """The one-off results of some scenarios, as columns of cells. An empty cell is NaN, or an empty text.

    simulated: name -> (value, standard error), each of shape (scenario, path). tornado, answers, values, core_hours: one
    list of rows per scenario, each row a tuple of cells.
    """

    def __init__(self, model: Model, scenarios: Sequence[Scenario], trials: int = LARGE_RUN) -> None:
        self.trials = trials
        self.labels = {path.id: path.label for path in model.structure.paths}
        paths = len(self.labels)
        empty = np.full((len(scenarios), paths), np.nan)
        self.simulated = dict.fromkeys(SIMULATED, (empty, empty))
        if trials:
            simulations = simulate_many(model, scenarios, trials)
            self.simulated = {name: _columns([getattr(s, name) for s in simulations]) for name in SIMULATED}
        tornados = [tornado(model, scenario) if trials else None for scenario in scenarios]
        self.gaps = [np.nan if t is None or t.gap is None else t.gap for t in tornados]
        self.tornado = [_bars(t) if t else [] for t in tornados]
        flips = [Flips(model, scenario) if trials else None for scenario in scenarios]
        self.answers = [self._answers(f) if f else [] for f in flips]
        self.values = [self._values(f) if f else [] for f in flips]
        self.core_hours = [self._core_hours(model, scenario) if trials else [] for scenario in scenarios]

    def _answers(self, flips: Flips) -> list[tuple]:
        short = {key: question.short for key, question in catalogue.questions().items()}
        return [(short[f.question], f.given, f.answer, self._label(f.path)) for f in flips.answers()[:ANSWER_FLIPS]]

    def _values(self, flips: Flips) -> list[tuple]:
        nearest = flips.values()[:VALUE_FLIPS]
        return [(f.factor.label, f.factor.unit, f.factor.current, f.value, self._label(f.path)) for f in nearest]

    def _core_hours(self, model: Model, scenario: Scenario) -> list[tuple]:
        """Against every other path: the core hours at which the cheaper of the two changes, and who is cheaper there."""
        known = model.evaluate([scenario], ("recommended",))
        first = int(known["recommended"][0])
        if not first:
            return []
        recommended = model.structure.path_ids[first - 1]
        pairs = [(recommended, other) for other in model.structure.path_ids if other != recommended]
        crossings = {
            pair[1]: both.core_hours for pair, both in zip(pairs, break_evens(model, scenario, pairs), strict=True)
        }
        return [self._crossing(crossings.get(path)) for path in model.structure.path_ids]

    def _crossing(self, crossing: Crossing | None) -> tuple[float, str]:
        return (crossing.at, self._label(crossing.cheaper)) if crossing else (np.nan, "")

    def _label(self, path: str | None) -> str:
        return self.labels[path] if path else "no recommendation"


def _columns(figures: Sequence[Figure]) -> tuple[np.ndarray, np.ndarray]:
    """One figure of every scenario's simulation: values and standard errors, each of shape (scenario, path)."""
    return np.array([figure.value for figure in figures]), np.array([figure.error for figure in figures])


def _bars(moves: Tornado) -> list[tuple]:
    return [(b.label, b.unit, b.current, b.low, b.high, b.at_low, b.at_high) for b in moves.bars[:BARS]]


def cell(rows: Sequence[Sequence[tuple]], row: int, column: int, empty: str | float) -> np.ndarray:
    """The cell of a study in every scenario: an array of shape (scenario,); empty past its rows."""
    cells = [scenario[row][column] if row < len(scenario) else empty for scenario in rows]
    return np.array(cells, dtype=object if isinstance(empty, str) else float)
