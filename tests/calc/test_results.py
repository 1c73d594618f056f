"""The shape of a result, what its sentences say, and what the sources' own stories end in."""

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest

from calc import catalogue
from calc.facts import facts
from calc.quantities.lines import PHASE_LINES, RUN_LINES
from calc.reasons import main_model
from calc.results import explanation, results
from calc.results.decision import colliding
from calc.results.evaluation import BLOCK
from calc.scenario import from_text, normal_form, scenario
from tests.definition.scenarios import random_scenario

EXAMPLES = Path(__file__).parents[2] / "build" / "examples"
LENSES = ("prodfirm", "insoftex", "esparkbiz", "leval", "buildingblocks")


def project(**sections):
    return scenario({"project": {"name": "A project", "start": "2026-12-01"} | sections.pop("project", {}), **sections})


def result_of(**sections):
    [result] = results([project(**sections)])
    return result


def leaves(value):
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    else:
        yield value


def test_the_scenario_in_a_result_is_complete_and_is_read_back_as_the_same_one():
    given = project(answers={"bounded": "yes"}, overrides={"freelancer": {"rate": [70, 95, 140]}}, weights={"leval": 2})
    [result] = results([given], flips=False, trials=0)
    assert result["scenario"] == normal_form(given)
    assert set(result["scenario"]["answers"]) == set(catalogue.questions())
    assert normal_form(scenario(result["scenario"])) == result["scenario"]


def test_every_number_is_plain_and_finite_even_at_the_ends_of_what_is_allowed():
    rng = random.Random(3)
    for result in results([scenario(random_scenario(rng, wild=True)) for _ in range(40)], flips=False, trials=50):
        json.dumps(result, allow_nan=False)
        for leaf in leaves(result):
            assert leaf is None or type(leaf) in (bool, int, float, str)
            assert not isinstance(leaf, np.generic)


def test_a_path_that_is_never_stable_within_the_horizon_has_no_cost_per_stable_month():
    result = result_of(project={"horizon_months": 3}, work={"core_hours": 2000, "specialists": 1})
    path = result["paths"]["full_time"]
    assert not path["finished"]
    assert path["cost_per_stable_month"] is None


def test_lines_and_months_add_up_to_the_total():
    for path in result_of(work={"core_hours": 900}, money={"revenue_loss_per_month": 500})["paths"].values():
        assert math.isclose(sum(path["lines"].values()), path["total"], rel_tol=1e-12)
        assert math.isclose(sum(path["months"]), path["total"], rel_tol=1e-12)
        assert len(path["months"]) == 12


def test_a_phase_shows_its_whole_lines_although_the_horizon_cuts_what_counts():
    path = result_of(project={"horizon_months": 3}, work={"core_hours": 2000})["paths"]["freelancer"]
    core = path["phases"][0]
    assert list(core["lines"]) == list(PHASE_LINES)
    assert core["lines"]["labour"] == 2000 * 100
    assert path["lines"]["labour"] < core["lines"]["labour"]


def test_phases_follow_each_other_to_the_horizon_and_the_retainer_starts_when_the_core_is_done():
    *before, run, retainer = result_of(work={"core_hours": 100})["paths"]["remediate_then_hire"]["phases"]
    assert [phase["work"] for phase in (*before, run, retainer)] == ["core", "run", "retainer"]
    assert list(run["lines"]) == list(RUN_LINES)
    assert list(retainer["lines"]) == ["retainer"]
    assert run["start_week"] == pytest.approx(10.83)
    assert retainer["start_week"] == before[-1]["end_week"]
    assert run["end_week"] == retainer["end_week"] == 52


def test_the_best_case_costs_no_more_and_the_worst_no_less():
    for path in result_of(work={"core_hours": [300, 400, 700]})["paths"].values():
        assert path["best"] < path["total"] < path["worst"]


def test_simulated_figures_are_null_until_something_is_simulated():
    for path in result_of()["paths"].values():
        names = ("p10", "p50", "p80", "p90", "chance_cheapest", "chance_cheapest_eligible")
        simulated = [*(path[name] for name in names), path["contingency"]["p50"], path["contingency"]["p80"]]
        assert simulated == [None] * 8 or None not in simulated


def test_many_scenarios_have_the_results_that_each_has_alone_in_their_order():
    rng = random.Random(5)
    given = [scenario(random_scenario(rng)) for _ in range(BLOCK + 20)]
    assert any(s.paths for s in given)
    assert any(not s.paths for s in given)
    together = results(given, flips=False, trials=0)
    for number in (0, 1, 2, 40, BLOCK - 1, BLOCK, BLOCK + 19):
        [alone] = results([given[number]], flips=False, trials=0)
        assert alone["scenario"] == together[number]["scenario"]
        assert list(map(str, map(_rough, leaves(alone)))) == list(map(str, map(_rough, leaves(together[number]))))


