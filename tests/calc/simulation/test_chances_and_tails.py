"""The chances of paths, what figures have in common, and ranges with tails."""

import numpy as np
import pytest
from scipy import stats

from calc import native
from calc.model import model_for, user_paths
from calc.normal import normal_chance, normal_quantile
from calc.scenario import scenario
from calc.simulation import (
    draws,
    simulate,
    simulate_many,
    statistics,
    trials_at,
)
from calc.simulation.common_factor import common_weight, mixed, own_weight
from calc.simulation.run import _next_draws
from calc.simulation.sampling import Streams
from calc.simulation.shape import Shape
from calc.simulation.tail import ratio_above, ratio_below
from calc.simulation.trials import LikelyCase
from tests.calc.simulation.simulated import certain, every_example, example, lognormal, plain


def test_chances_of_being_cheapest_add_up_to_one():
    for given in every_example():
        run = simulate(model_for(), given, 1000)
        assert run.chance_cheapest.value.sum() == pytest.approx(1)
        assert run.chance_cheapest_eligible.value.sum() == pytest.approx(1)


def test_the_cheapest_is_that_of_the_same_scope_over_all_paths_and_among_the_eligible_beside_it():
    model, given = model_for(), example("bounded_bug")
    uniforms = np.random.default_rng(4).random((500, len(draws.columns())))
    same_scope = sum(trials_at(model, given, uniforms, key) for key in ("total", "beyond"))
    eligible = model.evaluate([given], ["eligible"])["eligible"][0] == 1
    run = simulate(model, given, 20_000)
    for found, among in ((run.chance_cheapest, np.ones(13, bool)), (run.chance_cheapest_eligible, eligible)):
        cheapest = np.flatnonzero(among)[same_scope[:, among].argmin(axis=1)]
        share = np.bincount(cheapest, minlength=13) / 500
        np.testing.assert_allclose(found.value, share, atol=4 * np.sqrt(0.25 / 500))
    assert (run.chance_cheapest_eligible.value[~eligible] == 0).all()


def test_where_none_is_eligible_none_of_them_is_the_cheapest():
    run = statistics.summarised(*(np.ones((3, 13, 5)) * np.arange(13)[:, np.newaxis]), None, np.zeros(13, bool), 1, 0)
    assert run.chance_cheapest.value.tolist() == [1] + [0] * 12
    assert run.chance_cheapest_eligible.value.tolist() == [0] * 13


def test_the_earlier_of_two_paths_that_cost_the_same_is_the_cheapest():
    totals = np.array([[3.0, 2.0], [1.0, 2.0], [1.0, 5.0]])
    assert statistics.times_cheapest(totals, np.ones(3, bool)).tolist() == [1, 1, 0]
    assert statistics.times_cheapest(totals, np.array([False, True, True])).tolist() == [0, 2, 0]


def test_the_chance_of_exceeding_the_budget_is_the_share_of_trials_above_it():
    model = model_for()
    given = scenario(plain(money={"budget": 60_000}))
    run = simulate(model, given, 2000)
    looser = simulate(model, scenario(plain(money={"budget": 90_000})), 2000)
    assert (looser.chance_over_budget.value <= run.chance_over_budget.value).all()
    path = model.structure.path_ids.index("freelancer")
    assert 0 < run.chance_over_budget.value[path] < 1
    assert run.chance_over_budget.error[path] == pytest.approx(
        np.sqrt(run.chance_over_budget.value[path] * (1 - run.chance_over_budget.value[path]) / 2000)
    )


def test_there_is_no_chance_of_exceeding_a_budget_that_is_not_given():
    with_budget, without = simulate_many(model_for(), [scenario(plain(money={"budget": 1})), scenario(plain())], 50)
    assert (with_budget.chance_over_budget.value == 1).all()
    assert np.isnan(without.chance_over_budget.value).all()
    assert np.isnan(without.chance_over_budget.error).all()


def test_a_users_own_path_is_simulated_too():
    phases = [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "freelancer"}]
    given = scenario(plain(paths={"mine": {"label": "Mine", "phases": phases}}))
    run = simulate(model_for(user_paths(given)), given, 500)
    assert run.p50.value[-1] == run.p50.value[0]


