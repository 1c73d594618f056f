"""The results of the product against the second program, field by field, over random scenarios."""

import pytest

from tests.definition import given
from tests.definition.judged import by_the_product, found, given_scenarios

COSTS = (
    "total best worst npv same_scope same_place invoiced paid own_time losses core_cost beyond lines months phases "
    "weeks_to_stable finished"
).split()
DECISION = "paths lenses gates models fit eligible evidence frontier why_not recommendation alerts budget".split()


@pytest.mark.parametrize("field", COSTS)
def test_costs_agree(field):
    assert found().get(field, [])[:5] == []


@pytest.mark.parametrize("field", DECISION)
def test_the_decision_agrees(field):
    assert found().get(field, [])[:5] == []


def test_no_field_is_compared_without_a_test():
    assert set(found()) <= {*COSTS, *DECISION}


def test_systemic_is_what_follows_from_the_answers():
    expected = [given.is_systemic(plain) for plain in given_scenarios()]
    assert [result["systemic"] for result in by_the_product()] == expected
