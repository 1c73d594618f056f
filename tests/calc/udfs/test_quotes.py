"""Quotes in a range: rows called like the columns of a portfolio, each quote one more path."""

import pytest

from calc import udfs
from calc.results import results
from calc.scenario import as_given, scenario
from calc.udfs import scenarios
from tests.calc.udfs.samples import EXAMPLES, listed, near, scenario_at

QUOTES = [
    {"vendor": "Best & Co.", "model": "production_firm", "fee": 30000, "hours": 200, "valid_until": "2027-01-31",
     "milestones": [{"share": 1, "at": 1}]},
    {"vendor": "Nord", "model": "freelancer", "rate": [80, 90, 110], "includes": ["rework"], "deposit": 0.3, "monthly": 0.7},
]  # fmt: skip
ROWS = [
    ["quotes.Nord.model", "freelancer", None, None], ["quotes.Nord.rate", 90.0, 80.0, 110.0],
    ["quotes.Nord.includes", '["rework"]', None, None], ["QUOTES.Nord.Deposit", 0.3, None, None],
    ["quotes.Nord.monthly", "0.7", None, None], ["quotes.Best & Co..model", "production_firm", None, None],
    ["quotes.Best & Co..fee", 30000.0, None, None], ["quotes.Best & Co..hours", 200.0, None, None],
    ["quotes.Best & Co..valid_until", 46418.0, None, None],
    ["quotes.Best & Co..milestones", '[{"share": 1, "at": 1}]', None, None],
]  # fmt: skip
HOURS, MODEL = ["core_hours", 300.0], ["quotes.Nord.model", "freelancer"]


@pytest.fixture(scope="module")
def whole():
    return scenario(as_given(scenario_at(EXAMPLES[0])) | {"quotes": QUOTES})


@pytest.fixture(scope="module")
def cells():
    return [*listed(scenario_at(EXAMPLES[0])), *ROWS]


def test_the_figures_are_those_of_calc_json(excel, whole, cells):
    [result] = results([whole], flips=False)
    heads, *rows = excel("tco_table", cells)
    assert [row[0] for row in rows] == list(result["paths"])
    for row in rows:
        assert row[heads.index("Total")] == near(result["paths"][row[0]]["total"])
    [[one, other]] = excel("tco_same_scope", cells, [["quote_nord", "Nord throughout"]])
    assert one == other == near(result["paths"]["quote_nord"]["same_scope"])


def test_in_any_order_and_in_a_cell_it_is_the_same_scenario(whole, cells):
    handle = udfs.tco_scenario(cells)
    scenarios.REMEMBERED.forget()
    assert udfs.tco_scenario([cells[0], *reversed(cells[1:])]) == handle
    assert (
        scenarios.one_scenario(handle).scenario.quotes == whole.quotes == scenarios.one_scenario(cells).scenario.quotes
    )


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([MODEL, ["quotes.Nord.colour", "red"]], '"quotes.Nord.colour" is not a field; a quote\'s are called like'),
        ([MODEL, ["quotes.Nord.rate", "9o"]], 'quotes.Nord.rate found "9o" (text); allowed: a number from 0'),
        ([MODEL, ["quotes.Nord.rate.low", 9.0]], "quotes.Nord.rate has a low or high value of its own but no likely one"),
        ([MODEL, ["quotes.Nord.rate", 90.0], ["quotes.Nord.milestones", "[{"]], 'quotes.Nord.milestones found "[{"'),
        ([MODEL, ["quotes.Nord.rate", 90.0], ["quotes.Nord.milestones", '[{"share": 1, "at": 0, "at": 1}]']],
         'quotes.Nord.milestones found "[{"share": 1, "at": 0, "at": 1}]" (text)'),
        ([MODEL, ["quotes.Nord.rate", 90.0], ["quotes.Nord.milestones", '[{"share": 1, "at": 2}]']],
         "quotes.Nord.milestones[1].at found 2; allowed: a number from 0 to 1"),
        ([["quotes.Nord.rate", 90.0]], "quotes.Nord.model found nothing; allowed: one of freelancer"),
    ],
)  # fmt: skip
def test_a_fault_of_a_quote_is_one_sentence(excel, rows, says):
    [[found]] = excel("tco_total", [HOURS, *rows], "freelancer")
    assert found.startswith(f"scenario: {says}")


def test_a_table_takes_no_quotes_and_says_so(excel):
    table = [["core_hours", "quotes.Nord.rate"], [300.0, 90.0]]
    assert excel("tco_total", table)[0][0].startswith(
        "scenario: a table holds no quotes, but quotes.Nord.rate; allowed"
    )
    beside = excel(
        "tco_total", [["core_hours", "hires"], [300.0, 1.0]], "freelancer", None, [["quotes.Nord.rate", 90.0]]
    )
    assert "a table holds no quotes" in beside[0][0]


def test_on_the_sheet_parameters_the_figures_of_quotes_are_read_past(excel):
    head = ["field", "low", "likely", "high", "unit", "own low", "own likely", "own high"]
    own = ["freelancer.rate", 60.0, 100.0, 150.0, "USD/h", 90.0, 90.0, 90.0]
    quoted = ["quote_nord.rate", 80.0, 80.0, 80.0, "USD/h", "", "", ""]
    assert excel("tco_total", [HOURS], "freelancer", None, [head, own, quoted]) == excel(
        "tco_total", [HOURS], "freelancer", None, [head, own]
    )
    for wrong in (["quote_nord.rate", 80.0], ["quote_nord.colour", *quoted[1:]]):
        assert "is not a field" in excel("tco_total", [HOURS], "freelancer", None, [wrong])[0][0]
