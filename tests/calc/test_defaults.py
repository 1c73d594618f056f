"""A company's defaults hold where a scenario says nothing, each with its basis, and never against what it says."""

import pytest

from calc.difference import difference
from calc.results import explanation, results
from calc.scenario import Defaults, Refused, as_given, defaults_from_text, from_text, scenario

COMPANY = """
[project]
currency = "EUR"
usd_rate = 0.92
discount_rate = "10 %"
[money]
leader_rate = 120
[weights]
leval = 2
[overrides.freelancer]
rate = [69, 92, 138]
rework = [0.1, 0.2, 0.35]
[overrides.decision]
under_gate_budget = 4000
[basis.freelancer]
rework = "own history, n = 41"
[paths.two_steps]
label = "Two steps"
phases = [{ work = "core", model = "freelancer", share = 1 }, { work = "run", model = "full_time" }]
[mail]
host = "smtp.example.com"
sender = "projects@example.com"
"""
PLAIN = {"project": {"name": "A", "start": "2026-12-01"}}


@pytest.fixture(scope="module")
def company():
    return defaults_from_text(COMPANY, "company.toml")


def test_what_a_scenario_leaves_out_is_the_companys(company):
    made = scenario(PLAIN, defaults=company)
    assert (made.project.currency, made.project.usd_rate, made.project.discount_rate) == ("EUR", 0.92, 0.1)
    assert made.overrides["freelancer"]["rate"].model_dump() == {"low": 69, "likely": 92, "high": 138}
    assert made.weights == {"leval": 2}
    assert list(made.paths) == ["two_steps"]
    assert company.mail.host == "smtp.example.com"


def test_what_a_scenario_says_wins_value_by_value(company):
    said = {"overrides": {"freelancer": {"rework": 0.5}}, "weights": {"leval": 1}, "money": {"leader_rate": 90}}
    made = scenario(PLAIN | said, defaults=company)
    assert made.overrides["freelancer"]["rework"] == 0.5
    assert made.overrides["freelancer"]["rate"].likely == 92
    assert made.weights == {"leval": 1}
    assert "leval" not in made.basis.get("weights", {})
    assert made.basis["freelancer"] == {"rate": "company default"}


def test_money_of_the_defaults_is_converted_into_the_currency_of_the_scenario(company):
    project = PLAIN["project"] | {"currency": "INR", "usd_rate": 92.0}
    made = scenario({"project": project}, defaults=company)
    assert made.overrides["freelancer"]["rate"].model_dump() == pytest.approx(
        {"low": 6900, "likely": 9200, "high": 13800}
    )
    assert made.money.leader_rate == pytest.approx(12_000)
    assert made.overrides["freelancer"]["rework"].likely == 0.2
    assert made.overrides["decision"]["under_gate_budget"] == 4000  # settings stay in US dollars
    assert "currency" not in made.basis["project"]


def test_the_rate_of_another_currency_is_still_asked_for(company):
    with pytest.raises(Refused, match="how many INR is one USD"):
        scenario({"project": PLAIN["project"] | {"currency": "INR"}}, defaults=company)
    assert scenario({"project": PLAIN["project"] | {"currency": "eur"}}, defaults=company).project.usd_rate == 0.92


def test_an_amount_is_read_in_the_currency_of_the_defaults(company):
    assert scenario(PLAIN | {"money": {"budget": "€ 30000"}}, defaults=company).money.budget == 30_000
    with pytest.raises(Refused, match="is it meant in EUR"):
        scenario(PLAIN | {"money": {"budget": "$30000"}}, defaults=company)


def test_a_basis_is_shown_and_changes_no_result(company):
    made = scenario(PLAIN, defaults=company)
    [result] = results([made], trials=0)
    shown = explanation(result)["basis"]
    assert shown["overrides.freelancer.rework"] == "company default (own history, n = 41)"
    assert shown["project.currency"] == "company default"
    said = {key: value for key, value in as_given(made).items() if key != "basis"}
    assert difference(made, scenario(said))["same"]


def test_a_scenario_may_give_the_basis_of_its_own_figures():
    text = '[project]\nname = "A"\nstart = 2026-12-01\n[overrides.freelancer]\nrework = 0.2\n[basis.freelancer]\nrework = "own history, n = 7"\n'
    made = from_text(text, "a.toml")
    assert as_given(made)["basis"] == {"freelancer": {"rework": "own history, n = 7"}}
    with pytest.raises(Refused, match=r"line 7 \(basis.freelancer.rework\).*which is not given"):
        from_text(text.replace("rework = 0.2", "rate = 90"), "a.toml")
    with pytest.raises(Refused, match="120 characters"):
        from_text(text.replace("n = 7", "n" * 120), "a.toml")


def test_every_fault_of_the_defaults_is_named_in_their_file():
    text = '[project]\nname = "A"\nusd_rate = 0\n[answers]\nshifting = "yes"\n[mail]\nport = 99999\nhst = "x"\n[weights]\nleval = 9\n'
    with pytest.raises(Refused) as refused:
        defaults_from_text(text, "company.toml")
    says = str(refused.value)
    assert says.startswith("company.toml: 6 problems")
    for part in (
        "line 2 (project.name)",
        "line 3 (project.usd_rate)",
        "line 4 (answers)",
        "line 7 (mail.port)",
        "line 8 (mail.hst)",
        "line 10 (weights.leval)",
    ):
        assert part in says


def test_no_defaults_change_nothing():
    assert scenario(PLAIN, defaults=Defaults()) == scenario(PLAIN)
    assert "basis" not in as_given(scenario(PLAIN))