def test_normal_chances_and_quantiles_agree_with_scipy():
    z = np.linspace(-30, 8, 5001)
    np.testing.assert_allclose(normal_chance(z), stats.norm.cdf(z), rtol=2e-13)
    chances = np.concatenate([np.logspace(-200, -1, 500), np.linspace(0.101, 0.999, 500)])
    np.testing.assert_allclose(normal_quantile(chances), stats.norm.ppf(chances), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("rho", [0.0, 0.2, 0.9])
@pytest.mark.parametrize("n", [2, 30])
def test_the_spread_of_a_sum_of_normal_costs_is_that_of_the_closed_form(rho, n):
    own = np.random.default_rng(8).standard_normal((n + 1, 200_000))
    total = 7 * mixed(common_weight(rho) * own[0], own[1:], 1, own_weight(rho)).sum(axis=0)
    assert total.std() == pytest.approx(7 * np.sqrt(n + n * (n - 1) * rho), rel=0.01)


def test_two_uncertain_prices_spread_as_numpy_and_scipy_draw_them():
    ends = {"rate": (60, 100, 150), "rework": (0.05, 0.3, 0.9)}
    overrides = certain() | {"decision": {"correlation": 0.6}}
    overrides["freelancer"] |= {name: list(of) for name, of in ends.items()}
    rng = np.random.default_rng(3)
    common, *own = rng.standard_normal((3, 200_000))
    values = {
        name: stats.beta.ppf(
            stats.norm.cdf(0.6**0.5 * common + 0.4**0.5 * each), 1 + 4 * (likely - low) / (high - low),
            1 + 4 * (high - likely) / (high - low), loc=low, scale=high - low,
        )
        for (name, (low, likely, high)), each in zip(ends.items(), own, strict=True)
    }  # fmt: skip
    drawn = np.corrcoef(values["rate"], values["rework"])[0, 1]
    start = LikelyCase(model_for(), [scenario(plain(overrides=overrides))])
    unit = _next_draws(Streams(2), 200_000)
    figures = draws.figures()
    ours = start.ranges.drawn(range(1), 200_000, unit)[:, 0][[figures.index(f"freelancer.{name}") for name in ends]]
    for one, name in zip(ours, ends, strict=True):
        np.testing.assert_allclose(
            np.quantile(one, [0.1, 0.5, 0.9]), np.quantile(values[name], [0.1, 0.5, 0.9]), rtol=0.02
        )
    assert np.corrcoef(ours)[0, 1] == pytest.approx(drawn, abs=0.01)
    assert ours.prod(axis=0).std() == pytest.approx((values["rate"] * values["rework"]).std(), rel=0.01)


@pytest.mark.parametrize(("ends", "shift"), [((300, 400, 900), 0), ((-0.4, 0.1, 2.5), 1), ((0.2, 0.2, 0.5), 1)])
def test_a_range_with_a_tail_has_its_ends_at_p10_and_p90_and_is_lognormal_beyond(ends, shift):
    low, likely, high = ends
    shape = Shape(float(ratio_below(*ends, shift)), float(ratio_above(*ends, shift)), True)
    chances = np.array([0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999])
    expected = [lognormal(low + shift, likely + shift, high + shift, chance) - shift if chance >= 0.5 or likely > low
                else likely for chance in chances]  # fmt: skip
    np.testing.assert_allclose(
        low + (high - low) * shape.at(normal_quantile(chances)), expected, rtol=1e-10, atol=1e-10
    )


def test_rework_from_own_history_has_a_tail_and_any_other_has_none():
    rows = draws.figures()
    at = rows.index("freelancer.rework")
    for basis, has in (
        ("own history, n = 41", True),
        ("company default (own history, n = 9)", True),
        ("a guess", False),
    ):
        given = scenario(
            plain(overrides={"freelancer": {"rework": [-0.2, 0.1, 0.9]}}, basis={"freelancer": {"rework": basis}})
        )
        ranges = LikelyCase(model_for(), [given]).ranges
        assert bool(ranges.has_tail[0, at]) is has
        assert ranges.has_tail[0, rows.index("core_hours")]


def test_the_correlation_may_stand_in_a_section_of_its_own():
    given = scenario(plain(simulation={"correlation": 0.4}))
    assert given == scenario(plain(overrides={"decision": {"correlation": 0.4}}))


def test_the_percentile_of_a_cell_is_numpys_to_the_last_digit():
    rng = np.random.default_rng(7)
    for length in (1, 2, 3, 7, 256):
        values = rng.normal(size=(4, length)) * [[1e-6], [1.0], [1e9], [1.0]]
        values[3, length // 2] = np.nan
        shares = np.array([0.0, 0.1, 0.25, 0.5, 0.8, 1.0, rng.random()])
        for share in shares:
            found = native.percentile(values, np.array([[share]]))
            np.testing.assert_array_equal(found, np.quantile(values, share, axis=-1, keepdims=True))
        of_all = native.percentile(values[:, np.newaxis], shares[:, np.newaxis])[..., 0]
        np.testing.assert_array_equal(of_all, np.quantile(values, shares, axis=-1).T)
