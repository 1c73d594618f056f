"""What the functions of Excel remember of the scenarios of a sheet: bounded by memory, and complete within the bound."""

import gc
import random
import tracemalloc
import weakref

import pytest

from calc import udfs
from calc.model import Model
from calc.udfs import scenarios
from calc.udfs.remembered import Kept, Remembered
from tests.calc.udfs.samples import EXAMPLES, listed, scenario_at


def fields(number):
    chance = random.Random(number)
    answers = [["answers.bounded", chance.choice(["yes", "no"])], ["answers.shifting", chance.choice(["yes", None])]]
    return [["project.name", f"project {number}"], ["work.core_hours", 100.0 + number], *answers]


@pytest.fixture
def evaluations(monkeypatch):
    """The number of scenarios and the targets of every evaluation of the model."""
    asked, true = [], Model.evaluate

    def counted(model, given, targets, *more):
        asked.append((len(given), tuple(targets)))
        return true(model, given, targets, *more)

    monkeypatch.setattr(Model, "evaluate", counted)
    scenarios.REMEMBERED.forget()
    yield asked
    scenarios.REMEMBERED.forget()


COLUMNS = (udfs.tco_total, udfs.tco_npv, udfs.tco_fit, udfs.tco_recommend, udfs.tco_status, udfs.tco_plan, udfs.tco_why)


def test_a_sheet_that_calculates_column_by_column_evaluates_all_its_scenarios_together(evaluations):
    sheet = [fields(number) for number in range(150)]
    for column in COLUMNS:
        for one in sheet:
            column(one)
    first, together = evaluations[: len(sheet)], evaluations[len(sheet) :]
    assert {count for count, _ in first} == {1}
    assert sum(count for count, _ in together) == len(sheet)
    assert len(together) <= 2


def test_a_sheet_that_calculates_row_by_row_evaluates_each_scenario_once(evaluations):
    sheet = [fields(number) for number in range(30)]
    for one in sheet:
        for column in COLUMNS:
            column(one)
    assert len(evaluations) == len(sheet) + 1


def test_a_changed_scenario_takes_none_along_that_needs_nothing(evaluations):
    sheet = [fields(number) for number in range(10)]
    for changed in ([], [["work.hires", 2.0]]):
        evaluations.clear()
        for column in COLUMNS:
            for one in [sheet[0] + changed, *sheet[1:]]:
                column(one)
    assert sum(count for count, _ in evaluations) == 2


@pytest.mark.parametrize("case", [None, "worst"])
def test_figures_are_the_same_to_the_last_bit_whatever_was_asked_before(case):
    sheet = [*(listed(scenario_at(path)) for path in EXAMPLES), *(fields(number) for number in range(20))]
    scenarios.REMEMBERED.forget()
    alone = []
    for targets in (("total",), scenarios.ALL_TARGETS):
        together = [scenarios.one_scenario(one).values(targets, case) for one in sheet]
    for one in sheet:
        scenarios.REMEMBERED.forget()
        alone.append(scenarios.one_scenario(one).values(scenarios.ALL_TARGETS, case))
    for one, other in zip(alone, together, strict=True):
        assert all(one[target].tobytes() == other[target].tobytes() for target in scenarios.ALL_TARGETS)


def test_a_cell_with_a_scenario_is_read_and_evaluated_with_its_range(evaluations):
    cells = fields(1)
    handle = udfs.tco_scenario(cells)
    begun = scenarios.REMEMBERED.size
    assert udfs.tco_total(handle, "freelancer") == udfs.tco_total(cells, "freelancer")
    assert scenarios.one_scenario(handle) is scenarios.one_scenario(cells)
    assert len(evaluations) == 1
    assert scenarios.REMEMBERED.size - begun < scenarios.one_scenario(cells).size


def test_as_many_are_kept_as_fit_the_one_used_last_the_longest():
    kept = Remembered(100)
    first, second = kept.keep("a", Kept(40)), kept.keep("b", Kept(40))
    assert kept.get("a") is first
    kept.keep("c", Kept(40))
    assert kept.get("a") is first
    assert kept.get("b") is None
    assert kept.keep("b", second) is second
    big = kept.keep("big", Kept(1000))
    assert kept.get("big") is big
    assert (len(kept), kept.size) == (1, 1000)


def test_what_grows_after_it_was_made_counts_too():
    kept = Remembered(100)
    kept.grown(kept.keep("a", Kept(10)), 85)
    kept.keep("b", Kept(10))
    assert (len(kept), kept.size) == (1, 10)
    kept.grown(Kept(10), 50)
    assert kept.size == 10


def test_under_two_keys_it_counts_once_and_stays_until_both_are_dropped():
    kept, one = Remembered(100), Kept(40)
    kept.keep("a", one)
    kept.keep("also a", one)
    assert kept.size == 40
    kept.keep("b", Kept(60))
    assert kept.get("also a") is one
    kept.keep("c", Kept(60))
    assert (kept.get("a"), kept.get("b")) == (None, None)
    assert (kept.get("also a"), kept.size) == (one, 100)


def test_those_that_follow_are_those_that_were_asked_for_afterwards_the_last_time():
    kept = Remembered(1000)
    a, b, c, d = (kept.keep(key, Kept(1)) for key in "abcd")
    assert kept.following(a, 10) == [b, c, d]
    kept.get("a")
    kept.get("c")
    assert kept.following(a, 10) == [c, d]
    assert kept.following(d, 2) == [a, c]


def test_nothing_holds_what_has_been_dropped():
    kept = Remembered(3)
    first = kept.keep(0, Kept(1))
    seen = [weakref.ref(kept.keep(number, Kept(1))) for number in range(1, 9)]
    gc.collect()
    assert sum(one() is not None for one in seen) == 3
    assert first.next is None


def test_the_size_of_a_scenario_is_about_the_memory_that_it_takes():
    scenarios.REMEMBERED.forget()
    udfs.tco_total(fields(0), "freelancer")  # what all scenarios share
    sheet = [fields(number) for number in range(1, 40)]
    tracemalloc.start()
    try:
        begun, begun_size = tracemalloc.get_traced_memory()[0], scenarios.REMEMBERED.size
        for case in ("best", "likely"):
            for target in ("total", "npv"):
                for one in sheet:
                    scenarios.one_scenario(one).values((target,), case)
        taken = tracemalloc.get_traced_memory()[0] - begun
    finally:
        tracemalloc.stop()
    assert 0.7 < (scenarios.REMEMBERED.size - begun_size) / taken < 1.5
    scenarios.REMEMBERED.forget()
