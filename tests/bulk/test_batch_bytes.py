"""A batch makes the same workbooks, and gives the same figures, as the other commands."""

import random

import pytest

from calc.results import results
from calc.scenario import scenario
from tests.bulk.batches import EXAMPLE, THOROUGH
from tests.definition import scenarios as random_scenarios
from workbook.bulk.batch.making import Order, made
from workbook.bulk.portfolio import Portfolio
from workbook.files.archive import contents
from workbook.write import build as building
from workbook.write.build import build, live_range


def stamped(scenarios, runs, chunks):
    """The workbooks of scenarios, made in chunks that end at these rows."""
    orders = [Order(n, str(n), "", scenario) for n, scenario in enumerate(scenarios)]
    ends = [0, *chunks, len(orders)]
    return [workbook.content for n in range(len(ends) - 1) for workbook in made(orders[ends[n] : ends[n + 1]], runs)]


def test_a_workbook_of_a_batch_equals_byte_for_byte_the_one_that_build_makes_of_its_scenario():
    entries = list(Portfolio(EXAMPLE))
    chosen = [entry.scenario() for entry in random.Random(7).sample(entries, 40)]
    workbooks = stamped(chosen, 0, chunks=(12, 30, 31))
    for number in range(40) if THOROUGH else (20, 30, 36):
        wanted = build(chosen[number], 0)
        assert contents(workbooks[number]) == contents(wanted)
        assert workbooks[number] == wanted


def test_so_does_one_with_user_defined_paths_and_a_large_simulation():
    generator = random.Random(3)
    while not (first := scenario(random_scenarios.random_scenario(generator))).paths:
        continue
    second = first.model_copy(update={"project": first.project.model_copy(update={"horizon_months": 3})})
    third = first.model_copy(
        update={"project": first.project.model_copy(update={"name": "_x0041_ <&> \u00e9", "owner": "=1+1"})}
    )
    workbooks = stamped([first, second, third], 50, chunks=(2,))
    for scenario_, content in zip((first, second, third), workbooks, strict=True):
        assert contents(content) == contents(build(scenario_, 50))


def test_the_manifest_holds_the_figures_that_calc_gives(tmp_path):
    portfolio = list(Portfolio(EXAMPLE))[:40]
    scenarios = [row.scenario() for row in portfolio]
    workbooks = made([Order(row.number, row.id, "", row.scenario()) for row in portfolio], 0)
    for row, workbook, result in zip(portfolio, workbooks, results(scenarios, flips=False), strict=True):
        choice, path = result["recommendation"], result["paths"].get(result["recommendation"]["path"], {})
        figures = workbook.figures
        assert (figures["recommendation"], figures["cheapest"]) == (choice["path"], choice["cheapest"])
        assert figures["provisional"] == choice["provisional"]
        for name in ("label", "total", "npv", "best", "worst", "weeks_to_stable", "core_cost"):
            assert figures[name] == (
                pytest.approx(path[name], rel=1e-12) if name in path and name != "label" else path.get(name)
            )
        if choice["path"]:
            assert (figures["p10"], figures["p90"]) == pytest.approx(
                live_range(row.scenario(), choice["path"]), rel=1e-12
            )


def test_a_workbook_of_a_chunk_has_the_template_of_one_made_alone():
    given = [random_scenarios.random_scenario(random.Random(seed)) for seed in range(6)]
    several = [scenario({name: part for name, part in one.items() if name != "paths"}) for one in given]
    building._formulas.cache_clear()
    together = building.package(several, 0).bytes(0)
    building._formulas.cache_clear()
    assert building.package(several[:1], 0).bytes(0) == together
