"""The decision is that of the definition, as a program of its own draws it from the same costs; and what must always hold."""

from __future__ import annotations

import os
from collections import Counter
from math import isclose
from pathlib import Path
from random import Random

import pytest

from calc import catalogue
from calc.facts import facts
from calc.results import results
from calc.scenario import from_text, scenario
from tests.calc.decision_scenarios import random_scenario
from tests.definition import decision
from tests.definition.test_stories import EXPECTED

STORIES = Path(__file__).parents[2] / "build" / "stories"
COUNT = 5_000 if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else 500
CENT = 0.011  # both round to cents; of a half they may choose differently
NAMES = ("path", "status", "provisional", "completeness", "cheapest", "best_fit", "runner_up")
WEEKS_PER_MONTH = 52 / 12


@pytest.fixture(scope="module")
def judged():
    """(what was given, our result, the decision that the definition draws from the same costs)."""
    random, known = Random(20261125), facts()
    given = [random_scenario(random) for _ in range(COUNT)]
    found = results([scenario(plain) for plain in given], flips=False, trials=0)
    with pytest.MonkeyPatch.context() as patch:
        # Costs of another place are judged with the costs.
        patch.setattr(decision, "same_place", lambda scenario, facts: Counter())
        return [
            (plain, result, decision.decide(plain, known, _costs(plain, result)))
            for plain, result in zip(given, found, strict=True)
        ]


def _costs(plain, result):
    """Our own costs in the form in which the definition's program decides on them."""
    money = result["scenario"]["money"]

    def likely(name):
        return money[name][1] if isinstance(money[name], list) else money[name]

    damage = likely("revenue_loss_per_month") + likely("incidents_per_month") * likely("incident_cost")
    names = ("same_scope", "invoiced", "finished", "core_cost", "weeks_to_stable")
    return {
        path: {name: one[name] for name in names} | {"damage_per_month": damage}
        for path, one in result["paths"].items()
    }


def test_what_is_recommended_and_how_firmly_agrees(judged):
    for plain, result, expected in judged:
        ours = {name: result["recommendation"][name] for name in NAMES}
        assert ours == {name: expected["recommendation"][name] for name in NAMES}, plain


def test_every_gate_fires_and_excludes_alike(judged):
    for plain, result, expected in judged:
        assert result["gates"] == expected["gates"], plain


def test_every_lens_fit_and_evidence_agrees(judged):
    for plain, result, expected in judged:
        for lens, wanted in expected["lenses"].items():
            assert result["lenses"][lens]["verdict"] == wanted["verdict"], (lens, plain)
            assert isclose(result["lenses"][lens]["lean"], wanted["lean"], abs_tol=1e-9), (lens, plain)
        for model, wanted in expected["models"].items():
            assert isclose(result["models"][model]["fit"], wanted["fit"], abs_tol=2e-9), (model, plain)
        for path, wanted in expected["paths"].items():
            ours = result["paths"][path]
            assert isclose(ours["fit"], wanted["fit"], abs_tol=2e-9), (path, plain)
            assert all(ours[name] == wanted[name] for name in ("eligible", "evidence", "frontier")), (path, plain)


def test_why_not_names_the_ground_the_amount_and_the_chance(judged):
    for plain, result, expected in judged:
        for path, wanted in expected["paths"].items():
            ours, wanted = result["paths"][path]["why_not"], wanted["why_not"]
            if wanted is None:
                assert ours is None, (path, plain)
                continue
            assert (ours["kind"], ours["gates"]) == (wanted["kind"], wanted["gates"]), (path, plain)
            assert _near(ours["amount"], wanted["amount"], CENT), (path, plain)
            assert _near(ours["break_even_chance"], wanted["break_even_chance"], 1e-6), (path, plain)


def _near(ours, wanted, tolerance):
    if ours is None or wanted is None:
        return ours is wanted
    return isclose(ours, wanted, rel_tol=1e-9, abs_tol=tolerance)


