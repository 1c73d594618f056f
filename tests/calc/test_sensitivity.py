"""Tornado and flips against the definition as a second program, figure by figure."""

import copy
import random
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import catalogue
from calc.facts import facts
from calc.model import model_for, user_paths
from calc.scenario import scenario
from calc.sensitivity import Flips, factors, tornado
from calc.sensitivity.narrowing import narrowed
from calc.sensitivity.swings import swings
from calc.sentences import board, told
from calc.text.figure import figure, just_beside
from tests.definition import decision
from tests.definition import model as definition
from tests.definition.scenarios import random_scenario

WHOLE = ("horizon_months", "specialists", "hires")
EXAMPLES, STORIES = (Path(__file__).parents[2] / "build" / folder for folder in ("examples", "stories"))


def plain_example(name):
    return tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


def with_value(plain, dotted, value):
    """The plain scenario with one figure replaced, as a user would type it."""
    changed = copy.deepcopy(plain)
    *tables, name = dotted.split(".")
    at = changed
    for table in tables:
        at = at.setdefault(table, {})
    at[name] = int(value) if name in WHOLE else value
    return changed


def at_its_end(plain, bar, end):
    """The plain scenario with a bar's figure at its end, and with it those that are one thing with it."""
    changed, opposite = with_value(plain, bar.id, getattr(bar, end)), {"low": "high", "high": "low"}
    for dotted in bar.tied:
        _, model, name = dotted.split(".")
        about = catalogue.parameters()[model][name]
        changed = with_value(changed, dotted, getattr(about.range, opposite[end] if about.moves_against else end))
    return changed


def moved(plain, factor, value):
    """The plain scenario with a figure at a value, and with it those that are one thing with it."""
    _, *others = factor.at(float(value))
    changed = with_value(plain, factor.id, float(value))
    for tied, change in zip(factor.tied, others, strict=True):
        changed = with_value(changed, tied.id, change.value)
    return changed


def model_of(plain):
    given = scenario(plain)
    return model_for(user_paths(given)), given


def decided(plain, known):
    """The path that the second program recommends."""
    return decision.decide(plain, known, definition.costs(plain, known))["recommendation"]["path"]


def by_us(plain):
    """The path that a plain evaluation recommends; for the settings, which the second program does not read."""
    model, given = model_of(plain)
    position = int(model.evaluate([given], ["recommended"])["recommended"][0])
    return model.structure.path_ids[position - 1] if position else None


def judge(dotted, known):
    return by_us if dotted.startswith("overrides.decision.") else lambda plain: decided(plain, known)


@pytest.fixture(scope="module")
def flipping():
    """Random scenarios with their flips, as plain data beside."""
    rng, outcome = random.Random(20261201), []
    for number in range(32):
        plain = random_scenario(rng, wild=number % 8 == 1)
        if number % 2:  # all in one place, where prices are close
            plain = with_value(plain, "work.location", "us")
        outcome.append((plain, Flips(*model_of(plain))))
    return outcome


# ------------------------------------------------------------------------------------------------------- tornado


@pytest.mark.parametrize("name", ["ai_built_app", "regulated_product"])
def test_every_bar_is_the_gap_that_the_second_program_finds_at_its_ends(name):
    plain, known = plain_example(name), facts()
    outcome = tornado(*model_of(plain))
    for bar in outcome.bars:
        if not bar.id.startswith(("overrides.decision.", "weights.")):
            for end, gap in (("low", bar.at_low), ("high", bar.at_high)):
                costs = definition.costs(at_its_end(plain, bar, end), known)
                expected = costs[outcome.runner_up]["same_scope"] - costs[outcome.recommended]["same_scope"]
                assert gap == pytest.approx(expected, abs=1e-6), (bar.id, end)


