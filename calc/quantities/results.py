"""What a path comes to within the horizon. Shapes: (..., path)."""

import numpy as np

from calc.quantity import quantity
from calc.reductions import summed


@quantity("path", unit="currency", label="Paid for the phases")
def phases_paid(path, all_path_number, all_within, all_phase_paid):
    """What is paid for the audit and core phases within the horizon."""
    return summed((all_path_number == path) * all_within * all_phase_paid)


@quantity("path", unit="currency", label="Paid")
def paid(phases_paid, run_total, run_replacement_total, run_hiring_total, rewrite_total, retainer_total, support_total):
    """What has to be approved and paid within the horizon, undiscounted."""
    of_features = run_total + run_replacement_total + run_hiring_total
    return phases_paid + of_features + rewrite_total + retainer_total + support_total


@quantity("path", unit="currency", label="Own time")
def own_time(coordination_total):
    """The leader's own hours within the horizon: they cost something, but nobody sends an invoice for them."""
    return coordination_total


@quantity("path", unit="currency", label="Losses")
def losses(instability_total):
    """What is lost within the horizon while the product is unstable."""
    return instability_total


@quantity("path", unit="currency", label="Total")
def total(paid, own_time, losses):
    """Everything that the path costs within the horizon, undiscounted."""
    return paid + own_time + losses


@quantity("path", unit="currency", label="Audit and core, uncut")
def core_cost(path, all_path_number, all_phase_cost):
    """Audit and core phases whole, also what lies past the horizon."""
    return summed((all_path_number == path) * all_phase_cost)


@quantity("path", unit="currency", label="Invoiced for audit and core")
def invoiced(path, all_path_number, all_paid_work, all_hiring_cost):
    """What is invoiced for the audit and core phases, whole: what a budget is compared with."""
    return summed((all_path_number == path) * (all_paid_work + all_hiring_cost))


@quantity("path", unit="currency/month", label="Cost per stable month")
def cost_per_stable_month(total, stable_months):
    """Total divided by the months in which the product is stable; empty where there are none within the horizon."""
    return np.where(stable_months > 0, total / stable_months, np.nan)


@quantity("path", unit="h", label="Feature hours delivered")
def feature_hours_delivered(feature_hours_per_month, run_months):
    """Hours of feature work delivered within the horizon."""
    return feature_hours_per_month * run_months


@quantity("path", unit="h", label="Core hours delivered")
def core_hours_delivered(path, all_path_number, all_base_hours, all_within):
    """Hours of the core job, as specified, delivered within the horizon."""
    return summed((all_path_number == path) * all_base_hours * all_within)


@quantity("path", unit="currency/h", label="Cost per delivered hour")
def cost_per_delivered_hour(total, core_hours_delivered, feature_hours_delivered):
    """Total divided by the hours of core and feature work delivered; empty where none are within the horizon."""
    delivered = core_hours_delivered + feature_hours_delivered
    return np.where(delivered > 0, total / delivered, np.nan)


@quantity("phase", unit="currency/h", label="Visible rate")
def visible_rate(rate, hourly, fee, fee_covers_hours, annual_cost, paid_hours_per_year):
    """The rate on the offer: per hour, a fee per hour that it covers, or a salary per hour in the year."""
    return hourly * rate + np.where(fee_covers_hours > 0, fee / fee_covers_hours, 0) + annual_cost / paid_hours_per_year


@quantity("path", unit="currency/h", label="Visible rate")
def headline_rate(path, all_path_number, all_share, all_visible_rate):
    """Visible rate of the core phases, weighted by their share of the work."""
    return summed((all_path_number == path) * all_share * all_visible_rate)


@quantity("path", unit="currency/h", label="Real cost per hour of core work")
def real_rate(core_cost, core_hours):
    """All that the audit and core phases cost, divided by the hours of the core job as specified."""
    return core_cost / core_hours
