"""What the functions of Excel remember of the scenarios of a sheet: bounded by memory, and complete within the bound."""

import tracemalloc
from dataclasses import dataclass

import pytest

from calc import udfs
from calc.model import Model
from calc.udfs import scenarios
from calc.udfs.remembered import Remembered


@dataclass
class Made:
    size: int


def listed(number):
    return [["project.name", f"project {number}"], ["work.core_hours", 100.0 + number], ["answers.bounded", "yes"]]


@pytest.fixture
def evaluations(monkeypatch):
    """The targets of every evaluation of the model."""
    asked, true = [], Model.evaluate

    def counted(model, given, targets, *more):
        asked.append(tuple(targets))
        return true(model, given, targets, *more)

    monkeypatch.setattr(Model, "evaluate", counted)
    scenarios.REMEMBERED.forget()
    yield asked
    scenarios.REMEMBERED.forget()


def test_a_sheet_that_calculates_column_by_column_evaluates_each_scenario_once(evaluations):
    sheet = [listed(number) for number in range(150)]
    for column in (udfs.tco_total, udfs.tco_npv, udfs.tco_fit):
        for one in sheet:
            assert isinstance(column(one, "freelancer"), list)
    assert len(evaluations) == len(sheet)


def test_as_many_are_kept_as_fit_the_one_used_last_the_longest():
    kept = Remembered(100)
    first, second = kept.of("a", lambda: Made(40)), kept.of("b", lambda: Made(40))
    assert kept.of("a", lambda: Made(1)) is first
    kept.of("c", lambda: Made(40))
    assert kept.of("a", lambda: Made(1)) is first
    assert kept.of("b", lambda: Made(40)) is not second
    assert kept.of("big", lambda: Made(1000)) is kept.of("big", lambda: Made(1))
    assert len(kept) == 1


def test_what_grows_after_it_was_made_counts_too():
    kept = Remembered(100)
    kept.of("a", lambda: Made(10)).size = 95
    kept.of("b", lambda: Made(10))
    assert len(kept) == 1


def test_what_cannot_be_made_is_tried_again():
    def failing():
        raise ValueError("no")

    kept = Remembered(100)
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            kept.of("a", failing)
    assert len(kept) == 0


def test_the_size_of_a_scenario_is_about_the_memory_that_it_takes(evaluations):
    udfs.tco_total(listed(0), "freelancer")  # what all scenarios share
    tracemalloc.start()
    try:
        begun = tracemalloc.get_traced_memory()[0]
        kept = [scenarios.one_scenario(listed(number)) for number in range(1, 30)]
        for one in kept:
            for case in ("best", "likely"):
                one.values(("total",), case)
        taken = tracemalloc.get_traced_memory()[0] - begun
    finally:
        tracemalloc.stop()
    assert 0.7 < sum(one.size for one in kept) / taken < 1.5
