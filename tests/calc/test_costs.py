"""The costs of every path are those of the definition, as a program of its own calculates them from it."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from random import Random

import numpy as np
import pytest

from calc import catalogue
from calc.facts import facts
from calc.model import CASES, model_for, user_paths
from calc.quantities.lines import LINES, PHASE_LINES
from calc.results.evaluation import BEYOND
from calc.scenario import scenario
from tests.calc.cost_scenarios import random_scenario
from tests.definition import model as definition

OF_PATHS = (
    "total", "npv", "same_scope", "invoiced", "core_cost", "paid", "own_time", "losses", "weeks_to_stable",
)  # fmt: skip
OF_PHASES = ("start_week", "end_week")
TARGETS = (
    *OF_PATHS,
    *OF_PHASES,
    "finished",
    *LINES.values(),
    *PHASE_LINES.values(),
    *BEYOND.values(),
    "beyond",
    "same_place",
    "spend",
)
THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
COUNT = 1_000 if THOROUGH else 60


def costs(given, case="likely"):
    """The quantities of one scenario by name, without the axis of scenarios."""
    model = model_for(user_paths(given))
    values = model.evaluate([given], TARGETS, case)
    return model.structure, {name: values[name][0] for name in TARGETS}


def near(figure):
    return pytest.approx(figure, rel=1e-9, abs=1e-6)


def compared(plain, case):
    """Every figure of a scenario beside the definition's."""
    given = scenario(plain)
    structure, ours = costs(given, case)
    theirs = definition.costs(plain, facts(), case)
    assert list(theirs) == structure.path_ids
    for at, (path, expected) in enumerate(theirs.items()):
        for name in OF_PATHS:
            assert ours[name][at] == near(expected[name]), (path, name)
        assert (ours["finished"][at] == 1) == expected["finished"], path
        for line, name in LINES.items():
            assert ours[name][at] == near(expected["lines"][line]), (path, line)
        for part, name in BEYOND.items():
            assert ours[name][at] == near(expected["beyond"][part]), (path, part)
        horizon = given.project.horizon_months
        assert ours["spend"][at, :horizon] == near(np.array(expected["months"])), path
        assert not ours["spend"][at, horizon:].any(), path
        phases = [phase for phase in expected["phases"] if phase["work"] in ("audit", "core")]
        rows = [row for row, phase in enumerate(structure.phases) if phase.path == path]
        for row, phase in zip(rows, phases, strict=True):
            for name in OF_PHASES:
                assert ours[name][row] == near(phase[name]), (path, name)
            for line, name in PHASE_LINES.items():
                assert ours[name][row] == near(phase["lines"][line]), (path, line)


@pytest.mark.parametrize("seed", range(COUNT))
def test_random_scenarios_cost_what_the_definition_says(seed):
    plain = random_scenario(Random(seed))
    for case in CASES:
        compared(plain, case)


@pytest.mark.parametrize("seed", range(COUNT))
def test_the_same_place_is_the_same_scope_of_the_same_scenario_in_the_us(seed):
    plain = random_scenario(Random(seed))
    _, ours = costs(scenario(plain))
    theirs = definition.same_place(plain, facts())
    assert ours["same_place"] == near(np.array(list(theirs.values())))


def test_what_is_published_is_what_the_definition_has():
    wanted = tomllib.loads(Path(definition.__file__).with_name("facts.toml").read_text(encoding="utf-8"))
    for name, about in wanted["models"].items():
        assert {key: getattr(catalogue.models()[name], key) for key in about} == about
    ends = {
        model: {name: tuple(one.range.model_dump().values()) for name, one in own.items()}
        for model, own in catalogue.parameters().items()
    }
    assert ends == {
        model: {name: (one["low"], one["likely"], one["high"]) for name, one in own.items()}
        for model, own in wanted["parameters"].items()
    }


def test_the_better_ends_are_those_of_the_definition():
    high = {name for _, name, parameter in catalogue.parameter_rows() if parameter.better == "high"}
    assert high == set(definition.HIGH_IS_BETTER)
