"""Finding out first, against the second program in both states."""

import pytest

from calc.searches.finding_out import asked_by_systemic
from tests.calc.searches.conftest import EMPTY, searched

ASKED = ("unknown_cause", "shifting", "ai_generated")


def expected(judge, cost):
    """Worth and the paths of the two states; None where there is nothing to find out."""
    given = {question: judge.given(question) for question in ASKED}
    open_ones = [question for question, answer in given.items() if answer == "unknown"]
    now = judge.path({})
    if "yes" in given.values() or not open_ones or now is None:
        return None
    states = [dict.fromkeys(open_ones, answer) for answer in ("yes", "no")]
    then = [judge.path(state) for state in states]
    if None in then:
        return None
    saved = [
        judge.costs(*state.items())[now][cost] - judge.costs(*state.items())[path][cost]
        for state, path in zip(states, then, strict=True)
    ]
    chance = judge.plain.get("work", {}).get("systemic_chance", 0.5)
    return chance * saved[0] + (1 - chance) * saved[1], *then


def test_worth_and_paths_are_those_of_the_second_program(cases):
    tried = 0
    for searches, judge in cases:
        wanted, found = expected(judge, "npv"), searches.finding_out
        assert (wanted is None) == (found is None)
        if wanted:
            tried += 1
            assert (found.if_systemic, found.if_not) == wanted[1:]
            assert found.worth == pytest.approx(wanted[0], abs=1e-6)
    assert tried


@pytest.mark.parametrize("question", ASKED)
def test_what_is_known_need_not_be_found_out(question):
    searches, _ = searched(EMPTY | {"answers": {question: "yes"}})
    assert searches.finding_out is None
    searches, _ = searched(EMPTY | {"answers": dict.fromkeys(ASKED, "no")})
    assert searches.finding_out is None


def test_finding_out_costs_a_week_of_an_engagement_or_three_weeks_of_the_partner():
    """25,000 an engagement of 5 weeks; 160 an hour, 36 hours a week (model.md)."""
    searches, _ = searched(EMPTY | {"answers": {"bounded": "yes", "leadership": "yes"}})
    assert searches.finding_out.audit_price == pytest.approx(25_000 / 5)
    assert searches.finding_out.pilot_price == pytest.approx(160 * 36 * 3)


def test_the_questions_are_those_that_make_a_problem_systemic():
    assert asked_by_systemic() == ASKED
