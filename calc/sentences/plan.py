"""What is said of the end of a phase of the plan. Shapes: all (..., n) alike."""

from __future__ import annotations

import numpy as np

from calc.native import rounded
from calc.reductions import picked, picked_or, whole
from calc.text.live import amount, joined

# Said of feature work and a retainer where the core ends past the horizon.
AFTER_THE_HORIZON = "Begins only after the horizon."

NONE_YET = (
    "The sheet Summary recommends none. Once the answers lead to a recommendation, or a path is picked, it stands here."
)


def chosen(labels, plan_path):
    """The path in the plan, or that none is and where one is picked. labels: of all paths."""
    return picked_or(labels, plan_path, "No path is chosen: pick the path in the plan on the sheet Inputs")


def shown(plan_path, recommended, actual_month, labels):
    """How the path in the plan stands to the recommended one, on every sheet that shows it, or how one comes to be there.

    actual_month: months with actuals, above 0 where the path is under way; labels: of all paths.
    """
    why = np.where(actual_month > 0, "This path is under way; ", "This path was picked on the sheet Inputs; ")
    other = joined("“", picked(labels, np.maximum(recommended, 1)), "” instead.")
    instead = joined(why, "the sheet Summary recommends ", np.where(recommended > 0, other, "none."))
    same = np.where(actual_month > 0, "The recommended path, which is under way.", "The recommended path.")
    return np.choose(whole((plan_path > 0) * (2 - (plan_path == recommended))), [NONE_YET, same, instead])


def under_way(plan_path, recommended, actual_month, labels):
    """Which path is under way, on the first page, before how it stands; empty where none is. The arguments are as above."""
    named = joined("“", picked(labels, np.maximum(plan_path, 1)), "” is under way: ")
    which = np.where(plan_path == recommended, "This path is under way: ", named)
    return np.where((actual_month > 0) * (plan_path > 0) > 0, which, "")


def ways_on(plan_opens, first_step_paid, go_on_costs, switch_costs, switch_path, labels, code):
    """What has been paid after the first phase, and what each way on costs; empty without a first step. labels: of all paths."""
    paid = joined("After the first phase ", code, " ", amount(first_step_paid), " is paid. To go on costs ", code, " ")
    other = picked(labels, np.maximum(switch_path, 1))
    switched = joined("; to switch to “", other, "”, ", code, " ", amount(switch_costs))
    switch = np.where(switch_path > 0, switched, "")
    whole = joined(paid, amount(go_on_costs), " more for the same scope", switch, "; to stop, nothing more.")
    return np.where(plan_opens > 0, whole, "")


def decision(row, decisions, weeks):
    """What is decided when a phase ends; of feature work and a retainer that begin after the horizon, that they do.

    row: its row among the phases of all paths, 0 for none, whose text is empty; decisions, weeks: of all these phases.
    """
    lasts = rounded(picked_or(weeks, row, 1), 9) > 0
    return np.where(lasts, picked_or(decisions, row, ""), AFTER_THE_HORIZON)


def at_the_end(plan_stage_row, decisions, weeks, paid_so_far, paid_past, saves, code):
    """What is decided when a phase ends, what has been paid by then, and what stopping there saves.

    plan_stage_row: its row among the phases of all paths; past the plan's last phase 0, and the text empty. decisions: of
    all these phases; weeks: how long this one lasts; paid_past: what of the sum is paid past the horizon.
    """
    usual = picked(decisions, np.maximum(plan_stage_row, 1))
    decided = np.where(rounded(weeks, 9) > 0, usual, AFTER_THE_HORIZON)
    paid = joined(decided, " Paid by then: ", code, " ", amount(paid_so_far))
    past = np.where(paid_past > 0, joined(", of which ", code, " ", amount(paid_past), " past the horizon"), "")
    more = np.where(saves > 0, joined("; stopping here saves ", code, " ", amount(saves)), "")
    whole = joined(paid, past, more, np.where(paid_past + saves > 0, ".", ", all of it."))
    return np.where(plan_stage_row > 0, whole, "")
