"""Whole runs: against exact quantiles, and the same by the same seed as ever."""

import numpy as np
import pytest
from scipy import special, stats

from calc.model import model_for
from calc.scenario import scenario
from calc.simulation import (
    draws,
    shipped_trials,
    simulate,
    simulate_many,
    statistics,
    trials_at,
)
from calc.simulation.sampling import Streams, sampled
from tests.calc.simulation.simulated import (
    FIGURES,
    INDEPENDENT,
    LEVELS,
    certain,
    every_example,
    example,
    only_the_rate_is_uncertain,
    plain,
)

# Computed once; a change here is a change of every simulation that was ever run.
GOLDEN_BITS = [12894911395248688958, 3215922745726220339, 11900336460650645987]
GOLDEN_DRAWS = [0.2758832362239679, 0.636201454604291, 0.4473268210261354]
# With the catalogue's ranges; the latter from version 1.0, which drew every figure by itself.
GOLDEN_P50 = [114321.0246503696, 156192.36602059082, 64907.78894484708]
GOLDEN_INDEPENDENT_P50 = [114298.06798590477, 156582.0202159009, 64834.68427985716]


def test_one_uncertain_rate_and_a_linear_cost_give_the_exact_quantiles():
    model, given = model_for(), only_the_rate_is_uncertain()
    path = model.structure.path_ids.index("freelancer")
    at = [
        model.evaluate(
            [scenario(plain(overrides={**certain(), "freelancer": {**certain()["freelancer"], "rate": r}}))],
            ["total", "paid"],
        )
        for r in (60, 150)
    ]
    shapes = 1 + 4 * 40 / 90, 1 + 4 * 50 / 90

    def exact(key, levels):
        low, high = (found[key][0, path] for found in at)
        return low + (high - low) * special.betaincinv(*shapes, np.array(levels))

    levels = list(LEVELS.values())
    chances = np.full((4, len(draws.columns())), 0.5)
    chances[:, draws.columns().index("freelancer.rate")] = levels
    np.testing.assert_allclose(trials_at(model, given, chances)[:, path], exact("total", levels), rtol=1e-12)
    shipped = np.quantile(shipped_trials(model, given)[:, path], levels)
    np.testing.assert_allclose(shipped, exact("total", levels), rtol=2e-3)
    run = simulate(model, given, 40_000)
    for name, value in zip(LEVELS, exact("total", levels), strict=True):
        assert abs(getattr(run, name).value[path] - value) < 4 * getattr(run, name).error[path]
    for name, value in zip(("paid_p50", "paid_p80"), exact("paid", [0.5, 0.8]), strict=True):
        assert abs(getattr(run, name).value[path] - value) < 4 * getattr(run, name).error[path]
    assert run.uncertain == 1


def test_one_uncertain_rate_gives_the_exact_chance_of_exceeding_a_budget():
    model = model_for()
    path = model.structure.path_ids.index("freelancer")

    def invoiced(rate):
        overrides = certain() | {"freelancer": certain()["freelancer"] | {"rate": rate}}
        return float(model.evaluate([scenario(plain(overrides=overrides))], ["invoiced"])["invoiced"][0, path])

    low, high = invoiced(60), invoiced(150)
    overrides = certain() | {"freelancer": certain()["freelancer"] | {"rate": [60, 100, 150]}}
    for share in (-0.01, 0, 0.25, 0.5, 0.8, 1, 1.01):
        budget = round(low + share * (high - low), 2)
        run = simulate(model, scenario(plain(overrides=overrides, money={"budget": budget})), 10_000)
        exact = 1 - stats.beta.cdf(share, 1 + 4 * 40 / 90, 1 + 4 * 50 / 90)
        error = np.sqrt(exact * (1 - exact) / 10_000)
        assert run.chance_over_budget.value[path] == pytest.approx(exact, abs=4 * error + 1e-12)


def test_what_is_invoiced_to_the_cent_within_the_budget_does_not_exceed_it():
    model, overrides = model_for(), certain()
    bills = model.evaluate([scenario(plain(overrides=overrides))], ["invoiced"])["invoiced"][0]
    for path, invoiced in enumerate(np.round(bills, 2).tolist()):
        at, below = (
            simulate(model, scenario(plain(overrides=overrides, money={"budget": budget})), 20).chance_over_budget
            for budget in (invoiced, invoiced - 0.01)
        )
        assert (at.value[path], below.value[path]) == (0, 1)


def test_a_scenario_without_any_range_costs_in_every_trial_what_it_costs():
    model, given = model_for(), scenario(plain(overrides=certain()))
    total = model.evaluate([given], ["total"])["total"][0]
    run = simulate(model, given, 200)
    for figure in (run.p10, run.p50, run.p80, run.p90, run.mean):
        np.testing.assert_allclose(figure.value, total, rtol=1e-13)
    np.testing.assert_allclose(run.p50.error, 0, atol=1e-9)
    assert run.uncertain == 0
    assert run.chance_cheapest.value.max() == 1


