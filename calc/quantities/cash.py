"""Cash flow by month. Month n is the time from n-1 to n; shapes (..., path, month) or (..., phase, month)."""

import numpy as np

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


@quantity("phase", "month", unit="currency", label="Spent on the phase in the month")
def phase_spend(phase_cost, start_month, end_month, month, in_horizon):
    """The phase's cost, spread evenly from its start to its end, that falls in the month."""
    overlap = np.maximum(0, np.minimum(month, end_month) - np.maximum(month - 1, start_month))
    return phase_cost * overlap / (end_month - start_month) * in_horizon


@quantity("path", "month", unit="currency", label="Spent in the month")
def spend(
    path,
    all_path_number,
    all_phase_spend,
    run_monthly,
    run_coordination_monthly,
    run_start,
    retainer_monthly,
    core_end,
    support_monthly,
    support_start,
    instability_monthly,
    unresolved_share,
    month,
    in_horizon,
):
    """Everything that the path costs in the month: its phases, then features, retainer and support, and instability."""
    stable = np.clip(month - core_end, 0, 1)
    after = (run_monthly + run_coordination_monthly) * np.clip(month - run_start, 0, 1)
    after = after + retainer_monthly * stable + support_monthly * np.clip(month - support_start, 0, 1)
    unstable = instability_monthly * (1 - (1 - unresolved_share) * stable)
    return summed((all_path_number == path) * all_phase_spend) + (after + unstable) * in_horizon


@quantity("path", "month", unit="currency", label="Spent so far")
def cumulated(all_spend, all_month, month):
    """Spent from the start to the end of the month."""
    return summed(all_spend * (all_month <= month))


@quantity("path", unit="currency", label="Net present value of costs")
def npv(all_spend, all_discount_factor):
    """Costs by month, each discounted to the start of the project."""
    return summed(all_spend * all_discount_factor)


@quantity("path", unit="currency", label="Highest spend in a month")
def peak_spend(all_spend):
    """Spend in the dearest month."""
    return largest(all_spend)


@quantity("path", "month", unit="months", label="Peak months so far")
def peaks_so_far(all_spend, all_month, month, peak_spend, money_tolerance):
    """How many months up to this one reached the highest spend, to within the tolerance."""
    return summed((all_spend >= peak_spend - money_tolerance) * (all_month <= month))


@quantity("path", unit="month", label="Month of peak spend")
def peak_month(all_peaks_so_far):
    """The first month that reaches the highest spend."""
    return 1 + summed(all_peaks_so_far == 0)
