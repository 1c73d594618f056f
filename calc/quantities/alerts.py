"""What a reader must not miss: alerts that follow the inputs, 1 where one stands, and the amounts that they name.

An alert is no check: a check says that the figures add up, an alert that their reader should know something. The sentences
are in `calc.sentences.alerts`.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import picked_or, position, summed, whole


@quantity(unit="0/1", label="A path is recommended")
def has_recommended(recommended):
    """1 where a path is recommended."""
    return np.minimum(1, recommended)


@quantity(unit="currency", label="Total of the recommended path")
def recommended_total(recommended, all_total):
    """What the recommended path costs within the horizon; empty without one."""
    return picked_or(all_total, recommended, np.nan)


@quantity(unit="currency", label="Same scope of the recommended path, as it is told")
def recommended_scope_cost(recommended, all_same_scope):
    """What the same scope costs on the recommended path, not rounded as for comparing; empty without one."""
    return picked_or(all_same_scope, recommended, np.nan)


@quantity(unit="weeks", label="Weeks to stable of the recommended path")
def recommended_weeks(recommended, all_weeks_to_stable):
    """When the recommended path's core is done; empty without one."""
    return picked_or(all_weeks_to_stable, recommended, np.nan)


@quantity(unit="currency", label="Invoiced for the recommended path")
def recommended_invoiced(recommended, all_invoiced):
    """What the recommended path is invoiced, to the cent; empty without one."""
    return np.where(recommended > 0, rounded(picked_or(all_invoiced, recommended, 0), 2), np.nan)


@quantity(unit="0/1", label="Budget and recommended path")
def budget_compares(budget_given, has_recommended):
    """1 where there are a budget and a recommended path to hold against it."""
    return budget_given * has_recommended


@quantity(unit="currency", label="Headroom")
def headroom(budget_compares, budget, recommended_invoiced):
    """Budget less what the recommended path is invoiced, below 0 where that is more; empty without either."""
    return np.where(budget_compares == 1, rounded(budget - recommended_invoiced, 2), np.nan)


@quantity(unit="currency", label="Above the budget by")
def over_by(budget_compares, headroom):
    """What the recommended path is invoiced above the budget; 0 within it, empty without either."""
    return np.where(budget_compares == 1, np.maximum(0, -headroom), np.nan)


@quantity(unit="0/1", label="Alert: above the budget")
def alert_above_budget(budget_compares, headroom):
    """1 where the recommended path is invoiced more than the budget."""
    return np.where(budget_compares == 1, np.where(headroom < 0, 1, 0), 0)


@quantity(unit="0/1", label="Alert: provisional")
def alert_provisional(has_recommended, provisional):
    """1 where a path is recommended although few questions are answered."""
    return has_recommended * provisional


@quantity(unit="0/1", label="Alert: open")
def alert_open(eligible_paths, candidates):
    """1 where paths are left, and nothing that was answered speaks for any of them."""
    return np.where((eligible_paths > 0) * (candidates == 0) == 1, 1, 0)


@quantity(unit="0/1", label="Alert: late")
def alert_late(recommended, all_late):
    """1 where the core of the recommended path ends after the horizon."""
    return picked_or(all_late, recommended, 0)


@quantity(unit="0/1", label="Alert: one path left")
def alert_one_left(eligible_paths):
    """1 where the gates leave a single path."""
    return np.where(eligible_paths == 1, 1, 0)


@quantity(unit="0/1", label="Alert: unaudited")
def alert_unaudited(recommended, all_examines, answer_ai_generated):
    """1 where the app was AI-generated, and the recommended path neither audits nor remediates it."""
    examined = picked_or(all_examines, recommended, 1)
    return np.where((answer_ai_generated == 1) * (examined == 0) == 1, 1, 0)


