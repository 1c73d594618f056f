"""The stories of build/stories end as their authors, a CTO and a CFO would expect, by the definition and by the product."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from calc.results import results
from calc.scenario import scenario
from tests.definition import decision, model
from tests.definition.table import FACTS

STORIES = Path(__file__).parents[2] / "build" / "stories"
# Story -> status and recommended path.
EXPECTED = {
    "01_serial": ("firm", "remediate_then_freelancers"),
    "02_overrun": ("firm", "fixed_price_shop"),
    "05_audit": ("provisional", "audit_then_freelancers"),
    "07_proto": ("firm", "prototype_then_hire"),
    "08_under3k": ("firm", "freelancer"),
    "11_lead": ("firm", "freelancer"),
    "12_partner": ("firm", "pilot_then_partner"),
    "14_dedicated": ("provisional", "dedicated_engineer"),
    "15_fulltime": ("firm", "full_time"),
    "17_stable": ("provisional", "freelancer"),
    "18_blank": ("open", None),
    "19_poc": ("provisional", "freelancer"),
    "21_bug_ai": ("provisional", "freelancer"),
    "24_later_1": ("firm", "freelancer"),
    "24_later_13": ("firm", "freelancer"),
    "25_greenfield": ("firm", "engineering_partner"),
    "27_poc24": ("provisional", "freelancer"),
}


@cache
def played(story):
    """What the story says, the costs of its paths, and the decision."""
    given = tomllib.loads((STORIES / f"{story}.toml").read_text(encoding="utf-8"))
    costs = model.costs(given, FACTS)
    return given, costs, decision.decide(given, FACTS, costs)


@pytest.mark.parametrize("story", EXPECTED)
def test_a_story_ends_as_expected(story):
    recommendation = played(story)[2]["recommendation"]
    assert (recommendation["status"], recommendation["path"]) == EXPECTED[story]


def test_the_product_ends_every_story_alike():
    ours = results([scenario(played(story)[0]) for story in EXPECTED], flips=False, trials=0)
    for story, result in zip(EXPECTED, ours, strict=True):
        recommendation = result["recommendation"]
        assert (recommendation["status"], recommendation["path"]) == EXPECTED[story], story


def test_every_story_is_played():
    assert {file.stem for file in STORIES.glob("[012]*.toml")} == EXPECTED.keys()


@pytest.mark.parametrize(("story", "above"), [("19_poc", 410), ("21_bug_ai", 31.25), ("08_under3k", -200)])
def test_a_freelancer_is_compared_with_the_budget_as_invoiced(story, above):
    given, costs, _ = played(story)
    assert round(costs["freelancer"]["invoiced"] - given["money"]["budget"], 2) == above


def test_a_start_twelve_weeks_later_saves_no_more_than_discounting_explains():
    soon, late = (played(story)[1]["freelancer"]["same_scope"] for story in ("24_later_1", "24_later_13"))
    twelve_weeks = 1.08 ** (-12 / 52)
    assert soon * twelve_weeks < late <= soon


@pytest.mark.parametrize("story", EXPECTED)
def test_paid_own_time_and_losses_add_up_to_the_total_and_the_months_too(story):
    for path in played(story)[1].values():
        kinds = path["paid"] + path["own_time"] + path["losses"]
        assert kinds == pytest.approx(path["total"]) == pytest.approx(sum(path["months"]))
