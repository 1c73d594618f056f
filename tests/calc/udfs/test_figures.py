"""The figures of the examples are those of `calc --json`."""

import numpy as np
import pytest

from calc import catalogue
from calc.break_even import break_even
from calc.model import DAY_ZERO, model_for
from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.simulation import RANDOM_TRIALS, SEED, simulate
from tests.calc.test_plan import later
from tests.calc.udfs.samples import EXAMPLES, listed, near, scenario_at, tabulated
from workbook.write.answer import answer, reading
from workbook.write.build import book
from workbook.write.edition import Edition

KINDS = ("same_scope", "paid", "own_time", "losses", "invoiced")


def test_totals_present_values_and_fits_are_those_of_calc_json(excel, example):
    ids = [list(example.paths)]
    for name, figure in (
        ("tco_total", "total"),
        ("tco_npv", "npv"),
        ("tco_same_scope", "same_scope"),
        ("tco_fit", "fit"),
    ):
        assert excel(name, example.range, ids) == [[near(path[figure]) for path in example.paths.values()]]
    chosen = example.paths[example.result["recommendation"]["path"]]
    assert excel("tco_total", example.range) == [[near(chosen["total"])]]


def test_best_and_worst_cases_are_those_of_calc_json(excel, example):
    for case in ("best", "worst"):
        found = excel("tco_total", example.range, [list(example.paths)], case)
        assert found == [[near(path[case]) for path in example.paths.values()]]


def test_cost_lines_are_those_of_calc_json(excel, example):
    found = excel("tco_line", example.range, [[line] for line in LINES], [list(example.paths)])
    assert found == [[near(path["lines"][line]) for path in example.paths.values()] for line in LINES]


def test_months_are_those_of_calc_json(excel, example):
    for path, figures in example.paths.items():
        assert excel("tco_months", example.range, path) == [near(figures["months"])]


def test_any_figure_of_a_path_is_that_of_calc_json(excel, example):
    for figure in (*KINDS, "weeks_to_stable", "core_cost", "real_rate", "headline_rate", "peak_month"):
        found = excel("tco_figure", example.range, figure, [list(example.paths)])
        assert found == [[near(path[figure]) for path in example.paths.values()]]


def test_the_table_holds_every_path_as_calc_json_does(excel, example):
    heads, *rows = excel("tco_table", example.range)
    for row, (path, figures) in zip(rows, example.paths.items(), strict=True):
        cells = dict(zip(heads, row, strict=True))
        assert (cells["Id"], cells["Path"]) == (path, figures["label"])
        assert cells["Recommended"] == (path == example.result["recommendation"]["path"])
        assert cells["Eligible"] == figures["eligible"]
        assert cells["Core done within the horizon"] == figures["finished"]
        assert [cells[QUANTITIES[name].label] for name in ("total", "npv", "fit")] == near(
            [figures["total"], figures["npv"], figures["fit"]]
        )
        assert [cells[QUANTITIES[name].label] for name in KINDS] == near([figures[name] for name in KINDS])
        assert cells[QUANTITIES["evidence"].label] == figures["evidence"]
        assert [cells[QUANTITIES[name].label] for name in LINES.values()] == near(list(figures["lines"].values()))
        assert [cells["Best case"], cells["Worst case"]] == near([figures["best"], figures["worst"]])


def test_the_recommendation_is_that_of_calc_json(excel, example):
    choice = example.result["recommendation"]
    for what in ("path", "cheapest", "best_fit", "runner_up"):
        assert excel("tco_recommend", example.range, what) == [[choice[what] or "none"]]
    assert excel("tco_recommend", example.range) == [[choice["path"] or "none"]]
    assert excel("tco_recommend", example.range, "completeness") == [[near(choice["completeness"])]]
    assert excel("tco_recommend", example.range, "provisional") == [[float(choice["provisional"])]]
    assert excel("tco_status", example.range) == [[choice["status"]]]


@pytest.mark.parametrize("budget", [None, 5000.0])
def test_alerts_and_why_not_are_the_sentences_of_the_workbook(excel, example, budget):
    scenario = example.scenario
    if budget:
        scenario = scenario.model_copy(update={"money": scenario.money.model_copy(update={"budget": budget})})
    range_ = listed(scenario)
    made = book([scenario], 0, edition=Edition.light)
    made.finish()
    shown = answer(made, reading(made, 0))
    assert excel("tco_alerts", range_) == [
        ["Alert", "Sentence"],
        *([one["id"], one["text"]] for one in shown["alerts"]),
    ]
    said = {one["id"]: one["text"] for one in shown["alerts"]}
    for alert in ("above_budget", "seller", "late"):
        assert excel("tco_alerts", range_, alert) == [[said.get(alert, "")]]
    heads, *rows = excel("tco_why_not", range_)
    for row, path in zip(rows, made.structure.paths, strict=True):
        text = reading(made, 0)(*made.names[f"why_not_text_{path.id}"])
        assert (row[0], row[-1]) == (path.id, text)
        assert excel("tco_why_not", range_, path.label) == [[text]]
    if shown["why_not"]:
        [row] = [dict(zip(heads, row, strict=True)) for row in rows if row[0] == shown["cheapest"]]
        assert row["Kind"] == shown["why_not"]["kind"]
        assert row["Same scope against the recommended"] == near(shown["why_not"]["amount"])
    assert excel("tco_recommend", range_, "headroom") == [
        [near(shown["budget"]["headroom"]) if shown["budget"] else ""]
    ]
    assert excel("tco_recommend", range_, "invoiced") == [[near(round(shown["invoiced"], 2))]]


