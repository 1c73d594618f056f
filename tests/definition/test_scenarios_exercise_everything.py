"""The random scenarios bring up every condition, gate, status, alert and reason, so that a comparison over them is worth something."""

from collections import Counter
from functools import cache

import pytest

from tests.definition import decision, model
from tests.definition.answers import answers_of
from tests.definition.judged import by_the_definition, given_scenarios
from tests.definition.lenses import ALTERNATIVE, conditions, hire_is_best_in_the_long_run, ladder
from tests.definition.paths import PATH_ORDER
from tests.definition.settings import settings_of
from tests.definition.table import FACTS

GATES = (
    "nothing_broken nothing_to_audit small_and_clear one_thing unaudited_ai keeps_shifting nobody_integrates "
    "unreviewed_risk on_fire_now no_salary too_many_skills not_finished over_budget"
).split()
ALERTS = "above_budget provisional open late one_left unaudited currency cheaper_exists seller".split()
LINES = model.LINES


@cache
def exercised():
    """How often each thing came up."""
    seen = Counter()
    for given, (by_case, decided) in zip(given_scenarios(), by_the_definition(), strict=True):
        costs = by_case["likely"]
        said = answers_of(given, settings_of(given))
        for lens, sides in conditions(said).items():
            for side, side_conditions in zip(("freelancer", "alternative"), sides, strict=True):
                for position, holds in enumerate(side_conditions):
                    seen["condition", lens, side, position, bool(holds)] += 1
            seen["verdict", lens, decided["lenses"][lens]["verdict"]] += 1
        seen["ladder", ladder(said)] += 1
        seen["long run", hire_is_best_in_the_long_run(said)] += 1
        for gate, found in decided["gates"].items():
            seen["gate", gate, found["fired"]] += 1
            seen["excludes", gate, bool(found["excludes"])] += 1
        recommendation = decided["recommendation"]
        seen["status", recommendation["status"]] += 1
        seen["recommended", recommendation["path"]] += 1
        for alert in recommendation["alerts"]:
            seen["alert", alert] += 1
        for path, found in decided["paths"].items():
            if found["why_not"]:
                seen["why not", found["why_not"]["kind"]] += 1
                gates = found["why_not"]["gates"]
                if len(gates) == 1:
                    seen["alone", gates[0]] += 1
                seen["break-even", found["why_not"]["break_even_chance"] is not None] += 1
            seen["evidence", path, found["evidence"]] += 1
            seen["frontier", found["frontier"]] += 1
            seen["finished", costs[path]["finished"]] += 1
            for line, amount in costs[path]["lines"].items():
                seen["line", line] += amount > 0
    return seen


@pytest.mark.parametrize("lens", ALTERNATIVE)
def test_every_condition_of_a_lens_is_met_and_missed_and_every_verdict_reached(lens):
    seen = exercised()
    sides = conditions(answers_of({}, settings_of({})))[lens]
    for side, side_conditions in zip(("freelancer", "alternative"), sides, strict=True):
        for position in range(len(side_conditions)):
            assert seen["condition", lens, side, position, True] > 10, (side, position)
            assert seen["condition", lens, side, position, False] > 10, (side, position)
    for verdict in ("freelancer", "either", ALTERNATIVE[lens]):
        assert seen["verdict", lens, verdict] > 10, verdict


@pytest.mark.parametrize("gate", GATES)
def test_every_gate_fires_stays_silent_and_excludes_some_path_by_itself(gate):
    seen = exercised()
    assert seen["gate", gate, True] > 10
    assert gate == "not_finished" or seen["gate", gate, False] > 10
    assert seen["excludes", gate, True] > 10
    assert seen["alone", gate] > 0


@pytest.mark.parametrize("alert", ALERTS)
def test_every_alert_is_raised(alert):
    assert exercised()["alert", alert] > 10


@pytest.mark.parametrize("kind", ["excluded", "no_evidence", "fits_worse", "dearer"])
def test_every_reason_why_not_is_given(kind):
    assert exercised()["why not", kind] > 10


@pytest.mark.parametrize("status", ["firm", "provisional", "open"])
def test_every_status_that_the_thirteen_paths_allow_is_reached(status):
    assert exercised()["status", status] > 10


@pytest.mark.parametrize("path", PATH_ORDER)
def test_every_path_is_recommended_and_has_evidence_or_not(path):
    seen = exercised()
    assert seen["recommended", path] > 0
    assert seen["evidence", path, True] > 10
    assert seen["evidence", path, False] > 10


@pytest.mark.parametrize("line", LINES)
def test_every_line_costs_something(line):
    assert exercised()["line", line] > 10


def test_ladder_long_run_rule_frontier_and_break_even_are_met_and_missed():
    seen = exercised()
    assert all(seen["ladder", said] > 10 for said in ("production_firm", "freelancer", None))
    for name in ("long run", "frontier", "finished", "break-even"):
        assert seen[name, True] > 10, name
        assert seen[name, False] > 10, name


def test_nothing_is_left_only_where_there_are_fewer_paths_than_the_sources_have():
    assert exercised()["status", "none_left"] == 0
    one_path = FACTS | {"paths": {"production_firm": FACTS["paths"]["production_firm"]}}
    given = {"project": {"name": "Nothing broken", "start": "2026-12-01"}, "answers": {"from_scratch": "yes"}}
    decided = decision.decide(given, one_path, model.costs(given, one_path))
    assert decided["recommendation"]["status"] == "none_left"
    assert decided["recommendation"]["path"] is None
