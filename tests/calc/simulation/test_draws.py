"""Single draws: against scipy's beta distribution, and those that are shipped for the cells."""

import tomllib

import numpy as np
import pytest
from scipy import special, stats

from calc import catalogue
from calc.catalogue.ties import ties
from calc.model import model_for
from calc.scenario import scenario
from calc.simulation import (
    draws,
    pert_alpha,
    pert_beta,
    pert_quantile,
    shipped_trials,
    simulate,
    trials_at,
)
from calc.simulation.incomplete_beta import quantile
from calc.simulation.run import _next_draws
from calc.simulation.sampling import Streams, opposite, sampled
from calc.simulation.shape import Shape
from calc.simulation.trials import LikelyCase
from tests.calc.simulation.simulated import (
    EXAMPLES,
    FACTS,
    by_scipy,
    every_example,
    example,
    in_common,
    in_the_best_case,
    lognormal,
    plain,
)
from tests.definition import given as given_values
from tests.definition import model as definition


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


@pytest.mark.parametrize(
    "uniforms", [np.full((3, 7), 0.5), *(np.full((3, len(draws.columns())), end) for end in (0, 1)), np.full(121, 0.5)]
)
def test_draws_that_are_no_chances_are_refused(uniforms):
    with pytest.raises(ValueError, match="uniforms"):
        trials_at(model_for(), scenario(plain()), uniforms)
