"""The single formulas over cells and ranges."""

import datetime

import numpy as np

from calc.model import model_for, user_paths
from calc.quantity import QUANTITIES
from calc.scenario.schema import Quote
from calc.udfs import formula_descriptions
from calc.udfs.single_formulas import formulas
from tests.calc.udfs.excel import NOT_AVAILABLE
from tests.calc.udfs.samples import EXAMPLES, near, scenario_at


def test_a_formula_applies_the_function_of_the_model_to_ranges(excel):
    assert excel("tco_hours", 400.0, 0.1, 0.25) == [[near(400 * 1.1 * 1.25)]]
    column = [[400.0], [200.0], [100.0]]
    assert excel("tco_hours", column, 0.1, 0.25) == [[near(hours * 1.1 * 1.25)] for [hours] in column]
    table = excel("tco_hours", column, [[0.0, 0.5]], 0.0)
    assert table == [[near(hours), near(hours * 1.5)] for [hours] in column]
    assert excel("tco_review_cost", 0.25, 40_000.0) == [[10_000]]
    assert excel("tco_replacement_cost", 2.0, 0.25, 40_000.0, 52.0, 8.0, 13.0, 0.5, 2_000.0) == [[12_000]]
    assert excel("tco_discount_factor", 0.08, [[1.0, 12.0]], 12.0) == [[near(1.08 ** (-1 / 12)), near(1 / 1.08)]]
    assert excel("tco_run_people", 1.0, [[0.2], [2.4]]) == [[1], [3]]


def test_a_formula_that_sums_accepts_a_range_of_any_shape_with_a_blank_end(excel):
    factors = [[1.0], [0.9], [0.8], [None], [None]]
    assert excel("tco_npv_formula", [[100.0, 100.0, 100.0, None, None]], factors) == [[near(270)]]
    assert excel("tco_completeness", [["yes", "unknown"], ["no", None]], [[1.0, 1.0], [1.0, 1.0]]) == [[0.5]]
    assert excel("tco_core_cost", [[1.0], [2.0]], [[1.0, 1.0, 2.0]], [[5.0, 6.0, 7.0]]) == [[11], [7]]


def test_a_formula_accepts_words_dates_and_blanks_where_they_have_a_meaning(excel):
    assert excel("tco_systemic", "no", "YES", None) == [[1]]
    assert excel("tco_systemic", "no", False, [[None]]) == [[0]]
    assert excel("tco_value", "worst", 1.0, 2.0, 3.0) == [[3]]
    start = excel("tco_start_workday", datetime.datetime(2026, 12, 1), 2.0, 7.0, 5.0)
    assert start == [[33111]]
    assert excel("tco_stage_start_date", start, [[1.0], [2.0]], 5.0, 7.0, 2.0) == [[46357 + 7], [46357 + 14]]
    assert excel("tco_low", 60.0, 1.0, [[None]], [[None]]) == [[60]]
    assert excel("tco_cost_per_stable_month", 100.0, [[0.0], [4.0]]) == [[""], [25]]
    assert excel("tco_labour_cost", *[[[1.0]]] * 13) == excel("tco_labour_cost", True, *[1.0] * 12)


def test_a_fault_of_a_formula_appears_in_its_row(excel):
    column = [[400.0], ["4OO"], [None], [NOT_AVAILABLE], [100.0]]
    first, text, blank, error, last = (cells[0] for cells in excel("tco_hours", column, 0.0, 0.0))
    assert (first, last) == (400, 100)
    assert text == 'base_hours: found "4OO" (text); allowed: a number'
    assert blank == ""
    assert error == "base_hours: found the error #N/A; allowed: a number"
    assert excel("tco_hours", [[400.0]], None, 0.0) == [["hidden_share: found an empty cell; allowed: a number"]]
    assert excel("tco_hours", [[1.0], [2.0]], [[1.0], [2.0], [3.0]], 0.0)[0][0].startswith(
        "hidden_share: found 3 x 1 cells; allowed: 2 x 1"
    )
    assert excel("tco_run_load", 40.0, 0.0, 4.3)[0][0] == "these values give no number; allowed: no division by 0"
    assert excel("tco_run_load", 0.0, 0.0, 4.3)[0][0] == "these values give no number; allowed: no division by 0"
    assert excel("tco_systemic", "yes", "maybe", "no")[0][0].endswith(
        'found "maybe" (text); allowed: yes, no or unknown'
    )
    assert (
        excel("tco_npv_formula", [[1.0, "x"]], [[1.0, 1.0]])[0][0] == 'all_spend: found "x" (text); allowed: a number'
    )


# Their plain names are functions of a whole scenario.
OF_SCENARIOS = ("total", "npv", "fit", "same_scope", "status", "why_not")


# With payment terms, so that the formulas of invoices have something to work on.
QUOTE = Quote(vendor="Northlight", model="freelancer", rate=90, hours=300, deposit=0.3, monthly=0.7, net_days=30)


def test_every_formula_agrees_with_the_model(excel):
    """Each formula by itself, over the values that the model gives its arguments, element by element."""
    scenario = scenario_at(EXAMPLES[0]).model_copy(update={"quotes": [QUOTE]})
    model = model_for(user_paths(scenario))
    known = model.graph.evaluate(model.inputs([scenario]), list(QUANTITIES), everything=True)
    for quantity in QUANTITIES.values():
        if quantity.name == "weeks_to_stable":
            continue
        node = model.graph.node(quantity.name)
        summed = [argument.collapsed for argument in node.arguments]
        place = tuple(0 for _ in quantity.over)
        given = []
        for argument, name in zip(node.arguments, quantity.arguments, strict=True):
            over = model.graph.node(argument.node).over
            array = known[argument.node][0] if argument.node in known else model.static[argument.node][0]
            index = tuple(slice(None) if d == argument.collapsed else place[quantity.over.index(d)] for d in over)
            value = np.asarray(array, dtype=float)[index]
            value = np.where(np.isnan(value), None, value.astype(object)) if np.isnan(value).any() else value
            given.append([np.ravel(value).tolist()] if argument.collapsed else [[np.asarray(value).item()]])
            assert name.startswith("all_") == bool(argument.collapsed)
        suffix = "_formula" if quantity.name in OF_SCENARIOS else ""
        [[found]] = excel(f"tco_{quantity.name}{suffix}", *given)
        expected = float(np.asarray(known[quantity.name], dtype=float)[(0, *place)])
        assert found == ("" if np.isnan(expected) else near(expected)), (quantity.name, summed)


def test_every_argument_of_every_formula_is_described():
    for quantity in QUANTITIES.values():
        for argument in quantity.arguments:
            assert formula_descriptions.description(argument).strip()


def test_an_argument_that_is_left_out_is_named():
    functions = {function.__name__: function for function in formulas()}
    for name, missing in (("tco_duration", "people_stopped_by_one"), ("tco_replacement_cost", "annual_cost")):
        assert str(functions[name]()).count(f"{missing}: found an empty cell") == 1
    for function in functions.values():
        assert "internal error" not in str(function())
