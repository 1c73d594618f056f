"""From scenarios to workbooks: the quantities are evaluated once, laid out once, and packed for each scenario."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

import numpy as np
import orjson

from calc import catalogue
from calc.model import Model, model_for, user_paths
from calc.quantity import QUANTITIES
from calc.scenario import Scenario, normal_form
from workbook.book import Book
from workbook.package import Package
from workbook.sheets import (
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
    record,
    sensitivity,
    simulation,
    plan,
    sources,
    stages,
    start,
    summary,
    trials,
    two_paths,
    values,
    worked_examples,
)
from workbook.sheets.values import PICKS
from workbook.studies import TRIALS, Studies
from workbook.trials import trial_values

# In the order of the tabs.
SHEETS = (
    summary, start, inputs, answers, parameters, decision, comparison, criteria, plan, gantt, sensitivity, simulation,
    checklists, worked_examples, sources, values, phases, stages, cash_flow, decision_workings, two_paths, trials, record, checks, about,
)  # fmt: skip


def build(scenario: Scenario, runs: int = TRIALS) -> bytes:
    """The workbook of one scenario, as the bytes of an .xlsx file. runs: trials of the large simulation; 0 for none."""
    return package([scenario], runs).bytes()


def package(scenarios: Sequence[Scenario], runs: int = TRIALS) -> Package:
    """The workbooks of scenarios that define the same paths of their own."""
    return Package(book(scenarios, runs))


def book(scenarios: Sequence[Scenario], runs: int = TRIALS) -> Book:
    """The sheets of the workbook, with the values of all scenarios in their cells."""
    model = model_for(user_paths(scenarios[0]))
    found = model.inputs(scenarios)
    known = model.graph.evaluate(found, (*QUANTITIES, *catalogue.settings()))
    known = found | known
    drawn = trial_values(model, known, len(scenarios))
    made = Book(model, known, texts(scenarios, model), drawn, Studies(model, scenarios, runs), len(scenarios))
    for sheet in SHEETS:
        sheet.add(made)
    return made


def texts(scenarios: Sequence[Scenario], model: Model) -> dict[str, object]:
    """What is not a number of the graph: names, the start as a day number, answers as text, hashes."""
    found: dict[str, object] = {
        "name": _each(s.project.name for s in scenarios),
        "owner": _each(s.project.owner for s in scenarios),
        "currency": _each(s.project.currency for s in scenarios),
        "case": "likely",
        **PICKS,
        "inputs_hash": _each(inputs_hash(s) for s in scenarios),
        "template_hash": "",
    }
    for question in catalogue.questions():
        found[f"answer_{question}"] = _each(s.answers.get(question, "unknown") for s in scenarios)
    return found


def inputs_hash(scenario: Scenario) -> str:
    """A fingerprint of everything that the scenario says."""
    return hashlib.sha256(orjson.dumps(normal_form(scenario), option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _each(values) -> object:
    found = list(values)
    if len(found) == 1:
        return found[0]
    return np.array(found, dtype=object)