@quantity(unit="0/1", label="Alert: currency")
def alert_currency(other_currency, usd_rate):
    """1 where the currency is not the US dollar and its rate is 1, so that published figures count unchanged."""
    return np.where((other_currency == 1) * (usd_rate == 1) == 1, 1, 0)


@quantity(unit="0/1", label="Alert: a cheaper path exists")
def alert_cheaper_exists(cheapest, all_saves):
    """1 where an eligible path costs less for the same scope than the recommended one."""
    return picked_or(all_saves, cheapest, 0)


@quantity(unit="currency", label="Cheapest path saves")
def cheapest_saves(alert_cheaper_exists, cheapest, all_same_scope_difference):
    """What the cheapest eligible path saves for the same scope; empty where it saves nothing."""
    return np.where(alert_cheaper_exists == 1, -picked_or(all_same_scope_difference, cheapest, 0), np.nan)


@quantity(unit="share", label="Its break-even chance of failing")
def cheapest_chance(alert_cheaper_exists, cheapest, all_break_even_chance):
    """With a larger chance than this that it fails, the cheapest path is not cheaper; empty where it saves nothing."""
    return np.where(alert_cheaper_exists == 1, picked_or(all_break_even_chance, cheapest, 0), np.nan)


@quantity("model", unit="figures", label="Prices from its seller")
def seller_prices(model, all_model_of_row, all_from_seller):
    """How many prices of the model come from a firm that sells it."""
    return summed((all_model_of_row == model) * all_from_seller)


@quantity("model", unit="figures", label="Of these, replaced")
def replaced_prices(model, all_model_of_row, all_from_seller, all_override_likely):
    """How many of these the project replaces by its own."""
    return summed((all_model_of_row == model) * all_from_seller * (1 - np.isnan(all_override_likely)))


@quantity("path", unit="0/1", label="Priced by who sells it")
def sold(seller_prices_of_main_core, replaced_prices_of_main_core):
    """1 where the prices of the path's main model come from a firm that sells it, and none is replaced."""
    return np.where((seller_prices_of_main_core > 0) * (replaced_prices_of_main_core == 0) == 1, 1, 0)


@quantity(unit="0/1", label="Alert: prices from the seller")
def alert_seller(recommended, all_sold):
    """1 where the prices of the recommended path's main model come from a firm that sells it, and none is replaced."""
    return picked_or(all_sold, recommended, 0)


# The alerts, in the order in which they are shown, and the quantity of each.
ALERTS = {
    alert: f"alert_{alert}"
    for alert in (
        "above_budget", "provisional", "open", "late", "one_left", "unaudited", "currency", "cheaper_exists", "seller",
    )
}  # fmt: skip


@quantity("alert", unit="0/1", label="Holds")
def alert_holds(
    alert_number, alert_above_budget, alert_provisional, alert_open, alert_late, alert_one_left, alert_unaudited,
    alert_currency, alert_cheaper_exists, alert_seller,
):  # fmt: skip
    """1 where the alert stands. Shape (..., alert)."""
    found = [alert_above_budget, alert_provisional, alert_open, alert_late, alert_one_left, alert_unaudited]
    return np.choose(whole(alert_number) - 1, [*found, alert_currency, alert_cheaper_exists, alert_seller])


@quantity(unit="number", label="Alerts")
def alerts_standing(all_alert_holds):
    """How many alerts stand."""
    return summed(all_alert_holds)


@quantity("alert", unit="number", label="Place")
def alert_place(alert_number, alert_holds, all_alert_number, all_alert_holds):
    """Place of the alert among those that stand; 0 for one that does not."""
    return np.where(alert_holds == 1, 1 + summed((all_alert_number < alert_number) * all_alert_holds), 0)


@quantity("alert", unit="number", label="Alert at this place")
def alert_at(alert_number, alerts_standing, all_alert_place):
    """Number of the n-th alert that stands; 0 past the last."""
    return np.where(alert_number <= alerts_standing, position(alert_number, all_alert_place), 0)
