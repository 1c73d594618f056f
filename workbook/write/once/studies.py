"""One-off results, calculated in Python when a workbook is made: the large simulation, the sensitivities, the searches.

They are values in the workbook beside the live ones; it says when the inputs have changed since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from calc import catalogue
from calc.break_even import Crossing, break_evens
from calc.model import Model
from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.results.searched import searched_choice, searched_path
from calc.scenario import Refused, Scenario
from calc.scenario.actuals import is_tracked
from calc.scenario.figure_quality import quality_of_field
from calc.searches import Searches
from calc.sensitivity import Bar, Flips, Moved, Tornado, ValueFlip, moved_by_public_data, tornado, unit_in
from calc.sentences.stay_or_switch import barred
from calc.sentences.tracking import NO_FORECAST, stands_in_words
from calc.sequences import or_better, recommended_own, search
from calc.simulation import Figure, simulate_many
from calc.text.figure import just_beside
from calc.tracking import track_and_advise
from calc.what_if import answers_in_words, finding_out_first, finding_out_in_short, how_firm, would_be_recommended
from workbook.write.once.designs import Design
from workbook.write.once.large_run import LARGE_RUN

BARS, ANSWER_FLIPS, VALUE_FLIPS, ASKED = 12, 10, 6, 10
# Cost lines that a row of the public data names; what a row says whose figure moves together with the one above.
LINES_MOVED, WITH_THE_ROW_ABOVE = 3, "together with the row above"
# Figures of which it is said how much they matter.
MATTERING = 10
# What the unit of a part of a whole begins with.
SHARE = "share"
# So many ways to another recommendation are told of a path: what is between them.
WAYS, BETWEEN = 2, "; or "
# Sets of answers that would have to be true, of each path.
SETS = 3
SIMULATED = ("p10", "p50", "p80", "p90", "paid_p50", "paid_p80", "chance_cheapest", "chance_cheapest_eligible",
             "chance_over_budget")  # fmt: skip


@dataclass(frozen=True)
class Sentences:
    """What the searches of a scenario found: how firm the recommendation is, finding out first, at length and in a line, and
    by path what would make it the recommended one; an empty text where there is nothing to say."""

    firm: str
    finding_out: str
    finding_out_in_short: str
    would_be: dict[str, str]


class Studies:
    """The one-off results of some scenarios, as columns of cells. An empty cell is NaN, or an empty text.

    simulated: name -> (value, standard error), each of shape (scenario, path). tornado, public_data, answers, values, core_hours,
    must_be_true, asked, finding_out: one list of rows per scenario, each row a tuple of cells. sides: of the rows of values, on
    which side of the figure's value of today it is where both read alike, and else an empty text. holds: one share each.
    mattering: the figures that matter most, a sentence each. sentences: what the searches found in words, for each scenario.
    under_way: of a scenario with actuals one row, what the first page says of them, and the headroom that is forecast.

    must_be_true has a row for each path: its name, up to three sets of answers in words, the factor on its prices. asked:
    question and swing. finding_out: one row, or none where there is nothing to find out: chance, worth, path if systemic,
    path if not, price of an audit, price of a pilot.
    """

    answers: list[list[tuple[str, str, str, str]]]
    must_be_true: list[list[tuple[str, str, str, str, float]]]
    asked: list[list[tuple[str, float]]]
    holds: list[float]
    finding_out: list[list[tuple[float, float, str, str, float, float]]]
    sentences: list[Sentences]

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
        self.tornado = [_bars(t, s) if t else [] for t, s in zip(tornados, scenarios, strict=True)]
        self.mattering = [_mattering(t, s) if t else [] for t, s in zip(tornados, scenarios, strict=True)]
        flips = [Flips(model, scenario).values()[:VALUE_FLIPS] if trials else [] for scenario in scenarios]
        self.values = [self._values(of, s.project.currency) for of, s in zip(flips, scenarios, strict=True)]
        self.sides = [[(just_beside(flip.value, flip.factor.current),) for flip in of] for of in flips]
        self.public_data = [
            [row for moved in moved_by_public_data(model, scenario) for row in self._by_data(moved)] if trials else []
            for scenario in scenarios
        ]
        searches = [Searches(model, scenario) if trials else None for scenario in scenarios]
        self.answers = [self._answers(s) if s else [] for s in searches]
        self.must_be_true = [self._must_be_true(s) if s else [] for s in searches]
        self.asked = [_asked(s) if s else [] for s in searches]
        self.holds = [np.nan if s is None or s.firmness.holds is None else s.firmness.holds for s in searches]
        self.finding_out = [self._finding_out(s) if s else [] for s in searches]
        self.sentences = [self._sentences(s) for s in searches]
        sequences = [search(scenario) for scenario in scenarios] if trials else []
        self.designs = [Design(found) for found in sequences]
        self.best_sequence = [
            or_better(found, scenario.project.currency, recommended_own(scenario))
            for found, scenario in zip(sequences, scenarios, strict=False)
        ]
        tracked = [_tracked(s) if trials else None for s in scenarios]
        self.ways = [self._ways(t.found if t else None) for t in tracked]
        self.ways_for = [_of(t.found if t else None) for t in tracked]
        self.under_way = [_first_page(s, t) if trials else [] for s, t in zip(scenarios, tracked, strict=True)]
        self.core_hours = [self._core_hours(model, scenario) if trials else [] for scenario in scenarios]

    def _ways(self, found: dict | None) -> list[tuple[str, str, float, float, str]]:
        if found is None:
            return []
        marks = {found["path"]: ["stay"]}
        marks.setdefault(found["recommended"], []).append("recommended")
        named = self.labels | {path: f"{self.labels[path]} ({', '.join(said)})" for path, said in marks.items() if path}
        return [
            (named[way["path"]], way["path"], way["remaining"], way["weeks"], barred(way))
            for way in found["stay_or_switch"]
        ]

    def _by_data(self, moved: Moved) -> Iterator[tuple]:
        """A row for each figure; what they move together stands in the first of them."""
        by_recommended = np.nan if moved.recommended is None else moved.recommended
        lines = ", ".join(QUANTITIES[LINES[line]].label for line in moved.lines[:LINES_MOVED])
        path = self.labels[moved.path] if moved.path else "none"
        together = (by_recommended, path, moved.by, lines, self._label(moved.then))
        for at, one in enumerate(moved.replaced):
            yield (one.now, one.instead, *(together if at == 0 else (np.nan, WITH_THE_ROW_ABOVE, np.nan, "", "")))

    def _answers(self, searches: Searches) -> list[tuple[str, str, str, str]]:
        flips = searches.flips[:ANSWER_FLIPS]
        return [(_short(flip.question), flip.given, flip.answer, self._label(flip.path)) for flip in flips]

    def _must_be_true(self, searches: Searches) -> list[tuple[str, str, str, str, float]]:
        rows = []
        for path, sets in searches.must_be_true.items():
            first, second, third = [answers_in_words(answers) for answers in sets] + [""] * (SETS - len(sets))
            factor = searches.price_factors.get(path)
            rows.append((self.labels[path], first, second, third, np.nan if factor is None else factor))
        return rows

    def _finding_out(self, searches: Searches) -> list[tuple[float, float, str, str, float, float]]:
        found = searches.finding_out
        if found is None:
            return []
        then = self.labels[found.if_systemic], self.labels[found.if_not]
        return [(found.chance, found.worth, *then, found.audit_price, found.pilot_price)]

    def _sentences(self, searches: Searches | None) -> Sentences:
        """What the searches found, as people are told it; empty texts where nobody searched."""
        if searches is None:
            return Sentences("", "", "", dict.fromkeys(self.labels, ""))
        result = self._found(searches)
        ways = {path: _without_name(would_be_recommended(result, path), self.labels[path]) for path in self.labels}
        first = " ".join(finding_out_first(result)), finding_out_in_short(result)
        return Sentences(" ".join(how_firm(result)), *first, ways)

    def _found(self, searches: Searches) -> dict:
        """The part of a result that the sentences of the searches read."""
        scenario, now = searches.scenario, searches.now
        given = {question: scenario.answers.get(question, "unknown") for question in searches.questions}
        paths = {path: {"label": label} | searched_path(searches, path) for path, label in self.labels.items()}
        return {
            "scenario": {"answers": given, "project": {"currency": scenario.project.currency}},
            "recommendation": {"path": searches.paths[now - 1] if now else None} | searched_choice(searches),
            "paths": paths,
        }

    def _values(self, flips: list[ValueFlip], currency: str) -> list[tuple]:
        nearest = ((flip.factor, flip) for flip in flips)
        return [
            (
                figure.label,
                unit_in(currency, figure.id, figure.unit),
                figure.current,
                flip.value,
                self._label(flip.path),
            )
            for figure, flip in nearest
        ]

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


def _without_name(sentences: list[str], label: str) -> str:
    """The sentences about a path as they stand beside its name, with the first ways only."""
    said = " ".join(sentences).removeprefix(f"{label}: ")
    shown = BETWEEN.join((said[:1].upper() + said[1:]).split(BETWEEN)[:WAYS])
    return shown if shown.endswith(".") or not shown else f"{shown}."


class Tracked(NamedTuple):
    """Actuals against the plan, and what the first page says of them: how it stands, whether to stay or to switch, and why."""

    found: dict
    said: tuple[str, str, str]


def _tracked(scenario: Scenario) -> Tracked | None:
    """Actuals against the plan; None where nothing is entered, or not all that the plan has."""
    if not is_tracked(scenario.actuals):
        return None
    try:
        found, advice = track_and_advise(scenario)
    except Refused:
        return None
    return Tracked(found, (stands_in_words(found, scenario.project.currency), *advice))


def _first_page(scenario: Scenario, tracked: Tracked | None) -> list[tuple[str, str, str, float]]:
    """A row with what the first page says of what is under way; none of a scenario without actuals."""
    if tracked:
        return [(*tracked.said, _headroom(tracked.found))]
    return [(NO_FORECAST, "", "", np.nan)] if is_tracked(scenario.actuals) else []


def _headroom(found: dict) -> float:
    """What is forecast to be left of the budget; NaN without one."""
    return found["budget"]["headroom"] if found["budget"] else np.nan


def _of(found: dict | None) -> dict[str, float]:
    """What the ways to go on depend on beside the inputs; nothing where they were not found."""
    names = {"actual_month": "month", "core_known_month": "known_month", "core_done": "core_done"}
    spent = {"tracked_actual": found["actual"]["to_date"] if found else 0.0}
    return {key: float(found[name]) if found else 0.0 for key, name in names.items()} | spent


def _columns(figures: Sequence[Figure]) -> tuple[np.ndarray, np.ndarray]:
    """One figure of every scenario's simulation: values and standard errors, each of shape (scenario, path)."""
    return np.array([figure.value for figure in figures]), np.array([figure.error for figure in figures])


