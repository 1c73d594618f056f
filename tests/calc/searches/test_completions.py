"""How firmly the recommendation stands and what to ask first, against the second program and by hand."""

import numpy as np
import pytest

from calc import catalogue
from calc.model import ANSWER_CODES
from calc.searches.completions import COMPLETIONS, completed
from tests.calc.searches.conftest import EMPTY, searched
from tests.definition.open_answers import holds_and_ask

QUESTIONS = list(catalogue.questions())
WORDS = {code: answer for answer, code in ANSWER_CODES.items()}


def completions_of(judge):
    """The completions as answers by question, from the product's luck."""
    given = np.array([ANSWER_CODES[judge.given(question)] for question in QUESTIONS] + [0.0])
    open_ones = np.flatnonzero(given[:-1] == 0)
    return [{QUESTIONS[at]: WORDS[vector[at]] for at in open_ones} for vector in completed(given, open_ones)]


@pytest.mark.parametrize("number", range(4))
def test_shares_and_swings_are_those_of_the_second_program(cases, number):
    searches, judge = cases[number]
    holds, ask = holds_and_ask(judge.plain, completions_of(judge), judge.path)
    assert searches.firmness.holds == holds
    assert [one.question for one in searches.firmness.ask] == [one["question"] for one in ask]
    for ours, theirs in zip(searches.firmness.ask, ask, strict=True):
        assert ours.swing == pytest.approx(theirs["swing"], abs=1e-12)


def test_every_open_question_is_asked_once_the_largest_swing_first_then_in_the_order_of_the_questions(cases):
    for searches, judge in cases:
        ask = searches.firmness.ask
        assert {one.question for one in ask} == {one for one in QUESTIONS if judge.given(one) == "unknown"}
        order = [(-round(one.swing, 9), QUESTIONS.index(one.question)) for one in ask]
        assert order == sorted(order)


def test_with_every_question_answered_it_holds_and_there_is_nothing_to_ask():
    answers = dict.fromkeys(QUESTIONS, "yes")
    searches, judge = searched(EMPTY | {"answers": answers | {"from_scratch": "no", "stable": "no"}})
    assert searches.firmness.ask == ()
    assert searches.firmness.holds == (1 if judge.path({}) else None)


def test_without_a_path_nothing_holds_and_the_questions_are_ranked_all_the_same():
    answers = {"bounded": "yes", "isolated": "yes", "regulated": "yes", "leadership": "no", "afford_hire": "no"}
    for extra in ({}, {"ai_generated": "yes"}):
        searches, judge = searched(EMPTY | {"answers": answers | extra})
        if judge.path({}) is None:
            assert searches.firmness.holds is None
            assert searches.firmness.ask


def test_one_more_answer_changes_no_other_questions_completions():
    given = np.zeros(len(QUESTIONS) + 1)
    open_ones = np.arange(len(QUESTIONS))
    all_open = completed(given, open_ones)
    given[3] = 1
    one_less = completed(given, np.delete(open_ones, 3))
    np.testing.assert_array_equal(np.delete(all_open, 3, axis=1), np.delete(one_less, 3, axis=1))
    assert (one_less[:, 3] == 1).all()


def test_yes_and_no_are_alike_likely_and_the_same_on_every_run():
    given = np.zeros(len(QUESTIONS) + 1)
    answers = completed(given, np.arange(len(QUESTIONS)))
    assert answers.shape == (COMPLETIONS, len(QUESTIONS) + 1)
    assert set(np.unique(answers[:, :-1])) == {-1, 1}
    assert abs(answers[:, :-1].mean()) < 0.02
    assert answers[0, :8].tolist() == completed(given, np.arange(8))[0, :8].tolist()
