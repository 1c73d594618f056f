"""The path in the plan pays by invoices line by line as it does in all, and what it pays adds up."""

import numpy as np
import pytest

from calc.model import model_for, user_paths
from calc.quantities.cash_lines import MONTHLY
from calc.scenario import scenario

QUOTE = {
    "vendor": "Northlight",
    "model": "fixed_price_shop",
    "price": 40_000,
    "hours": 400,
    "weeks": 8,
    "lead_weeks": 0,
}


def evaluated(horizon=24, **terms):
    """(paid by month, lines of the plan by month, labour in all) of a quote's path, which is the path in the plan."""
    project = {"name": "Invoices", "start": "2026-12-01", "horizon_months": horizon}
    given = scenario({"project": project, "quotes": [QUOTE | terms]})
    model = model_for(user_paths(given))
    inputs = model.inputs([given]) | {"plan_choice": np.array([float(len(model.structure.paths))])}
    found = model.graph.evaluate(inputs, ["paid_spend", "plan_paid", "paid", "plan_labour", *MONTHLY.values()])
    return found["paid_spend"][0, -1], found["plan_paid"][0], found["plan_labour"][0], found["paid"][0, -1]


@pytest.mark.parametrize("horizon", [3, 24])
@pytest.mark.parametrize(
    "terms", [{"deposit": 1}, {"monthly": 1}, {"net_days": 120}, {"milestones": [{"share": 1, "at": 1}]}]
)
def test_months_of_the_plan_are_those_of_its_path_and_add_up(horizon, terms):
    by_month, of_plan, _, whole = evaluated(horizon, **terms)
    assert of_plan == pytest.approx(by_month)
    assert by_month.sum() == pytest.approx(whole)
    assert not by_month[horizon:].any()


def test_a_deposit_of_all_is_paid_in_the_first_month_and_with_days_to_pay_a_month_later():
    _, _, labour, _ = evaluated(deposit=1)
    assert labour[0] == pytest.approx(labour.sum())
    _, _, labour, _ = evaluated(deposit=1, net_days=31)
    assert labour[1] == pytest.approx(labour.sum())
