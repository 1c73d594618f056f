"""Cash flow by month. Month n is the time from n-1 to n; shapes (..., path, month) or (..., phase, month)."""

import numpy as np

from calc.native import power
from calc.quantity import quantity
from calc.reductions import largest, summed


@quantity("phase", unit="month", label="Start")
def start_month(start_week, weeks_per_month):
    """Start of the phase in months from the start of the project."""
    return start_week / weeks_per_month


@quantity("phase", unit="month", label="End")
def end_month(end_week, weeks_per_month):
    """End of the phase in months from the start of the project."""
    return end_week / weeks_per_month


@quantity("phase", "month", unit="share", label="Share of the phase in the month")
def phase_share(start_month, end_month, month, in_horizon):
    """Share of the phase that falls in the month; its cost is spread evenly from its start to its end."""
    overlap = np.maximum(0, np.minimum(month, end_month) - np.maximum(month - 1, start_month))
    return overlap / (end_month - start_month) * in_horizon


@quantity("path", "month", unit="currency", label="Paid in the month")
def paid_spend(
    path,
    all_path_number,
    all_phase_paid,
    all_phase_share,
    all_billed_path,
    all_billed_work,
    all_moved,
    run_monthly,
    run_replacement_monthly,
    run_hiring_monthly,
    run_start,
    rewrite_cost,
    rewrite_start,
    retainer_monthly,
    core_end,
    support_monthly,
    support_start,
    month,
    in_horizon,
):
    """What has to be paid in the month: for the phases, then features, a rewrite, retainer and support."""
    evenly = summed((all_path_number == path) * all_phase_paid * all_phase_share)
    of_phases = evenly + summed((all_billed_path == path) * all_billed_work * all_moved)
    of_features = (run_monthly + run_replacement_monthly + run_hiring_monthly) * np.clip(month - run_start, 0, 1)
    rewritten = np.clip(month - rewrite_start, 0, 1) - np.clip(month - 1 - rewrite_start, 0, 1)
    kept = retainer_monthly * np.clip(month - core_end, 0, 1) + support_monthly * np.clip(month - support_start, 0, 1)
    return of_phases + (of_features + rewrite_cost * rewritten + kept) * in_horizon


@quantity("path", "month", unit="currency", label="Own time in the month")
def own_time_spend(
    path,
    all_path_number,
    all_coordination_cost,
    all_phase_share,
    run_coordination_monthly,
    run_start,
    month,
    in_horizon,
):
    """The leader's hours in the month, on the phases and on the feature work."""
    of_phases = summed((all_path_number == path) * all_coordination_cost * all_phase_share)
    return of_phases + run_coordination_monthly * np.clip(month - run_start, 0, 1) * in_horizon


@quantity("path", "month", unit="currency", label="Lost in the month")
def loss_spend(instability_monthly, unresolved_share, core_end, month, in_horizon):
    """What instability costs in the month: in full until the core is done, then the share that outlives it."""
    return instability_monthly * (1 - (1 - unresolved_share) * np.clip(month - core_end, 0, 1)) * in_horizon


@quantity("path", "month", unit="currency", label="Spent in the month")
def spend(paid_spend, own_time_spend, loss_spend):
    """Everything that the path costs in the month."""
    return paid_spend + own_time_spend + loss_spend


def so_far(amounts, months, month):
    """What was spent from the start to the end of the month. amounts, months: (..., n), of all months; month: (..., 1)."""
    return summed(amounts * (months <= month))


@quantity("path", unit="currency", label="Net present value of costs")
def npv(all_spend, all_discount_factor):
    """Costs by month, each discounted to the start of the project."""
    return summed(all_spend * all_discount_factor)


@quantity("path", unit="currency", label="Highest spend in a month")
def peak_spend(all_spend):
    """Spend in the dearest month."""
    return largest(all_spend)


@quantity("month", unit="weight", label="Weight of the month by its place")
def place_weight(months_per_year, month):
    """A weight far above those of all later months together, so that one sum over months tells which of them is the first."""
    return 1 / power(months_per_year, month)


@quantity("path", unit="weight", label="Weights of the peak months")
def peak_weight(all_spend, peak_spend, money_tolerance, all_place_weight):
    """The weights of the months that reach the highest spend, to within the tolerance."""
    return summed((all_spend >= peak_spend - money_tolerance) * all_place_weight)


@quantity("path", unit="month", label="Month of peak spend")
def peak_month(all_place_weight, peak_weight):
    """The first month that reaches the highest spend: any before it weighs far more than it and all that follow, and it weighs
    no more, however the weights are rounded."""
    return 1 + summed((all_place_weight / peak_weight > 1 + 1) * 1)
