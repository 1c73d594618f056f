"""The workbooks of the product keep every rule."""

import datetime
import os
import random
from pathlib import Path

import pytest

from calc.scenario import from_text, scenario
from calc.scenario.paths import MOST_PHASES, MOST_TOGETHER
from tests.definition.scenarios import random_scenario
from tests.engines import validator
from workbook.receive.soundness import broken
from workbook.write.build import build
from workbook.write.edition import Edition

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
EXAMPLES = sorted((Path(__file__).parents[3] / "build" / "examples").glob("*.toml"))

# The workbooks of the product


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_keeps_every_rule(example):
    judge = validator.problems if THOROUGH else None  # otherwise the validator sees other workbooks of the tests
    edition = Edition.full if THOROUGH or example == EXAMPLES[0] else Edition.light
    made = build(from_text(example.read_text(encoding="utf-8"), example.name), edition=edition)
    assert [str(breach) for breach in broken(made, judge)] == []


def own_paths():
    """As many paths of one's own as there may be, each as long as it may be and back at a model that it had before."""
    models = ["freelancer", "full_time", "dedicated_engineer", "freelancer", "fixed_price_shop"][: MOST_PHASES - 3]
    phases = [{"work": "audit", "model": "engineering_partner", "weeks": 1}]
    phases += [{"work": "core", "model": model, "share": 1 / len(models)} for model in models]
    phases += [{"work": "run", "model": "freelancer"}, {"work": "retainer", "model": "production_firm"}]
    short = [{"work": "core", "model": "freelancer", "share": 1}, phases[-2]]
    assert len(phases) == MOST_PHASES
    assert len(phases) + len(short) == MOST_TOGETHER
    return {f"own_{at}": {"label": f"Own path {at}", "phases": found} for at, found in enumerate((phases, short))}


@pytest.mark.parametrize("seed", range(20) if THOROUGH else [2])
def test_a_random_scenario_keeps_every_rule_even_with_as_many_own_paths_as_there_may_be_and_pages_of_actuals(seed):
    data = random_scenario(random.Random(seed), wild=seed % 3 == 2)
    data["project"]["start"] = datetime.date.fromisoformat(data["project"]["start"])
    if seed % 3 == 2:
        data["paths"] = own_paths()
        data["project"]["horizon_months"] = 24
        data["actuals"] = {"path": "freelancer", "labour": [1]}
    assert [str(breach) for breach in broken(build(scenario(data)))] == []