def _asked(searches: Searches) -> list[tuple[str, float]]:
    """The questions that matter most, of those whose answer changes anything, in short and with how often it does."""
    return [(_short(one.question), one.swing) for one in searches.firmness.ask[:ASKED] if one.swing > 0]


def _short(question: str) -> str:
    return catalogue.questions()[question].short


def _bars(moves: Tornado, scenario: Scenario) -> list[tuple]:
    currency = scenario.project.currency
    return [
        (b.label, unit_in(currency, b.id, b.unit), b.current, b.low, b.high, b.at_low, b.at_high)
        for b in moves.bars[:BARS]
    ]


def _mattering(moves: Tornado, scenario: Scenario) -> list[str]:
    """The figures that move the gap most, a sentence each; without a next best path, that there is none."""
    if moves.gap is None:
        return ["There is no next best path to compare with."]
    return [_moves(bar, scenario) for bar in moves.bars[:MATTERING]]


def _moves(bar: Bar, scenario: Scenario) -> str:
    """One figure: its range, how good it is, and by how much it moves the gap."""
    known = quality_of_field(bar.id, scenario)
    unit = unit_in(scenario.project.currency, bar.id, bar.unit)
    if unit.startswith(SHARE):  # "8% a year" for "0.08 share a year"
        low, high = (f"{100 * value:.4g}%" for value in (bar.low, bar.high))
        ends = f"from {low} to {high}{unit.removeprefix(SHARE)}"
    else:
        low, high = (f"{value:,.4g}" if abs(value) < 1_000 else f"{value:,.0f}" for value in (bar.low, bar.high))
        ends = f"from {low} to {high} {unit}"
    moved = f"moves the gap by {scenario.project.currency} {bar.swing:,.0f}"
    return f"{bar.label}: {ends}, {known}; {moved}."


def cell(rows: Sequence[Sequence[tuple]], row: int, column: int, empty: str | float) -> np.ndarray:
    """The cell of a study in every scenario: an array of shape (scenario,); empty past its rows."""
    cells = [scenario[row][column] if row < len(scenario) else empty for scenario in rows]
    return np.array(cells, dtype=object if isinstance(empty, str) else float)
