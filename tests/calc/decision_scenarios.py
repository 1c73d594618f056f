"""Random scenarios for whatever changes a decision: all answers, weights and budgets beside what changes costs."""

from __future__ import annotations

from random import Random
from typing import Any

from calc import catalogue
from tests.calc import cost_scenarios

CALM = ("unknown_cause", "shifting", "ai_generated")
# Small, bounded jobs and unled, parallel ones, which answers at random hardly ever make.
TYPICAL = (
    {"bounded": "yes", "isolated": "yes"},
    {"bounded": "yes"},
    {"bounded": "yes", "isolated": "yes", "ai_generated": "yes", "shifting": "no", "unknown_cause": "no"},
    {"leadership": "no", "parallel": "yes"},
    {"regulated": "yes", "leadership": "no"},
    {"on_fire": "yes"},
    {"afford_hire": "yes", "can_wait": "yes", "long": "yes"},
)


def random_scenario(random: Random) -> dict[str, Any]:
    """A scenario that the product takes; the same generator state gives the same one."""
    scenario = cost_scenarios.random_scenario(random)
    scenario["answers"] = _answers(random)
    if random.random() < 0.5:
        rate = scenario["project"].get("usd_rate", 1)
        budget = random.choice([0, 2_900, 2_999.99, 3_000, 20_000, 24_000, 60_000, 150_000, 10**7]) * rate
        scenario.setdefault("money", {})["budget"] = round(budget * random.choice([1, 1, random.uniform(0.5, 2)]), 2)
        if random.random() < 0.3:
            scenario.setdefault("work", {})["core_hours"] = random.choice([10, 25, 120, 200])
    if random.random() < 0.3:
        scenario["weights"] = {lens: random.choice([0, 0.5, 1, 2, 5]) for lens in catalogue.lenses()}
    return scenario


def _answers(random: Random) -> dict[str, str]:
    density, yes = random.choice([0.05, 0.2, 0.5, 0.8, 1]), random.choice([0.2, 0.5, 0.8])
    answers = {
        question: "yes" if random.random() < yes else "no"
        for question in catalogue.questions()
        if random.random() < density
    }
    if random.random() < 0.4:
        answers |= dict.fromkeys(CALM, "no")
    if random.random() < 0.4:
        answers |= random.choice(TYPICAL)
    return answers
