"""The order of all paths: recommended, eligible by the cost of the same scope, excluded."""

from __future__ import annotations

import random

import numpy as np

from calc.model import model_for
from calc.scenario import Scenario, scenario
from tests.definition.scenarios import random_scenario

READ = ("recommended", "eligible", "compared_same_scope", "place_of", "path_at_place")


def evaluated() -> dict[str, np.ndarray]:
    drawn = random.Random(14)
    given: list[Scenario] = [scenario(random_scenario(drawn) | {"paths": {}}) for _ in range(40)]
    return model_for().evaluate(given, READ)


def test_every_path_has_one_place_and_every_place_one_path():
    values = evaluated()
    places = 1 + np.arange(values["place_of"].shape[1])
    assert (np.sort(values["place_of"], axis=1) == places).all()
    at = values["path_at_place"].astype(int) - 1
    assert (np.take_along_axis(values["place_of"], at, axis=1) == places).all()


def test_the_recommended_path_comes_first_then_the_eligible_then_the_excluded_ones_the_cheaper_first():
    values = evaluated()
    for row in range(40):
        recommended, eligible, cost, _, at_place = (values[key][row] for key in READ)

        def order(path, recommended=recommended, eligible=eligible, cost=cost):
            return path + 1 != recommended, not eligible[path], cost[path], path

        assert [int(path) - 1 for path in at_place] == sorted(range(len(cost)), key=order)


def test_the_index_is_empty_where_the_recommended_path_costs_nothing_to_the_cent():
    given = {
        "project": {"name": "A", "start": "2026-12-01", "currency": "XOF", "usd_rate": 2e-7, "horizon_months": 3},
        "work": {"core_hours": 1},
        "answers": {"bounded": "yes", "isolated": "yes"},
    }
    found = model_for().evaluate([scenario(given)], ["has_recommended", "same_scope_index"])
    assert found["has_recommended"].all()
    assert np.isnan(found["same_scope_index"]).all()
