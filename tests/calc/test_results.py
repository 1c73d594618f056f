"""The shape of a result, what its sentences say, and what the sources' own stories end in."""

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest

from calc import catalogue
from calc.facts import facts
from calc.quantities.lines import LINES, PHASE_LINES, RUN_LINES
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


def test_a_result_has_every_field_of_the_interface():
    result = result_of()
    assert list(result) == ["schema", "scenario", "systemic", "recommendation", "lenses", "gates", "models", "paths"]
    assert result["schema"] == 1
    wanted = {"path", "provisional", "completeness", "cheapest", "best_fit", "reasons", "flips", "runner_up"}
    assert wanted <= set(result["recommendation"])
    assert tuple(result["lenses"]) == LENSES
    assert all({"support", "lean", "verdict"} <= set(lens) for lens in result["lenses"].values())
    assert all(set(gate) == {"fired", "excludes"} for gate in result["gates"].values())
    assert all(set(model) == {"fit"} for model in result["models"].values())
    fields = "eligible fit total npv lines months weeks_to_stable finished best worst p10 p50 p80 p90 chance_cheapest chance_cheapest_eligible contingency phases"
    for path in result["paths"].values():
        assert set(fields.split()) <= set(path)
        assert list(path["lines"]) == list(LINES)
        assert all(set(phase) == {"model", "work", "start_week", "end_week", "lines"} for phase in path["phases"])


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


def test_gates_that_leave_no_path_are_named_and_only_those():
    answers = {"bounded": "yes", "isolated": "yes", "ai_generated": "yes", "afford_hire": "no"}
    result = result_of(answers=answers)
    choice = result["recommendation"]
    assert choice["path"] is choice["cheapest"] is choice["best_fit"] is choice["runner_up"] is None
    assert choice["colliding"] == ["one_thing", "unaudited_ai"]
    assert choice["reasons"][0] == (
        'Nothing is recommended: the gates "One thing to fix" and "Unaudited AI code" together exclude every path.'
    )
    assert not any(path["eligible"] for path in result["paths"].values())
    assert all(path["total"] > 0 for path in result["paths"].values())


def test_every_combination_of_gates_that_leaves_no_path_is_named():
    rng = random.Random(13)
    stuck = 0
    for result in results([scenario(random_scenario(rng)) for _ in range(600)], flips=False, trials=0):
        choice = result["recommendation"]
        if choice["path"] is None:
            stuck += 1
            shut = [set(result["gates"][gate]["excludes"]) for gate in choice["colliding"]]
            assert set().union(*shut) == set(result["paths"])
            assert all(catalogue.gates()[gate].label in choice["reasons"][0] for gate in choice["colliding"])
        else:
            assert choice["colliding"] == []
    assert stuck > 20


def test_a_gate_that_can_be_spared_does_not_collide():
    gates = {"a": {"excludes": ["x", "y"]}, "b": {"excludes": ["z"]}, "c": {"excludes": ["y"]}, "d": {"excludes": []}}
    assert colliding(gates, ["x", "y", "z"]) == ["a", "b"]


def test_the_first_sentence_is_the_answer_with_its_cost():
    result = result_of(project={"currency": "EUR", "usd_rate": 0.92})
    path = result["paths"][result["recommendation"]["path"]]
    first = result["recommendation"]["reasons"][0]
    assert first.startswith(f"Recommended: {path['label']}. It costs EUR {path['total']:,.0f} over 12 months")


def test_reasons_name_the_rules_for_and_against_with_source_and_place():
    answers = {"vision": "yes", "failure_modes": "yes", "iterate": "yes", "parallel": "yes", "experiment": "yes"}
    sentences = result_of(work={"specialists": 3}, answers=answers)["recommendation"]["reasons"]
    for_it = next(sentence for sentence in sentences if sentence.startswith("For a fixed-price shop here: "))
    against = next(sentence for sentence in sentences if sentence.startswith("Against it: "))
    assert "several kinds of work run side by side" in for_it
    assert "(leval, pattern 4: parallel work)" in for_it
    assert "it is narrow research with a clear output (leval, when freelancers win)" in against


def test_reasons_say_what_the_gates_excluded_and_why():
    sentences = result_of(answers={"ai_generated": "yes"})["recommendation"]["reasons"]
    gate = next(sentence for sentence in sentences if sentence.startswith('Gate "Unaudited AI code"'))
    assert "(prodfirm, making the decision)" in gate
    assert "Excluded: Freelancer throughout; Freelance team throughout" in gate


def test_reasons_compare_the_cheapest_and_the_best_fitting_path_where_they_differ():
    result = result_of(work={"core_hours": 275}, answers={"shifting": "yes", "losing": "yes", "leadership": "no"})
    choice = result["recommendation"]
    assert choice["cheapest"] != choice["path"]
    cheapest, path = result["paths"][choice["cheapest"]], result["paths"][choice["path"]]
    gap = f"USD {path['npv'] - cheapest['npv']:,.0f} less"
    assert any(cheapest["label"] in sentence and gap in sentence for sentence in choice["reasons"])


def test_a_result_of_few_answers_is_provisional_and_says_so():
    eleven = dict.fromkeys(list(catalogue.questions())[:11], "no")
    assert result_of(answers=eleven)["recommendation"]["provisional"]
    sentences = result_of(answers=eleven)["recommendation"]["reasons"]
    assert any(sentence.startswith("Provisional: 11 of 35 questions are answered") for sentence in sentences)
    twelve = dict.fromkeys(list(catalogue.questions())[:12], "no")
    assert not result_of(answers=twelve)["recommendation"]["provisional"]


def test_reasons_name_the_open_questions_that_could_change_the_path():
    result = result_of(answers={"bounded": "no"})
    sentence = next(s for s in result["recommendation"]["reasons"] if s.startswith("One more answer could lead to"))
    first = next(flip for flip in result["recommendation"]["flips"] if flip["from"] == "unknown")
    assert f"{catalogue.questions()[first['question']].short}: {first['answer']}" in sentence


def test_reasons_warn_of_a_core_that_outlasts_the_horizon():
    result = result_of(project={"horizon_months": 3}, work={"core_hours": 9000, "specialists": 1})
    assert any("not finished within the 3 months" in sentence for sentence in result["recommendation"]["reasons"])


def test_weights_of_zero_take_a_lens_out_of_the_reasons_for_a_freelancer():
    answers = {"bounded": "yes", "isolated": "yes", "long": "no", "leadership": "yes"}
    only = dict.fromkeys(LENSES, 0) | {"insoftex": 1}
    sentences = " ".join(result_of(work={"core_hours": 20}, answers=answers, weights=only)["recommendation"]["reasons"])
    assert "For a freelancer here" in sentences
    assert "(insoftex, signals: use a freelancer)" in sentences
    assert "buildingblocks" not in sentences


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
    assert {rule["kind"] for rule in known["rules"]} == {"rule", "ladder", "indicator", "need", "gate"}
    assert len({rule["id"] for rule in known["rules"]}) == len(known["rules"])
    assert list(known["paths"]) == list(catalogue.paths())
    assert known["paths"]["audit_then_freelancers"]["phases"][0] == {
        "work": "audit",
        "model": "production_firm",
        "weeks": 1,
    }
    assert len(known["questions"]) == 35
