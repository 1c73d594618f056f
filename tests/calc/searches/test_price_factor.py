"""The factor on the prices of a path in the band: with it the path is recommended, with a little more it is not."""

import numpy as np
import pytest

from calc.searches.price_factor import PRICES, Prices
from tests.calc.searches.conftest import EMPTY, searched
from tests.calc.searches.second_program import Judge
from tests.definition.decision import decide
from tests.definition.price_factor import price_factor
from tests.definition.table import FACTS


def in_band(searches):
    return {path: factor for path, factor in searches.price_factors.items() if factor is not None}


@pytest.fixture(scope="module")
def with_factor(cases):
    more = [EMPTY | {"answers": {question: "yes"}} for question in ("scope_evolves", "one_off", "iterate", "long")]
    every = [searches for searches, _ in [*cases, *map(searched, more)] if in_band(searches)]
    assert every
    return every


def test_at_the_factor_it_is_recommended_and_a_little_above_it_is_not(with_factor):
    for searches in with_factor:
        prices = Prices(searches.model, searches.scenario)
        for path, factor in in_band(searches).items():
            position = np.array([searches.paths.index(path) + 1])
            assert 0 < factor <= 1
            assert prices.decided(position, np.array([factor]))["recommended"][0] == position
            assert prices.decided(position, np.array([factor * 1.00001]))["recommended"][0] == searches.now


def test_the_prices_are_the_rates_the_fee_and_the_salary_of_phases_and_feature_work():
    searches, _ = searched(EMPTY)
    read = {key.partition("@")[0] for key in Prices(searches.model, searches.scenario).read}
    assert read == set(PRICES)


def test_only_paths_in_the_band_have_a_factor(cases):
    for searches, judge in cases:
        decided = decide(judge.plain, FACTS, judge.costs({}))
        for path in searches.price_factors:
            assert decided["paths"][path]["eligible"]
            assert path != decided["recommendation"]["path"]


def test_the_factor_is_the_one_at_which_the_same_scope_costs_as_much_as_the_recommended_paths(cases):
    for searches, judge in cases:
        for path, factor in in_band(searches).items():
            wanted = price_factor(judge.plain, FACTS, path, judge.path({}))
            # A path further down has to be a cent cheaper than a tie.
            assert factor == pytest.approx(wanted, rel=1e-5)


def with_prices(plain, models, factor):
    """The scenario with the prices of some models multiplied, as overrides."""
    overrides = {
        model: {
            name: factor * figure["likely"] for name, figure in FACTS["parameters"][model].items() if name in PRICES
        }
        for model in models
    }
    return plain | {"overrides": overrides}


@pytest.mark.parametrize("question", ["bounded", "iterate", "scope_evolves", "ai_core"])
def test_the_second_program_recommends_it_at_those_prices(question):
    """For paths of one model that no other path of the band engages, a factor is an override of its prices."""
    searches, judge = searched(EMPTY | {"answers": {question: "yes"}})
    models = {path.id: path.models for path in searches.model.structure.paths}
    now = searches.paths[searches.now - 1]
    band = {now, *searches.price_factors}
    alone = [path for path in in_band(searches) if not any(models[path] & models[other] for other in band - {path})]
    for path in alone:
        factor = searches.price_factors[path]
        for times, wanted in ((factor - 1e-6, path), (factor + 1e-6, now)):
            assert Judge(with_prices(judge.plain, models[path], times)).path({}) == wanted
    assert alone or question != "bounded"


def test_a_path_whose_work_costs_nothing_has_no_factor():
    free = {"freelancer_team": {"rate": 0, "run_rate": 0, "coordination_hours": 80}}
    searches, _ = searched(EMPTY | {"answers": {"bounded": "yes"}, "overrides": free})
    assert searches.price_factors["freelancer_team"] is None
