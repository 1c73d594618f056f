"""What a workbook answers, against the results of the same scenarios."""

from calc.results import results
from tests.write.built_workbooks import random_of
from workbook.write.answer import opening, reading
from workbook.write.build import book
from workbook.write.edition import Edition


def test_a_workbook_opens_with_the_sentence_that_calc_opens_with():
    scenarios = [random_of(seed) for seed in range(12)]
    made = book(scenarios, 0, edition=Edition.light)
    made.finish()
    calculated = [one["recommendation"] for one in results(scenarios, flips=False, trials=0)]
    assert {one["status"] for one in calculated} == {"firm", "provisional", "open"}
    assert [opening(made, reading(made, at)) for at in range(12)] == [one["reasons"][0] for one in calculated]
