"""The simulation against scipy's beta distribution, exact quantiles, and the definition as a second program."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from scipy import special, stats

from calc import catalogue, native
from calc.catalogue.ties import ties
from calc.facts import facts
from calc.model import model_for, user_paths
from calc.normal import normal_chance, normal_quantile
from calc.scenario import scenario
from calc.simulation import (
    draws,
    pert_alpha,
    pert_beta,
    pert_quantile,
    shipped_trials,
    simulate,
    simulate_many,
    statistics,
    trials_at,
)
from calc.simulation.common_factor import common_weight, mixed, own_weight
from calc.simulation.incomplete_beta import quantile
from calc.simulation.run import _next_draws
from calc.simulation.sampling import Streams, opposite, sampled
from calc.simulation.shape import Shape
from calc.simulation.tail import ratio_above, ratio_below
from calc.simulation.trials import LikelyCase
from tests.definition import given as given_values
from tests.definition import model as definition

EXAMPLES = Path(__file__).parents[2] / "build" / "examples"
FACTS = facts()
FIGURES = (
    "p10", "p50", "p80", "p90", "mean", "paid_p50", "paid_p80", "chance_cheapest", "chance_cheapest_eligible",
    "chance_over_budget",
)  # fmt: skip
RHO = catalogue.settings()["correlation"].value
INDEPENDENT = {"decision": {"correlation": 0}}
LEVELS = {"p10": 0.1, "p50": 0.5, "p80": 0.8, "p90": 0.9}

# Computed once; a change here is a change of every simulation that was ever run.
GOLDEN_BITS = [12894911395248688958, 3215922745726220339, 11900336460650645987]
GOLDEN_DRAWS = [0.2758832362239679, 0.636201454604291, 0.4473268210261354]
# With the catalogue's ranges; the latter from version 1.0, which drew every figure by itself.
GOLDEN_P50 = [114321.0246503696, 156192.36602059082, 64907.78894484708]
GOLDEN_INDEPENDENT_P50 = [114298.06798590477, 156582.0202159009, 64834.68427985716]


def plain(**sections):
    return {"project": {"name": "Case", "start": "2026-12-01"}} | sections


def example(name):
    return scenario(tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")))


def every_example():
    return [example(path.stem) for path in sorted(EXAMPLES.glob("*.toml"))]


def certain():
    """Overrides that leave no range: every parameter has its likely value."""
    found = {}
    for model, name, parameter in catalogue.parameter_rows():
        found.setdefault(model, {})[name] = parameter.range.likely
    return found


def only_the_rate_is_uncertain():
    overrides = certain() | INDEPENDENT
    overrides["freelancer"]["rate"] = [60, 100, 150]
    return scenario(plain(overrides=overrides))


# ------------------------------------------------------------------------------------------------- distribution


@pytest.mark.parametrize("shape", [0.1, 1, 4, 20, 100])
def test_beta_quantiles_agree_with_scipy_to_1e_13(shape):
    chances = np.concatenate([np.logspace(-9, -1, 80), np.linspace(0.1, 0.999, 200)])
    for mode in (0, 0.07, 1 / 3, 0.5, 0.81, 1):
        alpha, beta = 1 + shape * mode, 1 + shape * (1 - mode)
        np.testing.assert_allclose(quantile(chances, alpha, beta), special.betaincinv(alpha, beta, chances), rtol=1e-13)


@pytest.mark.parametrize(("low", "likely", "high"), [(60, 100, 150), (0, 0, 1), (8.67, 10.83, 13), (5, 20, 20)])
def test_pert_quantiles_agree_with_scipy(low, likely, high):
    chances = np.linspace(0.001, 0.999, 333)
    alpha, beta = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
    assert (pert_alpha(low, likely, high, 4), pert_beta(low, likely, high, 4)) == pytest.approx(
        (alpha, beta), rel=1e-15
    )
    expected = stats.beta.ppf(chances, alpha, beta, loc=low, scale=high - low)
    np.testing.assert_allclose(pert_quantile(chances, low, likely, high, 4), expected, rtol=1e-13)


def test_the_mean_of_a_pert_distribution_weighs_the_likely_value_four_times():
    middles = (np.arange(20_000) + 0.5) / 20_000
    assert pert_quantile(middles, 60, 100, 150, 4).mean() == pytest.approx((60 + 4 * 100 + 150) / 6, rel=1e-6)


@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_range_without_width_gives_its_value():
    assert pert_quantile(np.array([0.1, 0.9]), 35, 35, 35, 4).tolist() == [35, 35]
    assert (float(pert_alpha(35.0, 35.0, np.float64(35), 4)), float(pert_beta(35.0, 35.0, np.float64(35), 4))) == (1, 1)


@pytest.mark.parametrize("shape", [1, 4, 100])
def test_sampled_draws_are_the_quantiles_of_their_chances_to_2e_9_of_the_range(shape):
    bits = np.random.PCG64(7).random_raw(20_000)
    chance = np.ldexp((bits >> np.uint64(11)).astype(float), -54)
    upper = (bits & np.uint64(1)).astype(bool)
    for mode in (0, 0.3, 1):
        alpha, beta = 1 + shape * mode, 1 + shape * (1 - mode)
        lower, higher = special.betaincinv(alpha, beta, chance), 1 - special.betaincinv(beta, alpha, chance)
        np.testing.assert_allclose(sampled(bits, alpha, beta), np.where(upper, higher, lower), rtol=0, atol=2e-9)


def test_sampled_draws_pass_for_the_beta_distribution():
    draw = sampled(Streams(3).next(0, 100_000), 2.2, 3.8)
    assert stats.kstest(draw, stats.beta(2.2, 3.8).cdf).pvalue > 0.01


def test_the_rarest_bits_stay_within_the_range():
    extremes = np.array([0, 1, 2, 3, 2**64 - 1, 2**64 - 2, 2**63], dtype=np.uint64)
    draw = sampled(extremes, 2.2, 3.8)
    assert ((draw >= 0) & (draw <= 1)).all()
    assert draw[0] == pytest.approx(special.betaincinv(2.2, 3.8, 2.0**-31), rel=1e-9)
    assert 1 - draw[1] == pytest.approx(special.betaincinv(3.8, 2.2, 2.0**-31), rel=1e-9)


# -------------------------------------------------------------------------------------------------------- draws


def test_every_column_of_the_shipped_draws_holds_each_rank_once():
    ranks = draws.ranks()
    assert ranks.shape == (250, len(ties()) + 5 + 1)
    assert (np.sort(ranks, axis=0) == np.arange(250)[:, np.newaxis]).all()
    assert len({column.tobytes() for column in ranks.T}) == ranks.shape[1]


def test_ranks_of_figures_that_meet_on_a_path_hardly_go_together():
    """The Sobol sequence that stood in cells before had pairs that went together to 0.75."""
    together = np.abs(np.corrcoef(draws.ranks().T) - np.eye(len(draws.columns())))
    models = [name.rpartition(".")[0] for name in draws.columns()]
    meet = np.array([[one == other or "" in (one, other) for one in models] for other in models])
    assert together[meet].max() < 0.15
    assert together.max() < 0.3
    assert np.sqrt((together**2).mean()) < 0.06


def test_the_opposite_ranks_are_as_far_from_the_other_end():
    trials = np.arange(1, draws.POINTS + 1)
    for own in draws.coefficients():
        ranks, opposite = (draws.rank(trials, *each, draws.POINTS) for each in (own, own.opposite()))
        np.testing.assert_array_equal(ranks + opposite, draws.POINTS - 1)
        assert own.square % 5 == 0
        assert own.factor % 5 != 0
        assert (own.square + own.factor) % 2 == 1


def test_figures_that_are_one_thing_share_a_column_and_no_others_do():
    figures, columns, places = draws.figures(), draws.columns(), draws.places()
    assert len(figures) == len(places) == len(catalogue.parameter_rows()) + 5
    led_by = {figure: (columns[place.column], place.against) for figure, place in zip(figures, places, strict=True)}
    tied = {figure: found for figure, found in led_by.items() if found != (figure, False)}
    assert tied.pop("fixed_price_shop.price_overhead") == ("fixed_price_shop.rate", True)
    assert tied.pop("production_firm.fee_covers_hours") == ("production_firm.fee", False)
    hourly = [model for model, of_model in catalogue.parameters().items() if {"rate", "run_rate"} <= of_model.keys()]
    assert tied == {f"{model}.run_rate": (f"{model}.rate", False) for model in hourly}


def test_tied_figures_are_as_far_from_their_ends_in_every_trial():
    start = LikelyCase(model_for(), [scenario(plain())])
    uniforms, ranges = np.random.default_rng(2).random((400, len(draws.columns()))), start.ranges

    def at_uniforms(place, shape, _):
        own = uniforms[:, place.column]
        return quantile(1 - own if place.against else own, *shape[:2])

    def shipped(place, shape, _):
        ranks = draws.rank(np.arange(1, draws.POINTS + 1), *draws.of_figure(place), draws.POINTS)
        return quantile((ranks + 1 / 2) / draws.POINTS, *shape[:2])

    tried = 0
    for unit, trials in ((_next_draws(Streams(5), 400), 400), (shipped, draws.POINTS), (at_uniforms, 400)):
        drawn = ranges.drawn(range(1), trials, unit)[:, 0]
        low, width = ranges.low[0][:, np.newaxis], ranges.width[0][:, np.newaxis]
        alpha, beta = ranges.first[0][:, np.newaxis], ranges.second[0][:, np.newaxis]
        with np.errstate(invalid="ignore", divide="ignore"):
            chances = stats.beta.cdf((drawn - low) / width, alpha, beta)
        for leader, group in ties().items():
            for tied in group[1:]:
                expected = 1 - chances[leader] if tied.against else chances[leader]
                if np.isfinite(chances[[leader, tied.row]]).all():
                    np.testing.assert_allclose(chances[tied.row], expected, atol=1e-7)
                    correlation = stats.spearmanr(drawn[leader], drawn[tied.row]).statistic
                    assert correlation == pytest.approx(-1 if tied.against else 1)
                    tried += 1
    assert tried == 3 * 7


def test_opposite_bits_have_the_chance_that_is_as_far_from_the_other_end():
    bits = np.random.PCG64(9).random_raw(5000)
    there, back = sampled(bits, 2.2, 3.8), sampled(opposite(bits), 3.8, 2.2)
    np.testing.assert_allclose(there, 1 - back, rtol=0, atol=1e-15)


def test_shipped_draws_come_nearer_to_a_large_run_than_as_many_random_trials():
    model = model_for()
    nearer = []
    for given in every_example():
        large, small = simulate(model, given, 60_000), simulate(model, given, 512)
        shipped = np.mean(shipped_trials(model, given), axis=0)
        nearer.append(np.abs(shipped - large.mean.value) < np.abs(small.mean.value - large.mean.value))
    assert np.mean(nearer) > 0.8


def test_shipped_trials_are_the_trials_at_the_shipped_uniforms_to_a_thousandth_of_each_range():
    model, given = model_for(), example("regulated_product")
    shipped, exact = shipped_trials(model, given), trials_at(model, given, draws.uniforms())
    np.testing.assert_allclose(shipped, exact, rtol=5e-3)
    np.testing.assert_allclose(shipped.mean(axis=0), exact.mean(axis=0), rtol=1e-4)
    np.testing.assert_array_equal(shipped_trials(model, given, 250), shipped[:250])


@pytest.mark.parametrize("place", [draws.Place(0, False, 1), draws.Place(7, True, -1)])
def test_a_shipped_draw_is_the_quantile_of_its_chance_to_a_thousandth(place):
    chances = draws.uniforms()[:, place.column]
    wanted = special.betaincinv(2.2, 3.8, 1 - chances if place.against else chances)
    np.testing.assert_allclose(draws.middle_draws(None, place, Shape(2.2, 3.8), 0.0), wanted.round(3), atol=1e-12)


@pytest.mark.parametrize("name", ["ai_built_app", "regulated_product"])
def test_a_trial_is_what_the_definition_calculates_from_scipys_quantiles(name):
    plain_example = tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))
    given = scenario(plain_example)
    uniforms = np.random.default_rng(11).random((8, len(draws.columns())))
    found = {key: trials_at(model_for(), given, uniforms, key) for key in ("total", "paid", "beyond", "invoiced")}
    for number, chances in enumerate(uniforms):
        drawn = {key: dict(value) for key, value in plain_example.items()} | {"overrides": {}}
        of_figure = [in_common(chances, place) for place in draws.places()]
        for (model, parameter, about), chance in zip(catalogue.parameter_rows(), of_figure, strict=False):
            ends = about.range.low, about.range.likely, about.range.high
            drawn["overrides"].setdefault(model, {})[parameter] = in_the_best_case(*ends, chance)
        for estimate, chance in zip(draws.figures()[-5:], of_figure[-5:], strict=True):
            section = next(s for s in ("work", "money") if hasattr(getattr(given, s), estimate))
            ends = given_values.as_range(getattr(getattr(given, section), estimate))
            drawn[section][estimate] = in_the_best_case(
                *ends, chance, lognormal if estimate == "core_hours" else by_scipy
            )
        paths = definition.costs(drawn, FACTS, "best").values()
        for key in ("total", "paid", "invoiced"):
            np.testing.assert_allclose(found[key][number], [path[key] for path in paths], rtol=1e-9)
        beyond = [sum(path["beyond"].values()) for path in paths]
        np.testing.assert_allclose(found["beyond"][number], beyond, rtol=1e-9, atol=1e-6)


def in_common(chances, place):
    """The chance of a figure with what all figures of the trial have in common."""
    z = place.side * RHO**0.5 * stats.norm.ppf(chances[-1]) + (1 - RHO) ** 0.5 * stats.norm.ppf(chances[place.column])
    return stats.norm.cdf(-z if place.against else z)


def by_scipy(low, likely, high, chance):
    if low == high:
        return likely
    alpha, beta = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
    return float(stats.beta.ppf(chance, alpha, beta, loc=low, scale=high - low))


def lognormal(low, likely, high, chance):
    """Through P10, the median and P90, each side of the median with a spread of its own."""
    if low == high:
        return likely
    sigma = np.log(likely / low if chance < 0.5 else high / likely) / stats.norm.ppf(0.9)
    return float(stats.lognorm.ppf(chance, sigma, scale=likely))


def in_the_best_case(low, likely, high, chance, quantile_of=by_scipy):
    """A range whose ends are the figure drawn, so that the best case takes it and knows the likely value as well."""
    drawn = quantile_of(low, likely, high, chance)
    return drawn, likely, drawn


@pytest.mark.parametrize(
    "uniforms", [np.full((3, 7), 0.5), *(np.full((3, len(draws.columns())), end) for end in (0, 1)), np.full(121, 0.5)]
)
def test_draws_that_are_no_chances_are_refused(uniforms):
    with pytest.raises(ValueError, match="uniforms"):
        trials_at(model_for(), scenario(plain()), uniforms)


# --------------------------------------------------------------------------------------------------- simulation


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


# ------------------------------------------------------------------------------------------------------ chances


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


# ------------------------------------------------------------------------------------------- together, and tails


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
