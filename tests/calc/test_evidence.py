"""The public data that stands beside the articles: its figures are those of the data."""

import csv
from pathlib import Path

import numpy as np
import pytest

from calc import catalogue
from calc.facts import facts
from calc.model import model_for
from calc.results import results
from calc.scenario import scenario
from calc.sensitivity import moved_by_public_data

DATA = Path(__file__).parents[1] / "history" / "data"


ASKED = {
    "project": {"name": "Rescue", "start": "2026-12-01"},
    "work": {"core_hours": 400},
    "money": {"revenue_loss_per_month": 8000},
    "answers": {"shifting": "yes", "bounded": "no"},
}


def given(**more):
    return scenario(ASKED | more)


def rows(name):
    return list(csv.DictReader((DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def management(contract):
    return [float(row["Management"]) / 100 for row in rows("ahonen2015") if row["Contract"] == contract]


MEASURED = {
    "outsourced_overrun": lambda: [
        float(row["actual_hours"]) / float(row["estimated_hours"]) for row in rows("kitchenham")
    ],
    "management_fixed_price": lambda: management("FP"),
    "management_by_hours": lambda: management("TM"),
    "six_offers": lambda: [float(row["Actual_Effort"]) for row in rows("simula2116")],
}


@pytest.mark.parametrize("name", MEASURED)
def test_the_quantiles_are_those_of_the_data(name):
    evidence, data = catalogue.evidence()[name], MEASURED[name]()
    assert evidence.n == len(data)
    for chance in (10, 50, 80, 90, 99):
        stated = getattr(evidence.quantiles, f"p{chance}")
        if stated is not None:
            assert float(np.percentile(data, chance)) == pytest.approx(stated, abs=0.006)


def test_every_figure_that_data_speaks_to_is_one_of_the_catalogue_and_the_facts_name_it():
    known = facts()
    assert [one["id"] for one in known["evidence"]] == list(catalogue.evidence())
    for one in known["evidence"]:
        for name in one["speaks_to"]:
            model, _, parameter = name.partition(".")
            assert parameter in known["parameters"][model]
            assert one["id"] in {beside.id for beside in catalogue.evidence_of(model, parameter)}


def test_each_figure_that_the_data_replaces_moves_the_totals_as_an_override_of_it_does():
    first = given()
    before = results([first], flips=False, trials=0)[0]
    moved = moved_by_public_data(model_for(), first)
    assert {one.evidence for one in moved} == {one.id for one in catalogue.evidence().values() if one.instead}
    for one in moved:
        names = {replaced.figure.partition(".")[2]: replaced.instead for replaced in one.replaced}
        then = results([given(overrides={one.model: names})], flips=False, trials=0)[0]
        by = {path: then["paths"][path]["total"] - before["paths"][path]["total"] for path in before["paths"]}
        recommended = before["recommendation"]["path"]
        assert one.recommended == pytest.approx(by[recommended], abs=0.01)
        assert abs(one.by) == pytest.approx(max(map(abs, by.values())), abs=0.01)
        assert one.path is None or by[one.path] == pytest.approx(one.by, abs=0.01)
        assert one.then == then["recommendation"]["path"]
        lines = {line: then["paths"][one.path]["lines"][line] - before["paths"][one.path]["lines"][line]
                 for line in before["paths"][one.path]["lines"]} if one.path else {}  # fmt: skip
        assert set(one.lines) == {line for line, amount in lines.items() if abs(amount) >= 0.005}


def test_the_figures_that_the_data_replaces_are_the_medians_in_their_units():
    moved = {
        (one.evidence, of.figure): of.instead
        for one in moved_by_public_data(model_for(), given())
        for of in one.replaced
    }
    assert moved["projects_overrun", "freelancer.rework"] == pytest.approx(0.21)
    assert moved["projects_overrun", "freelancer.hidden_scope"] == 0
    assert moved["management_by_hours", "freelancer.coordination_hours"] == pytest.approx(0.074 * 24.2)
    assert moved["separations", "full_time.departures_per_month"] == 0.033
    # The same share leaves every month: half of those employed have been there for 4.8 years or more.
    assert 1 - moved["tenure", "full_time.departures_per_month"] == pytest.approx(0.5 ** (1 / (12 * 4.8)), abs=1e-3)
