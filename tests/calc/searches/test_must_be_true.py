"""The smallest sets of changed answers, against the second program with every set tried one by one."""

from itertools import combinations, product

import numpy as np
import pytest

from calc import catalogue
from calc.searches.changes import NO, OPEN, YES, changes
from tests.definition.open_answers import must_be_true

QUESTIONS = list(catalogue.questions())


@pytest.mark.parametrize("number", range(4))
def test_sets_of_one_and_two_are_those_of_the_second_program(cases, number):
    searches, judge = cases[number]
    expected = must_be_true(judge.plain, QUESTIONS, searches.paths, judge.path, largest=2)
    for path, sets in searches.must_be_true.items():
        small = [dict(one) for one in sets if len(one) < 3]
        assert small == expected[path], path


def test_every_set_leads_to_its_path_and_no_smaller_part_of_it_does(cases):
    tried = 0
    for searches, judge in cases:
        for path, sets in searches.must_be_true.items():
            assert len(sets) <= 3
            assert len({len(one) for one in sets}) <= 1
            for one in sets:
                tried += 1
                assert judge.path(one) == path
                parts = [dict(part) for size in range(len(one)) for part in combinations(one.items(), size)]
                assert all(judge.path(part) != path for part in parts)
    assert tried > 40


def test_the_recommended_path_needs_no_change(cases):
    for searches, judge in cases:
        path = judge.path({})
        assert path is None or searches.must_be_true[path] == ()


def test_sets_that_change_fewer_given_answers_come_first_and_then_the_order_of_the_questions(cases):
    for searches, judge in cases:
        for sets in searches.must_be_true.values():
            order = [
                (
                    sum(judge.given(question) != "unknown" for question in one),
                    [QUESTIONS.index(question) for question in one],
                    [answer != "yes" for answer in one.values()],
                )
                for one in sets
            ]
            assert order == sorted(order)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_way_of_changing_answers_is_tried_once(size):
    given = np.array([OPEN, YES, OPEN, NO])
    every = changes(given, size)
    tried = [tuple(vector) for vector in every.applied(given).tolist()]
    choices = [(OPEN, YES, NO), (YES, NO), (OPEN, YES, NO), (NO, YES)]
    expected = [vector for vector in product(*choices) if (np.array(vector) != given).sum() == size]
    assert sorted(tried) == sorted(expected)
    assert len(set(tried)) == len(tried)
