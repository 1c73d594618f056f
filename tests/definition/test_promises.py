"""What a finance director may rely on, whatever the scenario, held against the results of the product."""

import random

import pytest

from calc.results import results
from calc.scenario import scenario
from tests.definition import given, parameters
from tests.definition.answers import answers_of, budget_of
from tests.definition.judged import by_the_product, given_scenarios
from tests.definition.paths import MODELS, all_paths
from tests.definition.scenarios import random_scenario
from tests.definition.sensible_projects import PROJECTS, project_for
from tests.definition.settings import settings_of
from tests.definition.table import FACTS

BROKEN = ("unknown_cause", "shifting", "ai_generated", "losing", "on_fire")


def recommended():
    """(number, what was given, the result, the recommended path's part of it) where a path is recommended."""
    for number, (plain, result) in enumerate(zip(given_scenarios(), by_the_product(), strict=True)):
        path = result["recommendation"]["path"]
        if path is not None:
            yield number, plain, result, result["paths"][path]


def alerts(result):
    return {alert["id"] for alert in result["recommendation"]["alerts"]}


def test_a_recommended_path_above_the_budget_is_never_without_its_alert():
    above = 0
    for number, plain, result, path in recommended():
        budget = budget_of(plain)
        exceeds = budget is not None and round(path["invoiced"], 2) > round(budget, 2)
        assert ("above_budget" in alerts(result)) == exceeds, number
        above += exceeds
    assert above > 20


def test_the_alert_of_the_budget_says_by_how_much_and_how_likely():
    plain = project_for("remediate_then_freelancers") | {"money": {"budget": 5000}}
    [result] = results([scenario(plain)], flips=False, trials=100)
    [text] = [alert["text"] for alert in result["recommendation"]["alerts"] if alert["id"] == "above_budget"]
    budget = result["recommendation"]["budget"]
    assert f"{-budget['headroom']:,.0f}" in text
    assert f"{budget['chance_above']:.0%}" in text


def test_the_recommended_path_is_never_later_dearer_and_worse_fitting_than_another_one_with_evidence():
    for number, _, result, path in recommended():
        for name, other in result["paths"].items():
            if other["eligible"] and other["evidence"]:
                later = path["weeks_to_stable"] > other["weeks_to_stable"]
                dearer = path["same_scope"] > other["same_scope"] + 0.01
                assert not (later and dearer and path["fit"] < other["fit"]), (number, name)


def test_nothing_is_remediated_or_audited_by_a_firm_where_nothing_is_broken():
    calm = 0
    for number, plain, result, _ in recommended():
        said = answers_of(plain, settings_of(plain))
        if said["from_scratch"] == "yes" or not any(said[question] == "yes" for question in BROKEN):
            phases = all_paths(plain, FACTS)[result["recommendation"]["path"]]
            works = [phase["work"] for phase in phases if phase["model"] == "production_firm"]
            assert not {"audit", "core", "retainer"} & set(works), number
            calm += 1
    assert calm > 100


def test_nothing_is_recommended_on_no_evidence_and_what_is_recommended_is_eligible():
    for number, _, _, path in recommended():
        assert path["evidence"], number
        assert path["eligible"], number
        assert path["why_not"] is None, number


def test_nothing_is_recommended_only_where_it_is_said_to_be_open_or_nothing_is_left():
    for number, result in enumerate(by_the_product()):
        said = result["recommendation"]
        assert (said["path"] is None) == (said["status"] in ("open", "none_left")), number


def test_a_later_start_lowers_the_same_scope_by_no_more_than_discounting_explains():
    """All that is paid moves by no more than the delay, and is discounted by whole months.

    Left out are people on a payroll who have nothing to do: who comes later is idle for a shorter time.
    """
    rng, plain, later, delays = random.Random(5), [], [], []
    for number in range(200):
        scene, model, weeks = random_scenario(rng, wild=number % 4 == 3), rng.choice(MODELS), rng.choice([1, 4, 12, 30])
        lead = parameters.ranges_of(scene, FACTS)[model]["lead_weeks"][1]
        own = scene.get("overrides", {})
        raised = own | {model: own.get(model, {}) | {"lead_weeks": lead + weeks}}
        plain.append(scene)
        later.append(scene | {"overrides": raised})
        delays.append(weeks)
    ours = results([scenario(each) for each in [*plain, *later]], flips=False, trials=0)
    moved = 0
    for number, (scene, weeks) in enumerate(zip(plain, delays, strict=True)):
        rate = given.field(scene, "project", "discount_rate")
        explained = (1 + rate) ** (-(weeks / 52 + 1 / 12))
        before, after = ours[number]["paths"], ours[number + len(plain)]["paths"]
        idle = given.field_in_case(scene, "work", "feature_hours_per_month", "likely") == 0
        for path, phases in all_paths(scene, FACTS).items():
            if idle and any(phase["model"] == "full_time" for phase in phases if phase["work"] == "run"):
                continue
            assert after[path]["same_scope"] >= before[path]["same_scope"] * explained - 0.01, (number, path)
            moved += after[path]["weeks_to_stable"] > before[path]["weeks_to_stable"]
    assert moved > 300


@pytest.mark.parametrize("path", PROJECTS)
def test_each_path_is_recommended_by_a_sensible_project(path):
    [result] = results([scenario(project_for(path))], flips=False, trials=0)
    assert (result["recommendation"]["path"], result["recommendation"]["status"]) == (path, "firm")


def test_the_projects_are_one_for_every_path_of_the_sources():
    assert list(PROJECTS) == list(FACTS["paths"])