def test_the_bars_of_the_settings_are_what_a_changed_setting_gives():
    plain = plain_example("ai_built_app")
    outcome = tornado(*model_of(plain))
    [bar] = [bar for bar in outcome.bars if bar.id == "overrides.decision.rework_after_documentation"]
    model, given = model_of(with_value(plain, bar.id, bar.high))
    found = model.evaluate([given], ["same_scope"])["same_scope"][0]
    cost = dict(zip(model.structure.path_ids, found, strict=True))
    assert bar.at_high == pytest.approx(cost[outcome.runner_up] - cost[outcome.recommended], abs=1e-6)
    assert bar.swing > 0


def test_the_largest_bar_comes_first():
    swing = [bar.swing for bar in tornado(*model_of(plain_example("ai_feature"))).bars]
    assert swing == sorted(swing, reverse=True)
    assert swing[0] > 0


def test_every_input_and_every_parameter_with_a_range_has_a_bar():
    plain = plain_example("ai_feature")
    bars = tornado(*model_of(plain)).bars
    ids = {bar.id for bar in bars}
    moved = [dotted for bar in bars for dotted in (bar.id, *bar.tied)]
    assert len(moved) == len(set(moved))
    for model, name, parameter in catalogue.parameter_rows():
        has_range = parameter.range.low < parameter.range.high
        assert (f"overrides.{model}.{name}" in moved) == has_range
        assert (f"overrides.{model}.{name}" in ids) == (
            has_range and not parameter.tied_to
        ) or model == "production_firm"
    assert {
        "project.horizon_months",
        "project.discount_rate",
        "work.core_hours",
        "work.specialists",
        "work.hires",
    } <= ids
    assert {"work.feature_hours_per_month", "money.leader_rate"} <= ids


def test_without_a_runner_up_there_is_nothing_to_compare():
    outcome = tornado(*model_of(plain_example("bounded_bug")))
    assert (outcome.recommended, outcome.runner_up, outcome.gap, outcome.bars) == ("freelancer", None, None, ())


def test_where_nothing_is_recommended_there_is_nothing_to_compare():
    plain = {"project": {"name": "Nothing is said", "start": "2026-12-01"}}
    assert tornado(*model_of(plain)).recommended is None


# ------------------------------------------------------------------------------------------------ figures and swings


def test_a_figure_moves_over_its_own_range_and_otherwise_by_its_swing():
    outcome = {factor.id: factor for factor in factors(*model_of(plain_example("ai_feature")))}
    core, rate, hours = (
        outcome[key] for key in ("work.core_hours", "overrides.freelancer.rate", "work.feature_hours_per_month")
    )
    assert (core.low, core.high, core.own_range) == (400, 550, True)
    assert (rate.low, rate.current, rate.high, rate.own_range) == (60, 100, 150, True)
    assert (hours.low, hours.high, hours.own_range) == (32, 48, False)
    assert (outcome["work.specialists"].low, outcome["work.specialists"].high) == (1, 5)


def test_an_overridden_parameter_moves_over_the_range_of_the_override():
    plain = with_value(plain_example("ai_feature"), "overrides.freelancer", {"rate": [70, 95, 140], "rework": 0.2})
    outcome = {factor.id: factor for factor in factors(*model_of(plain))}
    assert (outcome["overrides.freelancer.rate"].low, outcome["overrides.freelancer.rate"].high) == (70, 140)
    assert "overrides.freelancer.rework" not in outcome


def test_figures_that_are_one_thing_are_one_bar_and_come_as_far():
    outcome = {factor.id: factor for factor in factors(*model_of(plain_example("ai_feature")))}
    shop, fee = outcome["overrides.fixed_price_shop.rate"], outcome["overrides.production_firm.fee"]
    assert [tied.id.rpartition(".")[2] for tied in shop.tied] == ["run_rate", "price_overhead"]
    assert [change.value for change in shop.at(35)] == [35, 35, 0.68]
    assert [change.value for change in shop.at(55)] == [55, 55, 0.53]
    assert [change.value for change in shop.at(50)] == pytest.approx([50, 50, 0.56])
    assert [change.value for change in shop.at(45)] == pytest.approx([45, 45, 0.59])
    assert [change.value for change in fee.at(17_500)] == [17_500, 141.5]
    assert not {"overrides.fixed_price_shop.run_rate", "overrides.fixed_price_shop.price_overhead"} & outcome.keys()
    assert (
        shop.label
        == "Fixed-price shop: Hourly rate, hourly rate after the core and hours that the price contains on top"
    )


