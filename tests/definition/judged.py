"""The product and the second program over the same random scenarios, worked out once for all tests."""

import os
import random
from functools import cache

from calc.results import results
from calc.scenario import scenario
from tests.definition import decision, model
from tests.definition.comparison import differences
from tests.definition.scenarios import random_scenario
from tests.definition.table import FACTS
from tests.made_once import shared

COUNT = 5000 if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else 1000
CASES = ("likely", "best", "worst")


@cache
def given_scenarios():
    """Half of them ordinary, half stretched to the ends of what is allowed."""
    rng = random.Random(20261201)
    return [random_scenario(rng, wild=number % 2 == 1) for number in range(COUNT)]


@shared
def by_the_definition():
    """(costs by case, decision) of every scenario."""
    rows = []
    for plain in given_scenarios():
        costs = {case: model.costs(plain, FACTS, case) for case in CASES}
        rows.append((costs, decision.decide(plain, FACTS, costs["likely"])))
    return rows


@shared
def by_the_product():
    """The product's result of every scenario, without its searches and its simulation."""
    return results([scenario(plain) for plain in given_scenarios()], flips=False, trials=0)


@cache
def found():
    """{field: [(number of the scenario, Difference), ...]}."""
    by_field = {}
    for number, (result, (costs, decided)) in enumerate(zip(by_the_product(), by_the_definition(), strict=True)):
        for difference in differences(result, costs, decided):
            by_field.setdefault(difference[0], []).append((number, difference))
    return by_field
