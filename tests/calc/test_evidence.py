"""The public data that stands beside the articles: its figures are those of the data."""

import csv
from pathlib import Path

import numpy as np
import pytest

from calc import catalogue
from calc.facts import facts

DATA = Path(__file__).parents[1] / "history" / "data"


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


def test_a_figure_names_the_data_that_speaks_to_it():
    parameters = facts()["parameters"]
    for one in catalogue.evidence().values():
        for name in one.speaks_to:
            model, _, parameter = name.partition(".")
            assert one.id in parameters[model][parameter]["evidence"]