def test_of_tied_figures_those_that_still_have_a_range_move():
    plain = with_value(
        plain_example("ai_feature"), "overrides.fixed_price_shop", {"rate": 45, "run_rate": [30, 45, 45]}
    )
    outcome = {factor.id: factor for factor in factors(*model_of(plain))}
    run = outcome["overrides.fixed_price_shop.run_rate"]
    assert (run.low, run.current, run.high) == (30, 45, 45)
    assert [change.value for change in run.at(30)] == [30, 0.68]
    assert [change.value for change in run.at(45)] == [45, 0.53]
    assert "overrides.fixed_price_shop.rate" not in outcome
    plain = with_value(plain, "overrides.fixed_price_shop.run_rate", 45)
    [overhead] = [factor for factor in factors(*model_of(plain)) if "price_overhead" in factor.id]
    assert (overhead.low, overhead.high, overhead.tied) == (0.53, 0.68, ())


def test_the_place_of_work_moves_over_its_published_range_in_one_bar():
    plain = with_value(plain_example("ai_feature"), "work.location", "eastern_europe")
    [bar] = [bar for bar in tornado(*model_of(plain)).bars if bar.id == "overrides.decision.location_factor"]
    assert (bar.low, bar.current, bar.high, bar.own_range, bar.tied) == (0.38, 0.49, 0.6, True, ())
    plain = with_value(plain, "overrides.decision.location_factor", 0.4)
    [factor] = [factor for factor in factors(*model_of(plain)) if factor.id == "overrides.decision.location_factor"]
    assert (factor.low, factor.high, factor.own_range) == (pytest.approx(0.2), pytest.approx(0.6), False)


def test_the_dollar_does_not_move_against_itself():
    plain = plain_example("ai_feature")
    assert "project.usd_rate" not in {factor.id for factor in factors(*model_of(plain))}
    euros = with_value(with_value(plain, "project.currency", "EUR"), "project.usd_rate", 0.92)
    assert "project.usd_rate" in {factor.id for factor in factors(*model_of(euros))}


def test_every_swing_stays_within_what_a_scenario_may_hold():
    rng = random.Random(5)
    for number in range(6):
        plain = random_scenario(rng, wild=number % 2 == 1)
        for factor in factors(*model_of(plain)):
            for value in (factor.low, factor.high):
                scenario(moved(plain, factor, value))


def test_every_swing_says_why():
    assert all(swing.note for swing in swings().values())


# --------------------------------------------------------------------------------------------------------- flips


def test_at_a_flip_another_path_is_recommended_and_just_before_it_still_the_same(flipping):
    known, tried = facts(), 0
    for plain, flips in flipping:
        now = by_us(plain)
        for flip in flips.values():
            factor, recommends = flip.factor, judge(flip.factor.id, known)
            assert by_us(moved(plain, factor, flip.value)) == flip.path != now
            # Far enough that costs which are compared to the cent are more than a cent apart.
            step = 1 if factor.whole else (factor.high - factor.low) * 1e-5
            if factor.id == "money.budget":  # the two programs round to the cent before and after comparing
                step = 0.02
            outwards = np.sign(flip.value - factor.current) * step
            beyond = np.clip(flip.value + (0 if factor.whole else outwards), factor.low, factor.high)
            assert recommends(moved(plain, factor, beyond)) == flip.path
            before = flip.value - np.clip(outwards, *sorted((0, flip.value - factor.current)))
            assert recommends(moved(plain, factor, before)) == now
            tried += 1
    assert tried > 20


def test_a_figure_without_a_flip_does_not_flip_at_the_ends_of_its_range(flipping):
    for plain, flips in flipping[:3]:
        flipped = {flip.factor.id for flip in flips.values()}
        model, given = model_of(plain)
        steady = [factor for factor in factors(model, given) if factor.id not in flipped]
        ends = [scenario(moved(plain, f, value)) for f in steady for value in (f.low, f.high)]
        recommended = model.evaluate([given, *ends], ["recommended"])["recommended"]
        assert (recommended == recommended[0]).all()


