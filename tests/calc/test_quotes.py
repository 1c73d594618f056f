"""Quotes: what a scenario may say of them, what is said of them, and what `design` makes of them."""

import json
import re

import pytest

from calc.model import user_paths
from calc.results import results
from calc.scenario import Refused, as_given, scenario
from calc.scenario.quotes import quote_id
from calc.sequences import design, with_best
from tests.command.runner import run

SHOP = {"vendor": "Nordlicht", "model": "fixed_price_shop", "price": 40_000, "hours": 400}
HIRE = {"vendor": "Kanzlei", "model": "full_time", "salary": 150_000}
ANSWERS = {"from_scratch": "yes", "regulated": "yes", "long": "yes", "failure_modes": "yes", "conversations": "yes"}


def plain(*quotes, **sections):
    return {"project": {"name": "Quoted", "start": "2026-12-01"}, "quotes": list(quotes)} | sections


def result_of(given):
    [result] = results([scenario(given)], trials=0)
    return result


def faults(*quotes, **sections):
    with pytest.raises(Refused) as refused:
        scenario(plain(*quotes, **sections))
    return {fault.field: str(fault) for fault in refused.value.faults}


def test_every_fault_of_quotes_is_named_at_once_with_what_is_allowed():
    found = faults(
        SHOP | {"fee": 10_000},
        {"vendor": "Two", "model": "freelancer", "rate": "expensive"},
        {"vendor": "Three", "model": "agency", "rate": 90},
        {"vendor": "Four", "model": "freelancer", "price": 9_000, "discount": 0.1},
    )
    assert re.search("found price and fee .* rate or price", found["quotes[1]"])
    assert re.search(r'found "expensive" \(text\) .* number', found["quotes[2].rate"])
    assert "fixed_price_shop" in found["quotes[3].model"]
    assert "unknown field" in found["quotes[4].discount"]
    assert "how many hours" in faults({"vendor": "A", "model": "freelancer", "price": 9_000})["quotes[1].hours"]


def test_a_vendor_has_one_quote_and_five_are_too_many():
    assert "twice" in faults(SHOP, SHOP)["quotes[2].vendor"]
    many = [HIRE | {"vendor": f"Vendor {number}"} for number in range(5)]
    assert "at most 4" in faults(*many)["quotes"]


def test_a_vendor_whose_name_begins_like_a_formula_is_refused():
    assert "does not begin with =" in faults(SHOP | {"vendor": "=1+1"})["quotes[1].vendor"]


def test_hours_that_nobody_can_work_in_the_weeks_are_asked_about():
    assert "168" in faults(SHOP | {"weeks": 0.5, "hours": 400})["quotes[1].weeks"]


def test_own_paths_and_quotes_share_the_room_of_a_workbook():
    phases = [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "freelancer"}]
    paths = {f"own_{number}": {"label": "Own", "phases": phases} for number in range(4)}
    assert "at most 3 beside 1 quote" in faults(SHOP, paths=paths)["paths"]


def test_a_quote_is_a_path_of_its_own_with_what_it_says_and_the_rest_of_its_model():
    result = result_of(plain(SHOP | {"weeks": 8, "lead_weeks": 1}))
    own, published = result["paths"]["quote_nordlicht"], result["paths"]["fixed_price_shop"]
    assert own["label"] == "Nordlicht throughout"
    assert own["phases"][0]["quote"] == "Nordlicht"
    assert own["lines"]["labour"] == pytest.approx(40_000)
    assert own["phases"][0]["start_week"] == 1
    assert own["fit"] == published["fit"]
    [quote] = result["quotes"]
    assert set(quote["figures"]) & set(quote["from_model"]) == set()
    assert quote["from_model"]["review"] > 0


