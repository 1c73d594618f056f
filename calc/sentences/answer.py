"""The answer, in plain sentences: what is recommended and how firmly, what it costs, and how it stands to the budget.

code: the project's currency; label: of the recommended path; reasons: what excludes every path, where none is left.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from calc.reductions import whole
from calc.sentences.weeks import in_weeks
from calc.text.live import amount, formatted, joined

Status = Literal["firm", "provisional", "open", "none_left"]
# By the codes of the quantity `status`; there is no code 0.
STATUSES: tuple[str, ...] = ("", *get_args(Status))


def status_word(status):
    """The id of the status."""
    return np.choose(whole(status), list(STATUSES))


def headline(status, label):
    """The recommended path by name, or that there is none."""
    provisionally = joined(label, " (provisional)")
    return np.choose(whole(status), ["", joined(label, ""), provisionally, "No recommendation yet", "No path is left"])


def chosen(contenders, best_fits_poorly):
    """Why the recommended path is it.

    contenders: paths that fit about as well as the best, the recommended one too; best_fits_poorly: 1 where even the best is
    poor.
    """
    several = joined(formatted(contenders, "0"), " paths fit the answers about equally well; for the same scope")
    alone = "No other path that the answers speak for fits them nearly as well."
    well = np.where(contenders > 1, joined(several, " this one costs the least."), alone)
    some = joined(
        "of the ", formatted(contenders, "0"), " that come closest this one costs the least for the same scope."
    )
    closest = np.where(contenders > 1, some, "this one comes closest.")
    return np.where(
        best_fits_poorly == 1, joined("No path that can be recommended fits the answers well; ", closest), well
    )


def because(status, chosen):
    """Why this is the answer. chosen: the sentence above."""
    # That nothing speaks for a path is said by the alert below it.
    silent = "Answer the open questions first."
    none = "Every path is ruled out; see which rules do it, and which of the answers behind them can change."
    return np.choose(whole(status), ["", chosen, chosen, silent, none])


def cost(recommended, recommended_total, recommended_scope_cost, recommended_weeks, horizon_months, code):
    """What the recommended path costs and when its core work is done; empty without one."""
    within = joined("It costs ", code, " ", amount(recommended_total), " over ", formatted(horizon_months, "0"))
    scope = joined(" months (", code, " ", amount(recommended_scope_cost), " for the same scope as the others), ")
    done = joined("and its core work is done after about ", in_weeks(recommended_weeks), ".")
    return np.where(recommended > 0, joined(within, scope, done), "")


def budget(budget_compares, headroom, over_by, recommended_invoiced, budget, code, chance_above, chance_trials):
    """How the recommended path stands to the budget; empty without either."""
    invoiced = joined("It would be invoiced at ", code, " ", amount(recommended_invoiced), " against a budget of ")
    over, within = joined(amount(over_by), " too much"), joined(amount(headroom), " to spare")
    stands = joined(invoiced, amount(budget), ": ", np.where(headroom < 0, over, within), ".")
    often = joined(
        " The chance of exceeding it is ", formatted(chance_above, "0%"), ", by ", amount(chance_trials), " trials."
    )
    return np.where(budget_compares == 1, joined(stands, np.where(np.isnan(chance_above), "", often)), "")