def _rough(leaf):
    return float(f"{leaf:.10g}") if isinstance(leaf, float) else leaf


def test_no_scenarios_have_no_results():
    assert results([]) == []


def test_a_users_own_path_is_judged_like_the_others():
    phases = [{"work": "core", "model": "fixed_price_shop", "share": 1}, {"work": "run", "model": "freelancer"}]
    result = result_of(paths={"mine": {"label": "Shop, then a freelancer", "phases": phases}})
    assert list(result["paths"])[-1] == "mine"
    assert result["paths"]["mine"]["label"] == "Shop, then a freelancer"
    assert main_model(result, "mine") == "fixed_price_shop"


def test_flips_are_looked_for_only_when_wanted():
    [without] = results([project()], flips=False, trials=0)
    assert without["recommendation"]["flips"] is None
    assert result_of()["recommendation"]["flips"]


def test_every_flip_leads_where_it_says_and_open_questions_come_first():
    answers = {"bounded": "no", "leadership": "no", "vision": "yes", "ai_core": "yes"}
    result = result_of(answers=answers)
    flips = result["recommendation"]["flips"]
    order = [flip["from"] == "unknown" for flip in flips]
    assert order == sorted(order, reverse=True)
    assert len(set(order)) == 2
    turned = [project(answers=answers | {flip["question"]: flip["answer"]}) for flip in flips]
    for flip, there in zip(flips, results(turned, flips=False, trials=0), strict=True):
        assert flip["from"] == answers.get(flip["question"], "unknown") != flip["answer"]
        assert there["recommendation"]["path"] == flip["path"] != result["recommendation"]["path"]


def test_a_gate_that_can_be_spared_does_not_collide():
    gates = {"a": {"excludes": ["x", "y"]}, "b": {"excludes": ["z"]}, "c": {"excludes": ["y"]}, "d": {"excludes": []}}
    assert colliding(gates, ["x", "y", "z"]) == ["a", "b"]


def test_an_explanation_has_every_rule_of_every_lens_with_its_sources():
    [result] = results([project(answers={"bounded": "yes"})])
    explained = explanation(result)
    rules = [rule for lens in explained["lenses"].values() for rule in lens["rules"]]
    assert {rule["id"] for rule in rules} == set(catalogue.rules())
    assert all(rule["references"] for rule in rules)
    fired = {rule["id"] for rule in rules if rule["fired"]}
    assert fired == {"insoftex_freelancer_bounded", "buildingblocks_freelancer_bounded"}
    assert explained["lenses"]["prodfirm"]["ladder"]["id"] == "ladder_bounded"
    assert explained["answer"] == result["recommendation"]["reasons"][0]
    assert len(explained["unknown"]) == 34
    json.dumps(explained, allow_nan=False)


@pytest.mark.parametrize(
    ("example", "lens", "model"),
    [
        ("ai_built_app", "prodfirm", "production_firm"),
        ("ai_feature", "leval", "fixed_price_shop"),
        ("regulated_product", "insoftex", "engineering_partner"),
        ("bounded_bug", "prodfirm", "freelancer"),
    ],
)
def test_the_sources_own_stories_end_in_the_recommendation_of_the_source(example, lens, model):
    [result] = results([from_text((EXAMPLES / f"{example}.toml").read_text(encoding="utf-8"), example)])
    path = result["recommendation"]["path"]
    assert main_model(result, path) == model
    assert result["lenses"][lens]["verdict"] == model
    assert not result["recommendation"]["provisional"]


def test_facts_are_complete_and_ready_for_json():
    known = facts()
    json.dumps(known, allow_nan=False)
    assert list(known["parameters"]) == list(known["models"]) == list(catalogue.models())
    fields = {"low", "likely", "high", "unit", "better", "basis", "source", "place", "note", "label", "references"}
    fields |= {"moves_with", "moves_against"}
    assert all(set(found) == fields for model in known["parameters"].values() for found in model.values())
    assert {rule["kind"] for rule in known["rules"]} == {
        "rule",
        "ladder",
        "indicator",
        "long_term",
        "sign",
        "inherits",
        "need",
        "gate",
    }
    assert len({rule["id"] for rule in known["rules"]}) == len(known["rules"])
    assert list(known["paths"]) == list(catalogue.paths())
    assert known["paths"]["audit_then_freelancers"]["phases"][0] == {
        "work": "audit",
        "model": "production_firm",
        "weeks": 1,
    }
    assert len(known["questions"]) == 35