def test_the_range_beside_a_quote_is_the_published_one_in_the_currency_of_the_project():
    money = {"currency": "EUR", "usd_rate": 0.5}
    given = plain({"vendor": "Dear", "model": "freelancer", "rate": 150})
    given["project"] |= money
    [quote] = result_of(given)["quotes"]
    high = quote["published"]["to"]
    assert high == quote["figures"]["rate"]["published"]["to"] < 150
    assert quote["beside"] == pytest.approx(150 / high - 1)
    assert f"{150 / high - 1:.0%} above the published range" in quote["text"]


def test_at_the_price_at_which_it_wins_it_is_recommended_and_a_little_dearer_it_is_not():
    dear = {"vendor": "Team", "model": "engineering_partner", "rate": 200}
    given = plain(dear, answers=ANSWERS)
    [quote] = result_of(given)["quotes"]
    assert quote["factor"] < 1
    wins = quote["wins_at"]
    at_it = result_of(plain(dear | {"rate": wins * (1 - 1e-6)}, answers=ANSWERS))
    above = result_of(plain(dear | {"rate": wins * (1 + 1e-4)}, answers=ANSWERS))
    assert at_it["recommendation"]["path"] == "quote_team"
    assert at_it["quotes"][0]["text"].endswith("It is what is recommended.")
    assert above["recommendation"]["path"] != "quote_team"


def test_what_an_offer_leaves_out_costs_as_its_model_has_it():
    bare, whole = (
        result_of(plain({"vendor": "A", "model": "freelancer", "rate": 100, "includes": included}))["paths"]["quote_a"]
        for included in ([], ["rework", "review"])
    )
    assert bare["lines"]["rework"] > whole["lines"]["rework"] == 0
    assert bare["lines"]["review"] > whole["lines"]["review"] == 0


def test_an_offer_that_ends_before_the_project_starts_says_so():
    [quote] = result_of(plain(HIRE | {"valid_until": "2026-11-30"}))["quotes"]
    assert quote["expired"]
    assert "before the project starts" in quote["text"]


def test_design_has_quotes_for_core_and_run_and_what_it_adds_costs_what_it_showed():
    given = scenario(plain({"vendor": "Cheap", "model": "freelancer", "rate": 30}, answers={"bounded": "yes"}))
    found = design(given)
    quoted = [one for one in found["frontier"] if any(phase.get("quote") == "Cheap" for phase in one["phases"])]
    assert found["searched"] > 938
    assert quoted
    assert all(("quote" in phase) != ("model" in phase) for one in quoted for phase in one["phases"])
    designed, added = with_best(given)
    [result] = results([designed], flips=False, trials=0)
    shown = {one["name"]: one for one in found["frontier"]}
    by_label = {path["label"]: path for path in result["paths"].values()}
    assert any("Cheap" in label for label in added)
    for label in added:
        assert by_label[label]["same_scope"] == pytest.approx(shown[label]["same_scope"], abs=0.005)


def test_a_scenario_with_quotes_says_itself_again():
    given = scenario(plain(SHOP | {"includes": ["rework"], "valid_until": "2027-01-31"}, HIRE))
    assert as_given(scenario(json.loads(json.dumps(as_given(given))))) == as_given(given)
    assert scenario(as_given(given)).quotes == given.quotes
    assert [path.id for path in user_paths(given)] == ["quote_nordlicht", "quote_kanzlei"]


def test_calc_prints_the_quotes(tmp_path):
    file = tmp_path / "quoted.json"
    file.write_text(json.dumps(plain(SHOP)), encoding="utf-8")
    assert "Nordlicht (fixed-price shop): USD 40,000 for 400 h" in " ".join(run("calc", str(file)).stdout.split())


@pytest.mark.parametrize(
    ("vendor", "id"),
    [
        ("Nordlicht GmbH", "quote_nordlicht_gmbh"),
        ("x2026 offer", "quote_x_2026_offer"),
        ("Acme x00e9 X00E9", "quote_acme_x_00e9_x_00e9"),
        ("Acme x2026y", "quote_acme_x2026y"),
    ],
)
def test_no_id_of_a_quote_holds_what_spreadsheets_take_for_a_character(vendor, id):
    assert quote_id(vendor) == id