def test_a_seed_gives_the_same_draws_and_the_same_result_as_ever():
    bits = Streams(1).next(0, 3)
    assert bits.tolist() == GOLDEN_BITS
    np.testing.assert_allclose(sampled(bits, 2.2, 3.8), GOLDEN_DRAWS, rtol=1e-12)
    run = simulate(model_for(), scenario(plain()), 1000, seed=1)
    np.testing.assert_allclose(run.p50.value[:3], GOLDEN_P50, rtol=1e-11)


def test_without_correlation_the_trials_are_those_from_before_there_was_one():
    run = simulate(model_for(), scenario(plain(overrides=INDEPENDENT)), 1000, seed=1)
    np.testing.assert_allclose(run.p50.value[:3], GOLDEN_INDEPENDENT_P50, rtol=1e-11)


def test_another_seed_gives_another_result():
    given = scenario(plain())
    assert (
        simulate(model_for(), given, 500, seed=1).p50.value != simulate(model_for(), given, 500, seed=2).p50.value
    ).all()


@pytest.mark.parametrize("trials", [1, 300, 5000])
def test_scenarios_in_a_batch_give_what_each_gives_alone(trials):
    model, given = model_for(), every_example()
    for together, one in zip(simulate_many(model, given, trials), given, strict=True):
        alone = simulate(model, one, trials)
        for name in FIGURES:
            np.testing.assert_array_equal(getattr(together, name).value, getattr(alone, name).value)
            np.testing.assert_array_equal(getattr(together, name).error, getattr(alone, name).error)


def test_one_more_uncertain_figure_leaves_the_draws_of_the_others():
    """The rate of the shop touches no path of the freelancer, so those cost the same in every trial."""
    plain_rate, spread = scenario(plain(overrides={"fixed_price_shop": {"rate": 45}})), scenario(plain())
    first, second = simulate_many(model_for(), [plain_rate, spread], 1000)
    shop = model_for().structure.path_ids.index("fixed_price_shop")
    same = first.mean.value == second.mean.value
    assert not same[shop]
    assert same.sum() == len(same) - 1


def test_another_currency_changes_amounts_but_no_chance():
    money = {"leader_rate": 130.0}
    dollars = scenario(plain(money=money))
    euros = scenario(
        {
            "project": {"name": "Case", "start": "2026-12-01", "currency": "EUR", "usd_rate": 0.92},
            "money": {"leader_rate": 130 * 0.92},
        }
    )
    first, second = simulate(model_for(), dollars, 2000), simulate(model_for(), euros, 2000)
    np.testing.assert_allclose(second.p90.value, first.p90.value * 0.92, rtol=1e-9)
    np.testing.assert_array_equal(first.chance_cheapest.value, second.chance_cheapest.value)


def test_standard_errors_say_how_far_runs_differ():
    model, given = model_for(), example("ai_built_app")
    runs = [simulate(model, given, 1000, seed=seed) for seed in range(40)]
    for name in ("p10", "p50", "p80", "p90", "mean", "paid_p50", "paid_p80"):
        spread = np.std([getattr(run, name).value for run in runs], axis=0, ddof=1)
        stated = np.mean([getattr(run, name).error for run in runs], axis=0)
        assert 0.8 < np.mean(spread / stated) < 1.25, name


def test_the_standard_error_of_a_chance_says_how_far_runs_differ():
    model, given = model_for(), scenario(plain(work={"location": "us"}))
    runs = [simulate(model, given, 1000, seed=seed).chance_cheapest for seed in range(40)]
    chances = np.array([run.value for run in runs])
    close = (chances.mean(axis=0) > 0.1) & (chances.mean(axis=0) < 0.9)
    stated = np.mean([run.error for run in runs], axis=0)
    assert close.any()
    assert 0.7 < np.mean(chances.std(axis=0, ddof=1)[close] / stated[close]) < 1.35


def test_more_trials_have_smaller_errors_by_the_square_root():
    few, many = (simulate(model_for(), scenario(plain()), trials) for trials in (1000, 16_000))
    assert np.mean(few.p50.error / many.p50.error) == pytest.approx(4, rel=0.15)


def test_quantiles_are_those_of_a_spreadsheets_percentile_inc():
    model, given = model_for(), scenario(plain())
    totals = shipped_trials(model, given)
    ordered = np.sort(totals.T, axis=1)
    for level in LEVELS.values():
        np.testing.assert_allclose(
            statistics.quantile(ordered, level).value, np.percentile(totals, 100 * level, axis=0), rtol=1e-14
        )
