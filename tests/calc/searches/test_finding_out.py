"""Finding out first, against the second program in both states."""

from dataclasses import asdict

import pytest

from calc.searches.finding_out import asked_by_systemic
from tests.calc.searches.conftest import EMPTY, searched
from tests.definition.comparison import finding_out_differences
from tests.definition.open_answers import finding_out
from tests.definition.table import FACTS

ASKED = ("unknown_cause", "shifting", "ai_generated")


def test_worth_paths_and_prices_are_those_of_the_second_program(cases):
    tried = 0
    for searches, judge in cases:
        wanted, found = finding_out(judge.plain, FACTS), searches.finding_out
        assert finding_out_differences(asdict(found) if found else None, wanted) == []
        tried += wanted is not None
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


def test_the_chance_weighs_the_two_states():
    answers = {"bounded": "yes", "leadership": "yes", "isolated": "no"}
    worth = {}
    for chance in (0, 0.25, 1):
        searches, judge = searched(EMPTY | {"answers": answers, "work": {"systemic_chance": chance}})
        assert searches.finding_out.chance == chance
        assert searches.finding_out.worth == pytest.approx(finding_out(judge.plain, FACTS)["worth"], abs=1e-6)
        worth[chance] = searches.finding_out.worth
    assert worth[0.25] == pytest.approx(0.75 * worth[0] + 0.25 * worth[1])
    assert worth[0] != worth[1]
