"""A batch makes the same workbooks, and gives the same figures, as the other commands."""

import random

import pytest

from calc.results import results
from calc.scenario import scenario
from tests.bulk.batches import EXAMPLE, THOROUGH
from tests.definition import scenarios as random_scenarios
from workbook.bulk.batch.making import Kind, Order, made
from workbook.bulk.portfolio import Portfolio
from workbook.files.archive import contents
from workbook.write import build as building
from workbook.write.build import build
from workbook.write.edition import Edition


def stamped(scenarios, kind, chunks):
    """The workbooks of scenarios, made in chunks that end at these rows."""
    orders = [Order(n, str(n), "", scenario) for n, scenario in enumerate(scenarios)]
    ends = [0, *chunks, len(orders)]
    return [workbook.content for n in range(len(ends) - 1) for workbook in made(orders[ends[n] : ends[n + 1]], kind)]


def test_a_workbook_of_a_batch_equals_byte_for_byte_the_one_that_build_makes_of_its_scenario():
    entries = list(Portfolio(EXAMPLE))
    chosen = [entry.scenario() for entry in random.Random(7).sample(entries, 40)]
    workbooks = stamped(chosen, Kind(), chunks=(12, 30, 31))
    for number in range(40) if THOROUGH else (20, 30, 36):
        wanted = build(chosen[number], 0, Edition.light)
        assert contents(workbooks[number]) == contents(wanted)
        assert workbooks[number] == wanted


def test_so_does_one_in_which_a_figure_is_missing_that_others_before_it_had_and_had_not():
    """What is recommended, and all that belongs to it, is there in the second alone."""
    open_, decided = (
        scenario({"project": {"name": "A", "start": "2026-12-01"}, "answers": answers})
        for answers in ({}, {"shifting": "yes", "ai_generated": "yes", "leadership": "yes"})
    )
    given = [open_, decided, decided, open_, decided]
    for one, content in zip(given, stamped(given, Kind(), chunks=(1, 2, 3, 4)), strict=True):
        assert content == build(one, 0, Edition.light)


@pytest.mark.parametrize("edition", Edition)
def test_so_does_one_with_user_defined_paths_and_a_large_simulation(edition):
    generator = random.Random(3)
    while not (first := scenario(random_scenarios.random_scenario(generator))).paths:
        continue
    other = {"horizon_months": 3, "name": "_x0041_ <&> \u00e9", "owner": "=1+1"}
    given = [first, first.model_copy(update={"project": first.project.model_copy(update=other)})]
    for one, content in zip(given, stamped(given, Kind(50, edition), chunks=()), strict=True):
        assert contents(content) == contents(build(one, 50, edition))


OF_PATH = (
    "label", "total", "npv", "paid", "own_time", "losses", "same_scope", "invoiced", "best", "worst", "weeks_to_stable",
    "core_cost",
)  # fmt: skip


def test_the_manifest_holds_the_figures_and_sentences_that_calc_gives():
    portfolio = list(Portfolio(EXAMPLE))[:40]
    workbooks = made([Order(row.number, row.id, "", row.scenario()) for row in portfolio], Kind())
    for workbook, result in zip(
        workbooks, results([row.scenario() for row in portfolio], flips=False, trials=0), strict=True
    ):
        choice, paths, figures = result["recommendation"], result["paths"], workbook.figures
        path = paths.get(choice["path"], {})
        for name in ("status", "provisional", "cheapest"):
            assert figures[name] == choice[name]
        assert figures["recommendation"] == choice["path"]
        assert {name: figures[name] for name in OF_PATH} == pytest.approx({name: path.get(name) for name in OF_PATH})
        assert [alert["id"] for alert in figures["alerts"]] == [alert["id"] for alert in choice["alerts"]]
        assert (figures["budget"] is None) == (choice["budget"] is None)
        for name in ("amount", "invoiced", "headroom") if choice["budget"] else ():
            assert figures["budget"][name] == pytest.approx(choice["budget"][name])
        reason = paths[choice["cheapest"]]["why_not"] if choice["cheapest"] else None
        assert (figures["why_not"] and figures["why_not"]["text"]) == (reason and reason["text"])


def test_both_editions_show_the_same_answer():
    orders = [Order(row.number, row.id, "", row.scenario()) for row in list(Portfolio(EXAMPLE))[:6]]
    full, light = ([one.figures for one in made(orders, Kind(0, edition))] for edition in Edition)
    assert full == light


def test_a_workbook_of_a_chunk_has_the_template_of_one_made_alone():
    given = [random_scenarios.random_scenario(random.Random(seed)) for seed in range(6)]
    several = [scenario({name: part for name, part in one.items() if name != "paths"}) for one in given]
    building._layout.cache_clear()
    together = building.package(several, 0).bytes(0)
    building._layout.cache_clear()
    assert building.package(several[:1], 0).bytes(0) == together
