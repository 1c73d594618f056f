"""Scenarios for the searches: random ones and the examples, each with its searches and a judge."""

import random
import tomllib
from pathlib import Path

import pytest

from calc.model import model_for, user_paths
from calc.scenario import scenario
from calc.searches import Searches
from tests.calc.searches.second_program import Judge
from tests.definition.scenarios import random_scenario

EXAMPLES = Path(__file__).parents[3] / "build" / "examples"
EMPTY = {"project": {"name": "Empty form", "start": "2026-12-01"}}


def searched(plain):
    given = scenario(plain)
    return Searches(model_for(user_paths(given)), given), Judge(plain)


def example(name):
    return tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def cases():
    """Searches and judge of an empty form, the examples, and a few random scenarios."""
    rng = random.Random(20261125)
    plain = [EMPTY, *(example(file.stem) for file in sorted(EXAMPLES.glob("*.toml")))]
    return [searched(one) for one in plain + [random_scenario(rng, wild=number % 2 == 1) for number in range(5)]]
