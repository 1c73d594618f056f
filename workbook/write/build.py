"""From scenarios to workbooks: the quantities are evaluated once, laid out once, and packed for each scenario."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import orjson

from calc import catalogue
from calc.model import Model, model_for, user_paths
from calc.quantity import QUANTITIES
from calc.scenario import Scenario, as_given
from workbook.write.book import Book
from workbook.write.once.live_trials import spread, trial_values
from workbook.write.once.studies import TRIALS, Studies
from workbook.write.pack.package import Package
from workbook.write.picks import STANDARD
from workbook.write.sheets import (
    about,
    answers,
    cash_flow,
    checklists,
    checks,
    comparison,
    criteria,
    decision,
    decision_workings,
    gantt,
    inputs,
    parameters,
    phases,
    plan,
    record,
    sensitivity,
    simulation,
    sources,
    stages,
    start,
    summary,
    trials,
    two_paths,
    values,
    worked_examples,
)
from workbook.write.sheets.values import CHOICES, UNNAMED

# In the order of the tabs.
SHEETS = (
    summary, start, inputs, answers, parameters, decision, comparison, criteria, plan, gantt, simulation, sensitivity,
    checklists, worked_examples, sources, values, phases, stages, cash_flow, decision_workings, two_paths, trials, record,
    checks, about,
)  # fmt: skip

# So many scenarios at a time have their trials evaluated.
BLOCK = 4


def build(scenario: Scenario, runs: int = TRIALS) -> bytes:
    """The workbook of one scenario, as the bytes of an .xlsx file. runs: trials of the large simulation; 0 for none."""
    return package([scenario], runs).bytes()


def package(scenarios: Sequence[Scenario], runs: int = TRIALS) -> Package:
    """The workbooks of scenarios that define the same paths of their own."""
    return Package(book(scenarios, runs))


def book(
    scenarios: Sequence[Scenario],
    runs: int = TRIALS,
    shown: Mapping[str, str] | None = None,
    made_for: Sequence[Scenario] | None = None,
) -> Book:
    """The sheets of the workbook, with the values of all scenarios in their cells.

    shown: what is picked for show: `case`, `plan_path`, `compare_path`, `compare_with`. made_for: the scenarios that the
    record and the figures run once belong to, where the inputs have changed since. Both are for checking what came back.
    """
    model, before = model_for(user_paths(scenarios[0])), made_for or scenarios
    known = _known(model, scenarios)
    drawn = _drawn(model, known, len(scenarios))
    if shown:
        known = _known(model, scenarios, shown)
    said = texts(scenarios, before) | dict(shown or {})
    made = Book(model, known, said, drawn, Studies(model, before, runs), len(scenarios), _formulas(model))
    for sheet in SHEETS:
        sheet.add(made)
    if made_for:
        made.before = Book(model, model.inputs(before), texts(before, before), {}, None, len(before))
        for sheet in (inputs, answers, parameters):
            sheet.add(made.before)
    return made


def live_range(scenario: Scenario, path: str) -> tuple[float, float]:
    """P10 and P90 of what a path costs, as the trials in the scenario's workbook give them."""
    model = model_for(user_paths(scenario))
    totals = trial_values(model, _known(model, [scenario]), 1)["total"]
    return spread(totals[0, :, model.structure.path_ids.index(path)])


@lru_cache(maxsize=8)
def _formulas(model: Model) -> dict[Hashable, object]:
    """The formulas of the workbook for one set of paths, filled by the first that is laid out."""
    return {}


def _drawn(model: Model, known: Mapping[str, np.ndarray], count: int) -> dict[str, np.ndarray]:
    """The trials of all scenarios, a few scenarios at a time: what is computed on the way would fill the memory."""
    blocks = []
    for first in range(0, count, BLOCK):
        some = {key: array if len(array) == 1 else array[first : first + BLOCK] for key, array in known.items()}
        blocks.append(trial_values(model, some, min(BLOCK, count - first)))
    return {key: np.concatenate([block[key] for block in blocks]) for key in blocks[0]}


def _known(
    model: Model, scenarios: Sequence[Scenario], shown: Mapping[str, str] | None = None
) -> dict[str, np.ndarray]:
    """Every quantity by its key, in the case and with the plan that is picked."""
    picked = dict(STANDARD) | dict(shown or {})
    found = model.inputs(scenarios, picked["case"])
    numbers = UNNAMED | {path: number for number, path in enumerate(model.structure.path_ids, 1)}
    for key, name in CHOICES.items():
        found[key] = np.full(len(scenarios), float(numbers[picked[name]]))
    return found | model.graph.evaluate(found, (*QUANTITIES, *catalogue.settings()))


def texts(scenarios: Sequence[Scenario], before: Sequence[Scenario]) -> dict[str, object]:
    """What is not a number of the graph: names, the start as a day number, answers as text, hashes."""
    found: dict[str, object] = {
        "name": _each(s.project.name for s in scenarios),
        "owner": _each(s.project.owner for s in scenarios),
        "currency": _each(s.project.currency for s in scenarios),
        **STANDARD,
        "inputs_hash": _each(inputs_hash(s) for s in before),
    }
    for question in catalogue.questions():
        found[f"answer_{question}"] = _each(s.answers.get(question, "unknown") for s in scenarios)
    return found


def inputs_hash(scenario: Scenario) -> str:
    """A fingerprint of everything that the scenario says, to the fifteen digits that every spreadsheet keeps."""
    kept = _shortened(as_given(scenario))
    return hashlib.sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _shortened(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.15g}") + 0.0
    if isinstance(value, dict):
        return {key: _shortened(one) for key, one in value.items()}
    return [_shortened(one) for one in value] if isinstance(value, list) else value


def _each(values: Iterable[object]) -> np.ndarray:
    """What a scenario says, as an array even where there is one scenario: so it is never mistaken for what all say."""
    return np.array(list(values), dtype=object)
