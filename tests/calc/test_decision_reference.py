"""The results against a second program that was written separately from the definition (tests/definition)."""

import math
import os
import random

import pytest

from calc.facts import facts
from calc.results import results
from calc.scenario import scenario
from tests.definition import decision, model
from tests.definition.scenarios import random_scenario

COUNT = 1000 if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else 60
MONEY = 1e-9
FIT = 2e-9


def given_scenarios():
    """Half of them ordinary, half stretched to the ends of what is allowed."""
    rng = random.Random(20261201)
    return [random_scenario(rng, wild=number % 2 == 1) for number in range(COUNT)]


@pytest.fixture(scope="module")
def judged():
    """(number, what was given, our result, the reference's costs by case, the reference's decision)."""
    given = given_scenarios()
    known = facts()
    ours = results([scenario(plain) for plain in given], flips=False, trials=0)
    rows = []
    for number, (plain, result) in enumerate(zip(given, ours, strict=True)):
        costs = {case: model.costs(plain, known, case) for case in ("likely", "best", "worst")}
        rows.append((number, plain, result, costs, decision.decide(plain, known, costs["likely"])))
    return rows


def same_money(ours, theirs, scale):
    """Equal to 1e-9 of the amount, or of the path's total where the amount is a small rest of it."""
    return math.isclose(ours, theirs, rel_tol=MONEY, abs_tol=MONEY * max(1.0, abs(scale)))


def test_every_lean_support_and_verdict_agrees(judged):
    for number, _, result, _, theirs in judged:
        assert set(result["lenses"]) == set(theirs["lenses"])
        for lens, expected in theirs["lenses"].items():
            ours = result["lenses"][lens]
            assert ours["verdict"] == expected["verdict"], (number, lens)
            assert math.isclose(ours["lean"], expected["lean"], abs_tol=1e-12), (number, lens)
            for side, share in expected["support"].items():
                assert math.isclose(ours["support"][side], share, abs_tol=1e-12), (number, lens, side)


def test_every_gate_fires_and_excludes_alike(judged):
    for number, _, result, _, theirs in judged:
        assert result["gates"] == theirs["gates"], number


def test_every_fit_and_eligible_path_agrees(judged):
    for number, _, result, _, theirs in judged:
        for name, expected in theirs["models"].items():
            assert math.isclose(result["models"][name]["fit"], expected["fit"], abs_tol=FIT), (number, name)
        assert list(result["paths"]) == list(theirs["paths"]), number
        for path, expected in theirs["paths"].items():
            assert result["paths"][path]["eligible"] == expected["eligible"], (number, path)
            assert math.isclose(result["paths"][path]["fit"], expected["fit"], abs_tol=FIT), (number, path)


def test_every_recommendation_agrees(judged):
    for number, _, result, _, theirs in judged:
        ours = {name: result["recommendation"][name] for name in theirs["recommendation"]}
        assert ours == pytest.approx(theirs["recommendation"]), number


def test_every_total_line_month_and_present_value_agrees(judged):
    for number, plain, result, costs, _ in judged:
        horizon = plain["project"].get("horizon_months", 12)
        for path, expected in costs["likely"].items():
            ours, at = result["paths"][path], (number, path)
            scale = expected["total"]
            assert same_money(ours["total"], expected["total"], 0), at
            assert same_money(ours["npv"], expected["npv"], scale), at
            assert same_money(ours["core_cost"], expected["core_cost"], 0), at
            assert same_money(ours["best"], costs["best"][path]["total"], 0), at
            assert same_money(ours["worst"], costs["worst"][path]["total"], 0), at
            assert set(ours["lines"]) == set(expected["lines"]), at
            assert all(same_money(ours["lines"][line], cost, scale) for line, cost in expected["lines"].items()), at
            assert len(ours["months"]) == horizon, at
            assert all(map(same_money, ours["months"], expected["months"], [scale] * horizon)), at


def test_every_phase_agrees_in_its_weeks_and_whole_lines(judged):
    for number, _, result, costs, _ in judged:
        for path, expected in costs["likely"].items():
            ours, at = result["paths"][path], (number, path)
            assert math.isclose(ours["weeks_to_stable"], expected["weeks_to_stable"], rel_tol=MONEY), at
            assert ours["finished"] == expected["finished"], at
            assert len(ours["phases"]) == len(expected["phases"]), at
            for phase, wanted in zip(ours["phases"], expected["phases"], strict=True):
                assert (phase["model"], phase["work"]) == (wanted["model"], wanted["work"]), at
                assert math.isclose(phase["start_week"], wanted["start_week"], rel_tol=MONEY, abs_tol=MONEY), at
                assert math.isclose(phase["end_week"], wanted["end_week"], rel_tol=MONEY, abs_tol=MONEY), at
                assert set(phase["lines"]) == set(wanted["lines"]), at
                scale = sum(wanted["lines"].values())
                assert all(same_money(phase["lines"][line], cost, scale) for line, cost in wanted["lines"].items()), at


def test_systemic_is_what_the_reference_derives_from_the_answers(judged):
    assert all(result["systemic"] == model.is_systemic(plain) for _, plain, result, _, _ in judged)


def test_every_flip_is_what_the_reference_recommends_after_that_answer():
    known = facts()
    for plain in given_scenarios()[:6]:
        [result] = results([scenario(plain)], trials=0)
        ours = {(flip["question"], flip["answer"]): flip["path"] for flip in result["recommendation"]["flips"]}
        expected = {}
        for question in decision.QUESTIONS:
            for answer in ("yes", "no", "unknown"):
                turned = plain | {"answers": plain["answers"] | {question: answer}}
                choice = decision.decide(turned, known, model.costs(turned, known))["recommendation"]["path"]
                if choice != result["recommendation"]["path"]:
                    expected[question, answer] = choice
        assert ours == expected
