"""The costs of the definition, fact by fact; over random scenarios they are compared in tests/definition."""

from __future__ import annotations

import pytest

from calc.model import model_for, user_paths
from calc.scenario import scenario

TARGETS = (
    "same_scope",
    "same_place",
    "invoiced",
    "own_time",
    "weeks_to_stable",
    "onboarding_total",
    "hiring_total",
    "run_total",
    "retainer_total",
    "rewrite_total",
    "support_total",
    "spend",
)


def costs(given):
    """The quantities of one scenario by name, without the axis of scenarios."""
    model = model_for(user_paths(given))
    values = model.evaluate([given], TARGETS)
    return model.structure, {name: values[name][0] for name in TARGETS}


def near(figure):
    return pytest.approx(figure, rel=1e-9, abs=1e-6)


def test_nothing_is_spent_after_the_horizon():
    _, ours = costs(scenario(plain_project(project={"horizon_months": 7})))
    assert (ours["spend"][:, :7] > 0).any()
    assert not ours["spend"][:, 7:].any()


def plain_project(**sections):
    return {"project": {"name": "Any project", "start": "2026-12-01"} | sections.pop("project", {})} | sections


def of(plain, name, path):
    structure, ours = costs(scenario(plain))
    return ours[name][structure.path_ids.index(path)]


def later(plain, model, weeks):
    return plain | {"overrides": {model: {"lead_weeks": weeks}}}


def discounting(weeks):
    """What so many weeks explain at most: a cost counts at the end of its month, so that it may move on by one more."""
    return 1.08 ** (-weeks / 52 - 1 / 12)


# What runs on when the core is late: nothing, features, losses, a rewrite that is due.
KINDS_OF_JOBS = [
    {"work": {"feature_hours_per_month": 20}},
    {"work": {"feature_hours_per_month": 160}},
    {"money": {"revenue_loss_per_month": 20_000}, "answers": {"shifting": "yes"}},
    {"answers": {"from_scratch": "yes"}, "project": {"horizon_months": 24}},
]


@pytest.mark.parametrize("job", KINDS_OF_JOBS)
@pytest.mark.parametrize("path", ["freelancer", "fixed_price_shop", "production_firm", "full_time"])
def test_a_later_start_never_lowers_the_cost_of_the_same_scope_by_more_than_discounting_explains(job, path):
    plain = plain_project(**{section: dict(fields) for section, fields in job.items()})
    before = of(later(plain, path, 1), "same_scope", path)
    for weeks in (4, 13, 26, 40, 51, 60, 100):
        delayed = of(later(plain, path, weeks), "same_scope", path)
        assert delayed >= before * discounting(weeks - 1)


@pytest.mark.parametrize("path", ["freelancer", "fixed_price_shop", "production_firm", "dedicated_engineer"])
def test_nor_does_it_without_feature_work_except_that_a_salary_is_paid_for_fewer_idle_months(path):
    plain = plain_project(work={"feature_hours_per_month": 0})
    before, after = (of(later(plain, path, weeks), "same_scope", path) for weeks in (1, 26))
    assert after >= before * discounting(25)


def test_undiscounted_a_later_start_saves_nothing_of_the_same_scope():
    plain = plain_project(project={"discount_rate": 0})
    for path in ("freelancer", "production_firm", "dedicated_engineer"):
        scope = [of(later(plain, path, weeks), "same_scope", path) for weeks in (1, 20, 51, 80)]
        assert scope == pytest.approx([scope[0]] * 4, rel=1e-9)


def test_everybody_in_the_us_costs_the_same_wherever_they_were():
    places = [plain_project(work={"location": place}) for place in ("published", "us", "eastern_europe")]
    published, us, abroad = (costs(scenario(plain))[1] for plain in places)
    assert us["same_place"] == near(us["same_scope"])
    assert published["same_place"] == near(us["same_scope"])
    assert abroad["same_place"] == near(us["same_scope"])
    assert (abroad["same_scope"] < us["same_scope"]).all()


def test_an_own_price_is_never_converted():
    own = {"overrides": {"fixed_price_shop": {"rate": 45, "run_rate": 45}}}
    here, there = (
        of(plain_project(work={"location": place}, **own), "invoiced", "fixed_price_shop")
        for place in ("us", "published")
    )
    assert here == there


def test_a_short_job_is_onboarded_in_proportion():
    short, long = (
        of(plain_project(work={"core_hours": hours}), "onboarding_total", "freelancer") for hours in (24.2 / 1.2, 400)
    )
    assert short == near(100 * 24.2 * 0.5 / 4)
    assert long == near(100 * 24.2 * 0.5)


def test_the_hours_that_a_fixed_price_contains_take_time_too():
    assert of(plain_project(), "weeks_to_stable", "fixed_price_shop") == near(1 + 400 * 1.59 / (2 * 34))


def test_the_leaders_own_hours_are_not_invoiced():
    plain = plain_project()
    dear = plain | {"money": {"leader_rate": 500}}
    assert of(dear, "invoiced", "freelancer") == of(plain, "invoiced", "freelancer")
    assert of(dear, "own_time", "freelancer") > of(plain, "own_time", "freelancer")


def test_without_feature_work_nobody_is_hired_to_run_what_others_made():
    plain = plain_project(work={"feature_hours_per_month": 0})
    assert of(plain, "hiring_total", "remediate_then_hire") == of(plain, "run_total", "remediate_then_hire") == 0
    assert of(plain, "run_total", "full_time") > 0


def test_a_retainer_costs_its_reviews():
    none, four, twelve = (
        of(plain_project(work={"reviews_per_year": reviews}), "retainer_total", "production_firm")
        for reviews in (0, 4, 12)
    )
    assert none == 0
    assert twelve == near(3 * four)


def test_a_rewrite_is_expected_only_of_what_decides_what_comes_later_and_nobody_prepared():
    built = plain_project(answers={"from_scratch": "yes"})
    assert of(built, "rewrite_total", "freelancer") > 0
    assert of(built, "rewrite_total", "audit_then_freelancers") == of(built, "rewrite_total", "production_firm") == 0
    once = plain_project(answers={"from_scratch": "yes", "one_off": "yes"})
    assert of(once, "rewrite_total", "freelancer") == of(plain_project(), "rewrite_total", "freelancer") == 0


def test_what_is_contained_needs_no_support():
    assert of(plain_project(), "support_total", "freelancer") > 0
    assert of(plain_project(answers={"contained": "yes"}), "support_total", "freelancer") == 0
