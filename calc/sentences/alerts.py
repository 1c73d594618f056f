"""What a reader must not miss, one sentence an alert; an empty text where the alert does not stand.

code: the project's currency; label: of the recommended path; cheapest_label: of the cheapest eligible one; chance_above: the
simulated chance of exceeding the budget, missing where none was simulated; chance_trials: how many trials it is of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from calc.scenario.exchange import DOLLAR
from calc.text.live import amount, formatted, joined


def above_budget(alert_above_budget, recommended_invoiced, over_by, budget, code, chance_above, chance_trials):
    """By how much the recommended path is invoiced above the budget, and how likely that is."""
    invoiced = joined(
        "Above the budget: the recommended path would be invoiced at ", code, " ", amount(recommended_invoiced)
    )
    more = joined(invoiced, ", ", amount(over_by), " more than the budget of ", code, " ", amount(budget), ".")
    chance = joined(" The chance of exceeding the budget is ", formatted(chance_above, "0%"))
    often = joined(chance, ", by ", amount(chance_trials), " trials.")
    return np.where(alert_above_budget == 1, joined(more, np.where(np.isnan(chance_above), "", often)), "")


def provisional(alert_provisional, completeness):
    """That few questions are answered."""
    share = joined("Provisional: only ", formatted(completeness, "0%"), " of the questions are answered")
    return np.where(alert_provisional == 1, joined(share, ", so the next answers may change the recommendation."), "")


def open_(alert_open):
    """That nothing speaks for any path."""
    sentence = "No recommendation yet: none of the answers speaks for any of the remaining paths."
    return np.where(alert_open == 1, sentence, "")


def late(alert_late, recommended_weeks, horizon_months):
    """That the core is not finished within the horizon."""
    done = joined("Late: the core work of the recommended path takes about ", amount(recommended_weeks), " weeks")
    return np.where(alert_late == 1, joined(done, ", more than the ", formatted(horizon_months, "0"), " months."), "")


def one_left(alert_one_left):
    """That the exclusion rules leave a single path."""
    sentence = "Only one path is left: all the others are ruled out, so it was not weighed against any."
    return np.where(alert_one_left == 1, sentence, "")


def unaudited(alert_unaudited):
    """That AI-generated code stays unaudited."""
    sentence = "Unaudited: the app was generated with AI, and the recommended path neither audits nor remediates it."
    return np.where(alert_unaudited == 1, sentence, "")


def currency(alert_currency, code):
    """That another currency than the US dollar has a rate of 1."""
    asked = joined("How many ", code, f" is one {DOLLAR}? The exchange rate is 1, so published figures in {DOLLAR} ")
    return np.where(alert_currency == 1, joined(asked, "count as ", code, " unchanged."), "")


def cheaper_exists(alert_cheaper_exists, cheapest_label, cheapest_saves, cheapest_chance, label, code):
    """How much an eligible path saves, and with which chance of failing it no longer does."""
    saves = joined(
        "A cheaper path exists: “", cheapest_label, "” costs ", code, " ", amount(cheapest_saves), " less for"
    )
    fails = joined(
        " the same scope. The saving holds only while the chance that it fails and “", label, "” is needed after all"
    )
    chance = joined(" stays below ", formatted(cheapest_chance, "0%"), ".")
    return np.where(alert_cheaper_exists == 1, joined(saves, fails, chance), "")


def seller(alert_seller, label):
    """That the prices come from who sells it."""
    prices = joined("The prices of “", label, "” come from a firm that sells this kind of work; ")
    return np.where(alert_seller == 1, joined(prices, "get a quote and enter it instead."), "")


# The sentence of each alert, in the order in which they are shown.
SENTENCES: dict[str, Callable[..., Any]] = {
    "above_budget": above_budget,
    "provisional": provisional,
    "open": open_,
    "late": late,
    "one_left": one_left,
    "unaudited": unaudited,
    "currency": currency,
    "cheaper_exists": cheaper_exists,
    "seller": seller,
}
