"""The simulation of the product against that of the second program, which draws for itself."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from calc.results import results
from calc.scenario import scenario
from tests.definition import decision, model
from tests.definition.answers import budget_of
from tests.definition.table import FACTS
from tests.definition.trials import cheapest, trials

STORIES = Path(__file__).parents[2] / "build" / "stories"
COUNT = 1500
# Four standard errors of a share of so many trials, at its largest.
NEAR = 4 * (0.25 / COUNT) ** 0.5
PLAYED = ("19_poc", "05_audit", "02_overrun")
LEVELS = {"p10": 0.1, "p50": 0.5, "p80": 0.8, "p90": 0.9}


@cache
def played(story):
    """What the story says, the product's result, and the trials of the second program."""
    given = tomllib.loads((STORIES / f"{story}.toml").read_text(encoding="utf-8"))
    [result] = results([scenario(given)], flips=False, trials=20_000)
    return given, result, trials(given, FACTS, COUNT)


def share(values):
    return sum(values) / COUNT


@pytest.mark.parametrize("story", PLAYED)
def test_quantiles_of_the_total_lie_where_they_should(story):
    _, result, ours = played(story)
    for path, found in result["paths"].items():
        for name, level in LEVELS.items():
            below = share(trial[path]["total"] <= found[name] for trial in ours)
            assert below == pytest.approx(level, abs=NEAR), (path, name)


@pytest.mark.parametrize("story", PLAYED)
def test_chances_of_being_the_cheapest_agree(story):
    given, result, ours = played(story)
    decided = decision.decide(given, FACTS, model.costs(given, FACTS))["paths"]
    eligible = [path for path in decided if decided[path]["eligible"]]
    winners = [cheapest(trial, list(decided)) for trial in ours]
    among_eligible = [cheapest(trial, eligible) for trial in ours]
    for path, found in result["paths"].items():
        assert found["chance_cheapest"] == pytest.approx(share(w == path for w in winners), abs=NEAR), path
        wanted = share(winner == path for winner in among_eligible)
        assert found["chance_cheapest_eligible"] == pytest.approx(wanted, abs=NEAR), path


@pytest.mark.parametrize("story", PLAYED[:2])
def test_the_chance_of_exceeding_the_budget_agrees(story):
    given, result, ours = played(story)
    path, budget = result["recommendation"]["path"], budget_of(given)
    wanted = share(trial[path]["invoiced"] > budget for trial in ours)
    assert result["recommendation"]["budget"]["chance_above"] == pytest.approx(wanted, abs=NEAR)
