"""Cash flow of the path in the plan: every cost line by month. Shapes: (..., month), and (..., phase) for `in_plan`.

The lines are those of `calc.quantities.lines`; over the months of the horizon each adds up to its total there.
"""

import numpy as np

from calc.quantity import quantity
from calc.reductions import picked_or, summed


@quantity("phase", unit="0/1", label="In the plan")
def in_plan(path_number, plan_path):
    """1 for the phases of the path that the plan shows."""
    return np.where(path_number == plan_path, 1, 0)


@quantity("month", unit="share", label="Feature work in the month")
def plan_run_share(all_run_start, plan_path, month, in_horizon):
    """Share of the month in which the feature work of the path in the plan goes on."""
    return np.clip(month - picked_or(all_run_start, plan_path, 0), 0, 1) * in_horizon


@quantity("month", unit="share", label="After the core in the month")
def plan_care_share(all_core_end, plan_path, month, in_horizon):
    """Share of the month that lies after the core work of the path in the plan, when a retainer would run."""
    return np.clip(month - picked_or(all_core_end, plan_path, 0), 0, 1) * in_horizon


@quantity("month", unit="share", label="Support in the month")
def plan_support_share(all_support_start, plan_path, month, in_horizon):
    """Share of the month in which support of the path in the plan is paid."""
    return np.clip(month - picked_or(all_support_start, plan_path, 0), 0, 1) * in_horizon


@quantity("month", unit="share", label="Rewrite in the month")
def plan_rewrite_share(all_rewrite_start, plan_path, month, in_horizon):
    """Share of the rewrite of the path in the plan, which takes a month, that falls in this one."""
    since = month - picked_or(all_rewrite_start, plan_path, 0)
    return (np.clip(since, 0, 1) - np.clip(since - 1, 0, 1)) * in_horizon


@quantity("month", unit="currency", label="Labour in the month")
def plan_labour(
    all_in_plan, all_labour_cost, all_phase_share, all_billed_path, plan_path, all_billed_labour, all_moved
):
    """Labour of the plan's phases in the month."""
    evenly = summed(all_in_plan * all_labour_cost * all_phase_share)
    return evenly + summed((all_billed_path == plan_path) * all_billed_labour * all_moved)


@quantity("month", unit="currency", label="Hidden scope in the month")
def plan_hidden_scope(
    all_in_plan, all_hidden_scope_cost, all_phase_share, all_billed_path, plan_path, all_billed_hidden_scope, all_moved
):
    """Hidden scope of the plan's phases in the month."""
    evenly = summed(all_in_plan * all_hidden_scope_cost * all_phase_share)
    return evenly + summed((all_billed_path == plan_path) * all_billed_hidden_scope * all_moved)


@quantity("month", unit="currency", label="Rework in the month")
def plan_rework(
    all_in_plan, all_rework_cost, all_phase_share, all_billed_path, plan_path, all_billed_rework, all_moved
):
    """Rework of the plan's phases in the month."""
    evenly = summed(all_in_plan * all_rework_cost * all_phase_share)
    return evenly + summed((all_billed_path == plan_path) * all_billed_rework * all_moved)


@quantity("month", unit="currency", label="Onboarding in the month")
def plan_onboarding(
    all_in_plan, all_onboarding_cost, all_phase_share, all_billed_path, plan_path, all_billed_onboarding, all_moved
):
    """Onboarding of the plan's phases in the month."""
    evenly = summed(all_in_plan * all_onboarding_cost * all_phase_share)
    return evenly + summed((all_billed_path == plan_path) * all_billed_onboarding * all_moved)


@quantity("month", unit="currency", label="Coordination of features in the month")
def plan_run_coordination(all_run_coordination_monthly, plan_path, plan_run_share):
    """Coordination of features in the month, on the path in the plan."""
    return picked_or(all_run_coordination_monthly, plan_path, 0) * plan_run_share


@quantity("month", unit="currency", label="Coordination in the month")
def plan_coordination(all_in_plan, all_coordination_cost, all_phase_share, plan_run_coordination):
    """The leader's time in the month, on the plan's phases and on the feature work."""
    return summed(all_in_plan * all_coordination_cost * all_phase_share) + plan_run_coordination


