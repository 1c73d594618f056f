"""What a path comes to within the horizon. Shapes: (..., path)."""

import numpy as np

from calc.quantity import quantity
from calc.reductions import summed


@quantity("path", unit="currency", label="Cost of the phases")
def phases_total(path, all_path_number, all_phase_cost_within):
    """Audit and core phases within the horizon."""
    return summed((all_path_number == path) * all_phase_cost_within)


@quantity("path", unit="currency", label="Total")
def total(phases_total, run_total, run_coordination_total, retainer_total, support_total, instability_total):
    """Everything that the path costs within the horizon, undiscounted."""
    return phases_total + run_total + run_coordination_total + retainer_total + support_total + instability_total


@quantity("path", unit="currency", label="Audit and core, uncut")
def core_cost(path, all_path_number, all_phase_cost):
    """Audit and core phases in full, also past the horizon: what a budget is compared with."""
    return summed((all_path_number == path) * all_phase_cost)


@quantity("path", unit="currency/month", label="Cost per stable month")
def cost_per_stable_month(total, stable_months):
    """Total by the months that the product is stable; empty where it never is within the horizon."""
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
    """Total by the hours of core and feature work delivered; empty where nothing is delivered within the horizon."""
    delivered = core_hours_delivered + feature_hours_delivered
    return np.where(delivered > 0, total / delivered, np.nan)


@quantity("phase", unit="currency/h", label="Visible rate")
def visible_rate(rate, hourly, fee, fee_covers_hours, annual_cost, paid_hours_per_year):
    """The rate on the offer: the hourly rate, the fee by the hours that it covers, or the salary by the hours in a year."""
    return hourly * rate + np.where(fee_covers_hours > 0, fee / fee_covers_hours, 0) + annual_cost / paid_hours_per_year


@quantity("path", unit="currency/h", label="Visible rate")
def headline_rate(path, all_path_number, all_share, all_visible_rate):
    """Visible rate of the core phases, weighted by their share of the work."""
    return summed((all_path_number == path) * all_share * all_visible_rate)


@quantity("path", unit="currency/h", label="Real cost per hour of core work")
def real_rate(core_cost, core_hours):
    """All that the audit and core phases cost, by the hours of the core job as specified."""
    return core_cost / core_hours
