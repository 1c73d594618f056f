"""Money in another currency than the dollar: what is published in USD is converted, defaults and bounds too."""

import json
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from calc.model import model_for
from calc.results import results
from calc.scenario import Refused, normal_form, scenario
from calc.scenario.new_text import template
from calc.scenario.schema import FIELDS
from calc.sensitivity.factors import factors
from calc.udfs.scenarios import scenarios_in
from tests import engines
from tests.engines import ironcalc_engine
from workbook.bulk.portfolio import Portfolio
from workbook.command import app
from workbook.receive.reading import read
from workbook.write.build import build
from workbook.write.edition import Edition
from workbook.write.sheets.validation import of_field

INR = {"currency": "INR", "usd_rate": 84}


def given(money=None, overrides=None, **project):
    data = {"project": {"name": "x", "start": "2026-12-01"} | project}
    return data | ({"money": money} if money else {}) | ({"overrides": overrides} if overrides else {})


def refusal(data):
    with pytest.raises(Refused) as refused:
        scenario(data)
    return [str(fault) for fault in refused.value.faults]


def totals(data):
    [result] = results([scenario(data)], flips=False, trials=0)
    return {path: found["total"] for path, found in result["paths"].items()}


# ------------------------------------------------------------------------------------------------ defaults and bounds


@pytest.mark.parametrize(("currency", "rate"), [("INR", 84), ("JPY", 150), ("KWD", 0.307), ("EUR", 0.92)])
def test_a_project_that_says_nothing_of_money_costs_in_any_currency_what_it_costs_in_dollars(currency, rate):
    dollars = totals(given())
    assert totals(given(currency=currency, usd_rate=rate)) == pytest.approx({p: t * rate for p, t in dollars.items()})


def test_an_hour_of_a_leader_in_india_is_10920_rupees_at_84_to_the_dollar_where_nothing_is_said():
    assert normal_form(scenario(given(**INR)))["money"]["leader_rate"] == 10_920
    assert totals(given(**INR)) == totals(given({"leader_rate": 10_920}, **INR))


def test_a_leader_may_cost_up_to_168000_rupees_an_hour_at_84_to_the_dollar():
    assert scenario(given({"leader_rate": 5_000}, **INR)).money.leader_rate == 5_000
    assert scenario(given({"leader_rate": 168_000}, **INR)).money.leader_rate == 168_000
    [fault] = refusal(given({"leader_rate": 168_001}, **INR))
    assert "a number from 0 to 168,000 (2,000 USD at 84 INR per USD), or empty for 10,920, for example 10920" in fault


def test_a_leader_may_cost_no_more_than_614_dinars_an_hour_at_0_307_to_the_dollar():
    dinars = {"currency": "KWD", "usd_rate": 0.307}
    assert scenario(given({"leader_rate": 614}, **dinars)).money.leader_rate == 614
    assert "a number from 0 to 614 (2,000 USD" in refusal(given({"leader_rate": 615}, **dinars))[0]


@pytest.mark.parametrize("field", ["revenue_loss_per_month", "incident_cost", "budget"])
def test_every_amount_of_the_project_is_bounded_in_dollars(field):
    assert scenario(given({field: 80e12}, **INR))
    assert "1,000,000,000,000 USD at 84 INR per USD" in refusal(given({field: 85e12}, **INR))[0]


def test_an_end_of_a_range_of_money_is_bounded_like_its_middle():
    assert "1,000,000,000,000 USD" in refusal(given({"incident_cost": [0, 1, 85e12]}, **INR))[0]


def test_own_figures_are_in_the_currency_of_the_project_and_bounded_in_dollars():
    assert scenario(given(overrides={"freelancer": {"rate": 80e9}}, **INR))
    [fault] = refusal(given(overrides={"freelancer": {"rate": [1, 2, 85e9]}}, **INR))
    assert "a number from 0 to 84,000,000,000 (1,000,000,000 USD at 84 INR per USD), or low, likely and high" in fault
    assert fault.endswith("for example 8400")
    assert refusal(given(overrides={"freelancer": {"rate": 80e9}}))