def test_the_scenarios_know_every_status_but_one_every_ground_and_every_gate(judged):
    """none_left needs gates that no path can pass, and the published ones always leave one."""
    seen = Counter()
    for _, result, _ in judged:
        seen[result["recommendation"]["status"]] += 1
        seen.update(one["why_not"]["kind"] for one in result["paths"].values() if one["why_not"])
        seen.update(gate for gate, state in result["gates"].items() if state["excludes"])
        seen.update(alert["id"] for alert in result["recommendation"]["alerts"])
    wanted = {"firm", "provisional", "open", "excluded", "no_evidence", "fits_worse", "dearer", *catalogue.gates()}
    assert {kind for kind in wanted if seen[kind] < 3} == set()
    alerts = {"above_budget", "provisional", "open", "late", "one_left", "unaudited", "cheaper_exists", "seller"}
    assert {alert for alert in alerts if seen[alert] < 3} == set()


# What must always hold


def test_nothing_is_recommended_on_no_evidence(judged):
    for plain, result, _ in judged:
        path = result["recommendation"]["path"]
        assert path is None or result["paths"][path]["evidence"], plain
    [blank] = results([scenario({"project": {"name": "Blank", "start": "2026-12-01"}})], flips=False, trials=0)
    assert (blank["recommendation"]["status"], blank["recommendation"]["path"]) == ("open", None)


def test_nothing_is_remediated_where_nothing_is_broken(judged):
    broken = ("unknown_cause", "shifting", "ai_generated", "losing", "on_fire")
    for plain, result, _ in judged:
        answers, path = result["scenario"]["answers"], result["recommendation"]["path"]
        loss = result["scenario"]["money"]["revenue_loss_per_month"]
        loses = (loss[1] if isinstance(loss, list) else loss) > 0 and answers["losing"] == "unknown"
        sound = not loses and all(answers[question] != "yes" for question in broken)
        if path and (sound or answers["from_scratch"] == "yes"):
            phases = result["paths"][path]["phases"]
            by_firm = {phase["work"] for phase in phases if phase["model"] == "production_firm"}
            assert by_firm <= {"run"}, plain


def test_no_recommended_path_is_beaten_in_fit_same_scope_and_weeks_by_another_with_evidence(judged):
    def figures(path):
        return -round(path["fit"], 9), round(path["same_scope"], 2), round(path["weeks_to_stable"], 9)

    for plain, result, _ in judged:
        if chosen := result["recommendation"]["path"]:
            mine = figures(result["paths"][chosen])
            rivals = [path for path in result["paths"].values() if path["eligible"] and path["evidence"]]
            assert not any(all(a < b for a, b in zip(figures(rival), mine, strict=True)) for rival in rivals), plain


def test_every_path_that_is_not_recommended_says_why_and_every_alert_is_a_sentence(judged):
    for plain, result, _ in judged:
        texts = [path["why_not"]["text"] for path in result["paths"].values() if path["why_not"]]
        texts += [alert["text"] for alert in result["recommendation"]["alerts"]]
        for text in texts:
            assert text.endswith(".") and "  " not in text and "nan" not in text.split(), (text, plain)
            assert not any(word in text.lower().split() for word in ("gate", "lens", "lean")), (text, plain)


def test_a_budget_is_compared_with_what_the_recommended_path_is_invoiced(judged):
    for plain, result, _ in judged:
        budget, path = result["recommendation"]["budget"], result["recommendation"]["path"]
        amount = result["scenario"]["money"]["budget"]
        assert (budget is None) == (amount is None), plain
        if budget and path:
            assert budget["amount"] == amount
            assert isclose(budget["invoiced"], result["paths"][path]["invoiced"], abs_tol=CENT), plain
            assert isclose(budget["headroom"], amount - budget["invoiced"], abs_tol=CENT), plain
            above = "above_budget" in [alert["id"] for alert in result["recommendation"]["alerts"]]
            assert above == (budget["headroom"] < 0), plain


@pytest.mark.parametrize("story", EXPECTED)
def test_a_story_ends_as_expected(story):
    text = (STORIES / f"{story}.toml").read_text(encoding="utf-8")
    [result] = results([from_text(text, f"{story}.toml")], flips=False, trials=0)
    assert (result["recommendation"]["status"], result["recommendation"]["path"]) == EXPECTED[story]
