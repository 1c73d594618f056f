"""What has been paid when the first phase of the plan ends, before its main core work, and what each way on costs from there.

Only where the path in the plan opens with an audit, a pilot or a prototype. Whoever stops pays nothing more, and has no result.
"""

import numpy as np

from calc.quantity import quantity
from calc.reductions import picked_or, position, smallest_given, summed


@quantity(unit="number", label="The plan opens with no.")
def plan_opens(all_opens, plan_path):
    """What the path in the plan opens with; 0 where it begins with its core itself, or where no path is shown."""
    return picked_or(all_opens, plan_path, 0)


@quantity(unit="number", label="Its last core by model no.")
def plan_builder(all_builder, plan_path):
    """Who does the last core work of the path in the plan; 0 without one."""
    return picked_or(all_builder, plan_path, 0)


@quantity(unit="number", label="Row of the first phase of the plan")
def plan_first_stage(all_first_stage, plan_path):
    """Row of the first phase of the path in the plan among those of all paths; 0 without one."""
    return picked_or(all_first_stage, plan_path, 0)


@quantity(unit="currency", label="Paid after the first phase")
def first_step_paid(all_stage_paid_so_far, plan_first_stage, plan_opens):
    """What has been paid when the first phase of the plan ends; 0 where it opens with nothing."""
    return np.where(plan_opens > 0, picked_or(all_stage_paid_so_far, plan_first_stage, 0), 0)


@quantity(unit="currency", label="To go on from there")
def go_on_costs(all_same_scope, plan_path, plan_opens, first_step_paid):
    """The rest of the same scope on the path in the plan; empty where it opens with nothing."""
    return np.where(plan_opens > 0, picked_or(all_same_scope, plan_path, 0) - first_step_paid, np.nan)


@quantity("path", unit="0/1", label="May be switched to")
def may_switch(candidate, builder, plan_builder, plan_opens):
    """1 for an eligible path with evidence whose core is by somebody else, where the plan has a first step."""
    return np.where(candidate * (builder != plan_builder) * (plan_opens > 0) == 1, 1, 0)


@quantity("path", unit="currency", label="To switch to it from there")
def to_switch(may_switch, same_scope, opens, plan_opens, first_step_paid):
    """The same scope on that path; what has been paid is part of it where it begins alike. Empty where nobody switches."""
    rest = same_scope - np.where(opens == plan_opens, first_step_paid, 0)
    return np.where(may_switch == 1, rest, np.nan)


@quantity(unit="path", label="Cheapest to switch to")
def switch_path(all_may_switch, all_to_switch):
    """Position of the path to which to switch costs least; 0 where there is none."""
    least = smallest_given(all_to_switch)
    return np.where(summed(all_may_switch) > 0, position(least, all_to_switch), 0)


@quantity(unit="currency", label="To switch costs")
def switch_costs(all_to_switch, switch_path):
    """What the cheapest path to switch to costs from there; empty where there is none."""
    return picked_or(all_to_switch, switch_path, np.nan)