def test_settings_of_the_decision_keep_their_bounds_in_every_currency():
    assert refusal(given(overrides={"decision": {"under_gate_budget": 100_001}}, **INR))


def test_the_leaders_rate_swings_around_10920_rupees_in_the_sensitivities():
    one = scenario(given(**INR))
    [rate] = [factor for factor in factors(model_for(), one) if factor.id == "money.leader_rate"]
    assert (rate.current, rate.low, rate.high) == pytest.approx((10_920, 0.7 * 10_920, 1.3 * 10_920))


# ------------------------------------------------------------------------------------------------ no rate


def test_a_currency_without_a_rate_is_asked_about():
    [fault] = refusal(given(currency="INR"))
    assert fault == "project.usd_rate   is missing: how many INR is one USD?   for example 0.92 for EUR"


def test_the_example_of_a_rate_names_its_currency_wherever_it_stands():
    [fault] = refusal(given(currency="INR", usd_rate=0))
    assert fault.endswith("allowed: a number above 0, up to 1,000,000, for example 0.92 for EUR")
    assert "for example 0.92 for EUR." in template("x", date(2026, 12, 1)).replace("\n# ", " ")
    assert "Example: 0.92 for EUR." in of_field(FIELDS["project.usd_rate"])["prompt"]


def test_where_the_rate_is_missing_nothing_is_said_of_amounts_that_it_would_convert():
    assert (
        len(refusal(given({"leader_rate": 5_000, "budget": 5e13}, {"freelancer": {"rate": 80e9}}, currency="INR"))) == 1
    )
    assert len(refusal(given({"leader_rate": -1}, currency="INR"))) == 2


def test_a_rate_of_exactly_1_is_taken_for_a_currency_that_is_pegged():
    assert scenario(given(currency="BSD", usd_rate=1)).project.usd_rate == 1


ROWS = {
    "portfolio.csv": "project.name,project.start,project.currency\nx,2026-12-01,INR\n",
    "portfolio.jsonl": json.dumps({"project": {"name": "x", "start": "2026-12-01", "currency": "INR"}}) + "\n",
}


@pytest.mark.parametrize("name", [*ROWS, "portfolio.xlsx"])
def test_a_row_of_a_portfolio_without_a_rate_is_refused(tmp_path, name):
    path = tmp_path / name
    if name.endswith(".xlsx"):
        book = openpyxl.Workbook()
        for line in ROWS["portfolio.csv"].splitlines():
            book.active.append(line.split(","))
        book.save(path)
    else:
        path.write_text(ROWS[name])
    [entry] = Portfolio(path)
    with pytest.raises(Refused, match="how many INR is one USD"):
        entry.scenario()


def test_a_file_of_defaults_that_gets_another_currency_is_asked_about_its_rate():
    runner = CliRunner()
    fresh = runner.invoke(app, ["new", "-"]).stdout
    ended = runner.invoke(app, ["calc", "-"], input=fresh.replace('currency = "USD"', 'currency = "INR"'))
    assert ended.exit_code == 4
    assert "how many INR is one USD?" in ended.stderr


def test_a_row_of_a_range_is_judged_by_its_own_rate():
    head = ("project.currency", "project.usd_rate", "money.leader_rate", "freelancer.rate")
    rows = [("INR", 84.0, 5_000.0, 8e10), ("USD", None, 5_000.0, None), ("INR", None, 100.0, None), (None, None, 2_000.0, None),
            ("KWD", 0.3, 700.0, None), ("USD", 1.0, None, 8e10), ("INR", 84.0, None, None)]  # fmt: skip
    found = scenarios_in([head, *rows])
    assert sorted(found.faults) == [1, 2, 4, 5]
    assert "how many INR is one USD" in found.faults[2]
    assert "a number from 0 to 600" in found.faults[4]
    paths = list(model_for().structure.path_ids)
    now = found.values(["total"], None)["total"][6]
    assert dict(zip(paths, now, strict=True)) == pytest.approx(totals(given(**INR)))