@quantity("month", unit="currency", label="Review in the month")
def plan_review(all_in_plan, all_review_cost, all_phase_share):
    """Review of the plan's phases in the month."""
    return summed(all_in_plan * all_review_cost * all_phase_share)


@quantity("month", unit="currency", label="Replacement of features in the month")
def plan_run_replacement(all_run_replacement_monthly, plan_path, plan_run_share):
    """Replacement of features in the month, on the path in the plan."""
    return picked_or(all_run_replacement_monthly, plan_path, 0) * plan_run_share


@quantity("month", unit="currency", label="Replacement in the month")
def plan_replacement(all_in_plan, all_replacement_cost, all_phase_share, plan_run_replacement):
    """Replacing those who leave, in the month: the plan's phases and the feature work."""
    return summed(all_in_plan * all_replacement_cost * all_phase_share) + plan_run_replacement


@quantity("month", unit="currency", label="Rewriting in the month")
def plan_rewrite(all_rewrite_cost, plan_path, plan_rewrite_share):
    """What a rewrite is expected to cost in the month."""
    return picked_or(all_rewrite_cost, plan_path, 0) * plan_rewrite_share


@quantity("month", unit="currency", label="Hiring of features in the month")
def plan_run_hiring(all_run_hiring_monthly, plan_path, plan_run_share):
    """Hiring of features in the month, on the path in the plan."""
    return picked_or(all_run_hiring_monthly, plan_path, 0) * plan_run_share


@quantity("month", unit="currency", label="Hiring in the month")
def plan_hiring(all_in_plan, all_hiring_cost, all_phase_share, plan_run_hiring):
    """Hiring in the month, for the plan's phases and for the feature work."""
    return summed(all_in_plan * all_hiring_cost * all_phase_share) + plan_run_hiring


@quantity("month", unit="currency", label="Features in the month")
def plan_run(all_run_monthly, plan_path, plan_run_share):
    """Feature work in the month."""
    return picked_or(all_run_monthly, plan_path, 0) * plan_run_share


@quantity("month", unit="currency", label="Retainer in the month")
def plan_retainer(all_retainer_monthly, plan_path, plan_care_share):
    """Retainer in the month."""
    return picked_or(all_retainer_monthly, plan_path, 0) * plan_care_share


@quantity("month", unit="currency", label="Supporting in the month")
def plan_support(all_support_monthly, plan_path, plan_support_share):
    """Support in the month."""
    return picked_or(all_support_monthly, plan_path, 0) * plan_support_share


@quantity("month", unit="currency", label="Instability in the month")
def plan_instability(instability_monthly, all_unresolved_share, plan_path, plan_care_share, in_horizon):
    """What instability costs in the month on the path in the plan: in full until its core is done, then what outlives it."""
    ended = (1 - picked_or(all_unresolved_share, plan_path, 0)) * plan_care_share
    return instability_monthly * (in_horizon - ended)


@quantity("month", unit="currency", label="Paid in the month")
def plan_paid(
    plan_labour,
    plan_hidden_scope,
    plan_rework,
    plan_onboarding,
    plan_review,
    plan_replacement,
    plan_rewrite,
    plan_hiring,
    plan_run,
    plan_retainer,
    plan_support,
):
    """All lines of the month that have to be paid."""
    of_phases = plan_labour + plan_hidden_scope + plan_rework + plan_onboarding + plan_review
    return of_phases + plan_replacement + plan_rewrite + plan_hiring + plan_run + plan_retainer + plan_support


@quantity("month", unit="currency", label="Spent in the month")
def plan_spend(plan_paid, plan_coordination, plan_instability):
    """Everything that the path in the plan costs in the month."""
    return plan_paid + plan_coordination + plan_instability


# Cost line -> the quantity that gives it by month.
MONTHLY = {
    "labour": "plan_labour",
    "hidden_scope": "plan_hidden_scope",
    "rework": "plan_rework",
    "onboarding": "plan_onboarding",
    "coordination": "plan_coordination",
    "review": "plan_review",
    "replacement": "plan_replacement",
    "rewrite": "plan_rewrite",
    "hiring": "plan_hiring",
    "run": "plan_run",
    "retainer": "plan_retainer",
    "support": "plan_support",
    "instability": "plan_instability",
}