def test_lenses_are_those_of_calc_json(excel, example):
    heads, *rows = excel("tco_lens", example.range)
    assert [row[0] for row in rows] == list(example.result["lenses"])
    for row, (lens, state) in zip(rows, example.result["lenses"].items(), strict=True):
        cells = dict(zip(heads, row, strict=True))
        support = [cells["Support for the freelancer"], cells["Support for the alternative"]]
        assert support == near([state["support"]["freelancer"], state["support"]["alternative"]])
        assert (cells["Lean"], cells["Verdict"]) == (near(state["lean"]), state["verdict"])
        assert excel("tco_lens", example.range, lens) == [[near(state["lean"])]]
        assert excel("tco_lens", example.range, lens, "verdict") == [[state["verdict"]]]


def test_why_names_the_rules_and_gates_of_calc_json(excel, example):
    _, *rows = excel("tco_why", example.range)
    lenses, gates = example.result["lenses"].values(), example.result["gates"]
    fired = [rule for lens in lenses for rule in lens["fired"]]
    assert [row[1] for row in rows if row[0] == "rule"] == fired
    assert [row[1] for row in rows if row[0] == "gate"] == [gate for gate, state in gates.items() if state["fired"]]
    decided = {lens[kind] for lens in lenses for kind in ("ladder", "indicator")} - {None}
    assert {row[1] for row in rows if row[0] in ("ladder", "indicator")} == decided
    for row in rows:
        if row[0] == "gate":
            assert row[2] == "excludes " + (", ".join(gates[row[1]]["excludes"]) or "no path")


def test_the_plan_has_the_phases_of_calc_json_with_dates_but_no_feature_work_that_there_is_none_of(excel, example):
    start = (example.scenario.project.start - DAY_ZERO).days
    featureless = example.scenario.work.feature_hours_per_month == 0
    for path, figures in example.paths.items():
        _, *rows = excel("tco_plan", example.range, path)
        costs = [(phase, sum(phase["lines"].values())) for phase in figures["phases"]]
        phases = [phase for phase, cost in costs if phase["work"] != "run" or cost or not featureless]
        for row, phase in zip(rows, phases, strict=True):
            assert (row[1], row[2]) == (phase["work"], phase["model"])
            assert row[3:5] == near([phase["start_week"], phase["end_week"]])
            assert row[5:7] == [later(start, phase[week]) for week in ("start_week", "end_week")]
            assert sum(row[7:10]) == near(sum(phase["lines"].values()))
            assert row[10] == near(phase["paid_by_then"])


def test_break_evens_are_those_of_the_model(excel, example):
    for second in ("full_time", "remediate_then_hire"):
        expected = break_even(model_for(), example.scenario, "freelancer", second)
        for what in ("revenue_loss_per_month", "core_hours", "month"):
            crossing = getattr(expected, what)
            found = excel("tco_break_even", example.range, "freelancer", second, what)
            assert found == [["never within the range" if crossing is None else near(crossing.at)]]
    if example.result["recommendation"]["runner_up"]:
        assert [len(row) for row in excel("tco_break_even", example.range)] == [4] * 4
    else:
        assert excel("tco_break_even", example.range)[0][0].startswith(
            "second: no such path is recommended (tco_status says why); allowed: the id"
        )


def test_the_simulation_is_the_one_of_the_command(excel, example):
    expected = simulate(model_for(), example.scenario, RANDOM_TRIALS, SEED)
    _, *rows = excel("tco_simulate", example.range)
    chances = (expected.chance_cheapest, expected.chance_cheapest_eligible)
    paid = (expected.paid_p50, expected.paid_p80, expected.chance_over_budget)
    columns = (expected.p10, expected.p50, expected.p80, expected.p90, *chances, *paid)
    assert [row[0] for row in rows] == list(example.paths)
    found = np.array([[np.nan if cell == "" else cell for cell in row[2:]] for row in rows], dtype=float)
    assert found == pytest.approx(np.stack([each.value for each in columns], axis=1), nan_ok=True)
    assert excel("tco_simulate", example.range, 200.0, 7.0) != excel("tco_simulate", example.range, 200.0, 8.0)


def test_a_fact_has_its_range_unit_and_source(excel):
    rate = catalogue.parameters()["freelancer"]["rate"]
    [row] = excel("tco_fact", "freelancer.rate")
    assert row == [60, 100, 150, "USD/h", "source", rate.citation, "Hourly rate"]
    assert excel("tco_fact", [["freelancer.rate"], ["decision.core_weight"]], "likely") == [[100], [0.75]]
    assert excel("tco_fact", "firm_fee", "unit") == [[catalogue.figures()["firm_fee"].unit]]
    rows = excel("tco_fact")
    assert len(rows) == 1 + len(catalogue.parameter_rows()) + len(catalogue.settings()) + len(catalogue.figures())


def test_one_call_with_a_table_of_all_examples_equals_a_call_for_each(excel):
    scenarios = [scenario_at(path) for path in EXAMPLES]
    table = tabulated(scenarios)
    for name, more in (("tco_total", ["freelancer"]), ("tco_npv", []), ("tco_recommend", []), ("tco_line", ["rework"])):
        alone = [excel(name, listed(scenario), *more) for scenario in scenarios]
        assert excel(name, table, *more) == [[near(cell)] if isinstance(cell, float) else [cell] for [[cell]] in alone]
    months = excel("tco_months", table, "full_time")
    assert len({len(row) for row in months}) == 1
    for row, scenario in zip(months, scenarios, strict=True):
        [expected] = excel("tco_months", listed(scenario), "full_time")
        assert row[: len(expected)] == near(expected)
        assert set(row[len(expected) :]) <= {""}