def test_the_smallest_move_comes_first_and_each_figure_once(flipping):
    for _, flips in flipping:
        outcome = flips.values()
        assert [flip.moved for flip in outcome] == sorted(flip.moved for flip in outcome)
        assert len({flip.factor.id for flip in outcome}) == len(outcome)


def test_narrowing_finds_the_turn_in_either_direction():
    near, far, turns = np.array([0.0, 10.0]), np.array([4.0, -10.0]), np.array([np.pi, -np.e])
    sign = np.array([1, -1])
    outcome = narrowed(near, far, lambda values: values * sign >= turns * sign)
    np.testing.assert_allclose(outcome, turns, rtol=1e-11)
    assert (outcome * sign >= turns * sign).all()


@given(number=st.floats(-1e6, 1e6), other=st.floats(-1e6, 1e6), near=st.floats(-1e-4, 1e-4))
def test_two_values_read_apart_or_the_side_of_one_is_said(number, other, near):
    for value in (other, number + near):
        side = just_beside(value, number)
        assert (figure(value) != figure(number) or value == number) == (side == "")
        assert side in ("", "just above" if value > number else "just below")


def test_a_figure_that_flips_the_recommendation_beside_its_value_of_today_is_told_by_its_side():
    story = tomllib.loads((STORIES / "14_dedicated.toml").read_text(encoding="utf-8"))
    flips = Flips(model_for(), scenario(story)).values()
    nearest = flips[0]
    side = just_beside(nearest.value, nearest.factor.current)
    assert (nearest.factor.label, side) == ("Specialties that one person covers", "just below")
    known = {"figure": nearest.factor.label, "path": "A path", "side": side}
    said = told(board.figure_flips, known | {"value": nearest.value, "now": nearest.factor.current})
    assert said == "Specialties that one person covers: “A path” just below its current value."
    apart = [flip for flip in flips if not just_beside(flip.value, flip.factor.current)]
    assert apart
    assert all(figure(flip.value) != figure(flip.factor.current) for flip in apart)


@pytest.mark.parametrize(
    ("recommended", "gap", "why"),
    [
        (0, np.nan, "No path is recommended, so that there is no gap to a next best one."),
        (3, np.nan, "There is no next best path: the answers speak for no other that can be taken."),
        (3, 5_000.0, "No figure moves the gap to the next best path."),
    ],
)
def test_where_no_figure_moves_a_gap_the_reader_is_told_why(recommended, gap, why):
    known = {"figure": "", "low": "", "high": "", "recommended": recommended, "gap": gap}
    assert told(board.moved_first, known) == why


@pytest.mark.parametrize(("value", "direction"), [(1_131.0, "below"), (1_260.0, "above")])
def test_a_figure_that_flips_the_recommendation_says_in_which_direction(value, direction):
    """A core job of 1,200 h for which "from 1,131 h" another path is recommended: nobody knows that fewer hours are meant."""
    known = {"figure": "Core job", "path": "A path", "side": "", "value": value, "now": 1_200.0}
    assert told(board.figure_flips, known) == f"Core job: “A path” at or {direction}"


def test_a_figure_above_a_hundred_has_no_more_decimals_than_money():
    """An hourly rate at which another path is recommended read 134.8301 USD/h."""
    assert [figure(value) for value in (0.0125, 99.87654, 134.8301, -250.5, 1_131.2)] == [
        "0.0125", "99.8765", "134.83", "-250.5", "1,131",
    ]  # fmt: skip


def test_a_figure_has_the_form_of_what_it_is_rounded_to():
    """999.996 read as 1000, beside 1,000 for a thousand."""
    assert [figure(value) for value in (99.99996, 999.994, 999.996, -999.996, 1_000)] == [
        "100", "999.99", "1,000", "-1,000", "1,000",
    ]  # fmt: skip
