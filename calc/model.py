"""The model for a structure of paths: scenarios go in as arrays, every quantity comes out as an array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np

import calc.actual_lines  # registers what was paid and is still to be paid, by cost line
import calc.gates  # registers the formulas of the gates
import calc.model_rules  # registers those of the ladder and of single models
import calc.quantities  # noqa: F401  registers all others
from calc import catalogue
from calc.graph import Graph
from calc.inputs import INPUTS
from calc.scenario import Scenario, date_text
from calc.scenario.actuals import SERIES
from calc.scenario.basis import is_own_history
from calc.scenario.exchange import DOLLAR
from calc.scenario.payment_terms import terms_of
from calc.scenario.quotes import figures, quote_id
from calc.scenario.schema import ANSWER_CODES, CASES, ENDS, ESTIMATES, MOST_MONTHS, PLACES, SCALARS, USUAL_WEIGHT
from calc.structure import PathRow, QuoteRow, Structure, path_row, published_paths

# Day 0 of the spreadsheet calendar, so that dates are the day numbers that cells hold.
DAY_ZERO = date_text.DAY_ZERO
# The paths that are picked for the plan and for the comparison of two, where nobody picks any: 0 stands for the
# recommended one, -1 for the next best, any other number for the position of a path.
CHOICES = {"plan_choice": 0, "first_choice": 0, "second_choice": -1}


class Model:
    """The graph of every quantity for one set of paths, with what does not depend on the scenario."""

    def __init__(self, paths: tuple[PathRow, ...]) -> None:
        self.structure = Structure(paths)
        static = {name: (over,) for over, columns in self.structure.columns.items() for name in columns}
        given = dict.fromkeys(SCALARS, ()) | {name: given.over for name, given in INPUTS.items()}
        self.graph = Graph(
            static | given,
            self.structure.parameter_rows,
            self.structure.relations,
            self.structure.elements,
            static,
            self.structure.own_phases,
        )

    @cached_property
    def static(self) -> dict[str, np.ndarray]:
        """Arrays of shape (1, n) that are the same for every scenario."""
        return {
            name: values[np.newaxis] for columns in self.structure.columns.values() for name, values in columns.items()
        }

    def inputs(self, scenarios: Sequence[Scenario], case: str = "likely") -> dict[str, np.ndarray]:
        """What the scenarios say, as arrays of shape (scenario, ...); an empty field is NaN."""
        number = float(CASES.index(case) + 1)
        arrays = {
            name: np.array([_or_nan(getattr(getattr(s, section), name)) for s in scenarios])
            for name, section in SCALARS.items()
        }
        arrays["case_number"] = np.full(len(scenarios), number).astype(int)
        arrays["start_day"] = np.array([float((s.project.start - DAY_ZERO).days) for s in scenarios])
        arrays["other_currency"] = np.array([float(s.project.currency != DOLLAR) for s in scenarios])
        arrays |= {name: np.full(len(scenarios), float(choice)) for name, choice in CHOICES.items()}
        arrays["place"] = np.array([PLACES[s.work.location] for s in scenarios])
        arrays |= self._settings(scenarios) | self._overrides(scenarios) | self._estimates(scenarios)
        arrays["given_answer"] = _by_scenario(
            [ANSWER_CODES[s.answers.get(q, "unknown")] for q in self.structure.questions] for s in scenarios
        )
        arrays["weight"] = _by_scenario(
            [s.weights.get(lens, USUAL_WEIGHT) for lens in self.structure.lenses] for s in scenarios
        )
        return self.static | arrays | _actuals(scenarios)

    def _settings(self, scenarios: Sequence[Scenario]) -> dict[str, np.ndarray]:
        names = catalogue.settings()
        own = np.full((len(names), len(scenarios)), np.nan)
        for number, scenario in enumerate(scenarios):
            settings = scenario.overrides.get("decision", {})
            for row, name in enumerate(names):
                own[row, number] = settings.get(name, np.nan)
        return {"override_setting": own.T}

    def _overrides(self, scenarios: Sequence[Scenario]) -> dict[str, np.ndarray]:
        rows = {(model, name): row for row, (model, name, _) in enumerate(self.structure.figures)}
        ends, history = np.full((2, 3, len(rows), len(scenarios)), np.nan)
        for number, scenario in enumerate(scenarios):
            quoted = {quote_id(quote.vendor): figures(quote, scenario) for quote in scenario.quotes}
            own_figures = scenario.overrides | {key: of for key, of in quoted.items() if key in self.structure.models}
            for model, own in own_figures.items():
                bases = scenario.basis.get(model, {})
                for name, value in own.items() if model != "decision" else ():
                    row = rows[model, name]
                    if isinstance(value, float | int):
                        ends[1, row, number] = value
                    else:
                        ends[:, row, number] = value.low, value.likely, value.high
                        if is_own_history(bases.get(name, "")):
                            history[:, row, number] = ends[:, row, number]
        return {
            f"{kind}_{end}": of[at].T
            for kind, of in (("override", ends), ("history", history))
            for at, end in enumerate(ENDS)
        }

    def _estimates(self, scenarios: Sequence[Scenario]) -> dict[str, np.ndarray]:
        ends = np.full((3, len(ESTIMATES), len(scenarios)), np.nan)
        for number, scenario in enumerate(scenarios):
            for row, (name, section) in enumerate(ESTIMATES.items()):
                value = getattr(getattr(scenario, section), name)
                if isinstance(value, tuple):
                    ends[:, row, number] = value
                else:
                    ends[1, row, number] = value
        return {f"given_{end}": ends[at].T for at, end in enumerate(ENDS)}

    def evaluate(
        self, scenarios: Sequence[Scenario], targets: Iterable[str], case: str = "likely"
    ) -> dict[str, np.ndarray]:
        """The targets for all scenarios in one pass; shapes (scenario or 1, *dimensions)."""
        return self.graph.evaluate(self.inputs(scenarios, case), targets)


def _actuals(scenarios: Sequence[Scenario]) -> dict[str, np.ndarray]:
    """What really happened, shape (scenario, month); (1, month) of NaN for what no scenario has."""
    arrays = {}
    for name in SERIES:
        known = any(getattr(scenario.actuals, name) for scenario in scenarios)
        made = np.full((MOST_MONTHS, len(scenarios) if known else 1), np.nan)
        for number, scenario in enumerate(scenarios if known else ()):
            months = getattr(scenario.actuals, name)
            made[: len(months), number] = [_or_nan(value) for value in months]
        arrays[f"actual_{name}"] = made.T
    return arrays


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _by_scenario(rows: Iterable[list[float]]) -> np.ndarray:
    return np.asfortranarray(np.array(list(rows), dtype=float))


def quotes_of(scenario: Scenario) -> dict[str, QuoteRow]:
    """Vendor -> its quote as a further model."""
    return {
        quote.vendor: QuoteRow(
            quote_id(quote.vendor), quote.vendor, quote.model, tuple(figures(quote, scenario)), terms_of(quote)
        )
        for quote in scenario.quotes
    }


def user_paths(scenario: Scenario) -> tuple[PathRow, ...]:
    """The paths that the scenario itself defines, and one for each quote: what its model does throughout, by the vendor."""
    offers = quotes_of(scenario)
    own = [path_row(key, path.label, "", path.phases, offers) for key, path in scenario.paths.items()]
    return (*own, *(_throughout(quote) for quote in offers.values()))


def _throughout(quote: QuoteRow) -> PathRow:
    [path] = [path for path in published_paths() if path.id == quote.model]
    phases = tuple(replace(phase, path=quote.id, quote=quote) for phase in path.phases)
    label = f"{quote.vendor} throughout"
    return replace(path, id=quote.id, label=label, summary="", phases=phases, runner_quote=quote)


def model_for(paths: tuple[PathRow, ...] = ()) -> Model:
    """The model of the published paths and these user paths; kept, since most scenarios have none."""
    return _model(paths)


@lru_cache(maxsize=8)
def _model(paths: tuple[PathRow, ...]) -> Model:
    return Model(published_paths() + paths)