# ------------------------------------------------------------------------------------------------ the workbook


TYPED = {
    "nothing": {},
    "rupees": {"in_currency": "INR"},
    "rupees at 84": {"in_currency": "INR", "in_usd_rate": 84.0},
}


def in_file(path, data):
    """The workbook of a project without its trials, which no money is typed into, in a file."""
    path.write_bytes(build(scenario(data), 0, Edition.light))
    return path


@pytest.fixture(scope="module")
def in_rupees(tmp_path_factory):
    """The workbook of a project in rupees that says nothing else."""
    return in_file(tmp_path_factory.mktemp("rupees") / "a.xlsx", given(**INR))


@pytest.fixture(scope="module")
def anew(tmp_path_factory):
    """The values of a workbook in dollars after each typing, by sheet and cell, and the cells of the names in it."""
    engines.need(ironcalc_engine)
    path = in_file(tmp_path_factory.mktemp("dollars") / "a.xlsx", given())
    cells_of = places(path)
    edits = {key: {cells_of[name]: value for name, value in typed.items()} for key, typed in TYPED.items()}
    return {key: ironcalc_engine.recalculate(path, typed) for key, typed in edits.items()}, cells_of


def places(path):
    """Sheet and cell of each name."""
    names = openpyxl.load_workbook(path, read_only=True).defined_names
    return {name: tuple(found.attr_text.replace("$", "").split("!")) for name, found in names.items()}


def test_what_may_be_typed_for_money_follows_the_exchange_rate(in_rupees):
    book = openpyxl.load_workbook(in_rupees)
    rules = {
        (name, str(area)): (rule.formula1, rule.formula2, rule.prompt)
        for name in ("Inputs", "Parameters")
        for rule in book[name].data_validations.dataValidation
        for area in rule.sqref.ranges
    }
    low, high, prompt = rules[places(in_rupees)["in_leader_rate"]]
    assert (low, high) == ("0", "2000*in_usd_rate")
    assert "a number from 0 to 2,000 USD at the exchange rate, or empty for 130 USD" in prompt
    money = {high for low, high, _ in rules.values() if high and "in_usd_rate" in high}
    assert money == {"2000*in_usd_rate", "1000000000000*in_usd_rate", "1000000000*in_usd_rate"}


def test_a_workbook_that_says_nothing_of_the_leader_has_an_empty_cell_and_reads_as_saying_nothing(in_rupees):
    sheet, cell = places(in_rupees)["in_leader_rate"]
    assert openpyxl.load_workbook(in_rupees)[sheet][cell].value is None
    assert read(in_rupees).scenario.money.leader_rate is None
    ended = CliRunner().invoke(app, ["read", str(in_rupees)])
    assert ended.exit_code == 0
    assert "leader_rate" not in ended.stdout


def test_another_rate_in_the_workbook_changes_the_leaders_time_that_nobody_typed(anew):
    values, cells_of = anew
    for path, total in totals(given(**INR)).items():
        assert values["rupees at 84"][cells_of[f"total_{path}"]] == pytest.approx(total)


def test_a_workbook_in_rupees_at_a_rate_of_1_shows_the_alert_live(anew):
    values, cells_of = anew
    alert = cells_of["alert_text_currency"]
    assert values["rupees"][alert].startswith("How many INR is one USD?")
    assert values["rupees"]["Inputs", "C3"] == values["rupees"][alert]
    assert not values["nothing"].get(alert)
    assert not values["rupees at 84"].get(alert)


@pytest.mark.parametrize("command", ["read", "calc"])
def test_a_workbook_in_rupees_at_a_rate_of_1_is_taken_with_a_note(tmp_path, command):
    path = in_file(tmp_path / "a.xlsx", given(currency="INR", usd_rate=1))
    ended = CliRunner().invoke(app, [command, str(path)])
    assert ended.exit_code == 0
    assert "note: how many INR is one USD?" in ended.stderr
