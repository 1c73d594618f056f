"""Payment of phases by quotes with payment terms: how far it differs from a cost that is spread evenly.

Month n is the time from n-1 to n; what is due at the moment n falls in the month after it. Shapes (..., billed) and
(..., billed, month). What a vendor invoices is the paid work; review, replacement and hiring are not part of it.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import summed


@quantity("billed", unit="currency", label="Labour invoiced")
def billed_labour(labour_cost_of_billed):
    """Labour of the invoiced phase."""
    return labour_cost_of_billed


@quantity("billed", unit="currency", label="Hidden scope invoiced")
def billed_hidden_scope(hidden_scope_cost_of_billed):
    """Hidden scope of the invoiced phase."""
    return hidden_scope_cost_of_billed


@quantity("billed", unit="currency", label="Rework invoiced")
def billed_rework(rework_cost_of_billed):
    """Rework of the invoiced phase."""
    return rework_cost_of_billed


@quantity("billed", unit="currency", label="Onboarding invoiced")
def billed_onboarding(onboarding_cost_of_billed):
    """Onboarding of the invoiced phase."""
    return onboarding_cost_of_billed


@quantity("billed", unit="currency", label="Work invoiced")
def billed_work(billed_labour, billed_hidden_scope, billed_rework, billed_onboarding):
    """All that the vendor invoices for the phase."""
    return billed_labour + billed_hidden_scope + billed_rework + billed_onboarding


@quantity("billed", "month", unit="share", label="Paid so far by invoices")
def paid_so_far(
    start_month_of_billed,
    end_month_of_billed,
    deposit_share,
    first_milestone,
    first_milestone_at,
    second_milestone,
    second_milestone_at,
    third_milestone,
    third_milestone_at,
    monthly_share,
    days_to_pay,
    days_per_week,
    weeks_per_month,
    month,
    horizon_months,
):
    """Share of the phase's work that is paid by the end of the month; what falls due past the horizon counts in its last."""
    work = end_month_of_billed - start_month_of_billed
    within = np.clip((horizon_months - start_month_of_billed) / work, 0, 1)
    since = month - start_month_of_billed - days_to_pay / (days_per_week * weeks_per_month)
    first = first_milestone * np.where(rounded(since - first_milestone_at * work, 9) > 0, 1, 0)
    second = second_milestone * np.where(rounded(since - second_milestone_at * work, 9) > 0, 1, 0)
    third = third_milestone * np.where(rounded(since - third_milestone_at * work, 9) > 0, 1, 0)
    months_over = np.maximum(0, np.ceil(rounded(since, 9)) - 1)
    monthly = monthly_share * np.where(rounded(since - work, 9) > 0, 1, months_over / work)
    due = deposit_share * np.where(rounded(since, 9) > 0, 1, 0) + first + second + third + monthly
    return np.where(month >= horizon_months, within, np.minimum(within, due))


@quantity("billed", "month", unit="share", label="Moved by invoices")
def moved(all_paid_so_far, all_month, start_month_of_billed, end_month_of_billed, month, in_horizon):
    """Share of the phase's work that is paid in the month, less what falls in it where costs are spread evenly."""
    paid = summed(all_paid_so_far * (all_month == month)) - summed(all_paid_so_far * (all_month == month - 1))
    overlap = np.maximum(0, np.minimum(month, end_month_of_billed) - np.maximum(month - 1, start_month_of_billed))
    return paid - overlap / (end_month_of_billed - start_month_of_billed) * in_horizon


@quantity("billed", unit="share", label="Not yet due")
def not_yet_due(all_moved, all_tracked, phase_left_of_billed):
    """Share of the phase's work that was planned for the months with actuals and falls due later; negative: due before, of
    no more than is left of it."""
    return np.maximum(-1 * summed(all_moved * all_tracked), -1 * phase_left_of_billed)
