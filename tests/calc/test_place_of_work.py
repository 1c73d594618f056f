"""The place of work, a choice of words, by every door that a scenario comes in."""

from __future__ import annotations

import json
from datetime import date

import pytest

from calc.scenario import Refused, Scenario, from_text, normal_form, scenario
from calc.scenario.new_text import template
from calc.udfs.scenarios import scenarios_in
from workbook.bulk.portfolio.columns import nested

PROJECT = {"name": "Any project", "start": "2026-12-01"}


def placed(location):
    return scenario({"project": PROJECT, "work": {"location": location}})


def test_a_file_says_it_in_words():
    toml = from_text('[project]\nname = "Any project"\nstart = 2026-12-01\n[work]\nlocation = "us"\n', "a.toml")
    as_json = from_text(json.dumps({"project": PROJECT, "work": {"location": "us"}}), "a.json")
    assert toml == as_json == placed("us")
    assert normal_form(toml)["work"]["location"] == "us"
    assert normal_form(scenario({"project": PROJECT}))["work"]["location"] == "published"


@pytest.mark.parametrize("location", ["Poland", "", 1, None, ["us"]])
def test_another_word_is_refused_with_those_that_are_allowed(location):
    with pytest.raises(Refused) as refused:
        placed(location)
    [fault] = refused.value.faults
    assert (fault.field, fault.allowed) == ("work.location", "published, us or eastern_europe")


def test_the_schema_lists_the_words():
    schema = json.dumps(Scenario.model_json_schema())
    assert '"enum": ["published", "us", "eastern_europe"]' in schema


def test_a_new_scenario_offers_them():
    text = template("Any project", date(2026, 12, 1))
    assert 'location = "published"' in text
    assert from_text(text, "new.toml").work == scenario({"project": PROJECT}).work


def test_a_column_of_a_portfolio_is_read_as_a_word():
    data, faults = nested({"work.location": "us"})
    assert (data, faults) == ({"work": {"location": "us"}}, [])


def test_rows_and_lists_of_cells_say_it_in_any_case():
    rows = [["us"], [None], ["Eastern_Europe "], ["published"], ["mars"]]
    table = scenarios_in([["work.location"], *rows])
    scopes = table.values(["same_scope"], None)["same_scope"][:4]
    for row, location in enumerate(("us", "published", "eastern_europe", "published")):
        [listed] = scenarios_in([["work.location", location], ["work.core_hours", 400.0]]).values(["same_scope"], None)[
            "same_scope"
        ]
        assert scopes[row] == pytest.approx(listed, rel=1e-12)
    assert list(table.faults) == [4]
    assert "published, us or eastern_europe" in table.faults[4]
