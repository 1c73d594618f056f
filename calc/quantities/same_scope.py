"""What the same scope costs on every path: the core finished, and feature work for every month of the horizon.

A path that is late delivers less within the horizon and would look cheaper for it. So what it leaves undone is added, at
its own prices and discounted from the horizon. All arrays have shape (..., path). Source: docs/model.md, "Same scope".
"""

import numpy as np

from calc.quantity import quantity
from calc.reductions import summed


@quantity("path", unit="share", label="Rewrite owed")
def rewrite_owed(rewrite_within, horizon_months, rewrite_month):
    """Share of a rewrite past the horizon; none where the horizon is too short for any path to need one."""
    return (1 - rewrite_within) * np.where(horizon_months > rewrite_month, 1, 0)


@quantity("path", unit="currency", label="Rewrite past the horizon")
def beyond_rewrite(rewrite_cost, rewrite_owed):
    """What a rewrite is expected to cost past the horizon."""
    return rewrite_cost * rewrite_owed


@quantity("path", unit="currency", label="Core past the horizon")
def beyond_core(path, all_path_number, all_within, all_phase_cost, beyond_rewrite):
    """What the audit and core phases and a rewrite cost past the horizon."""
    return summed((all_path_number == path) * (1 - all_within) * all_phase_cost) + beyond_rewrite


@quantity("path", unit="currency", label="Instability past the horizon")
def beyond_instability(instability_monthly, core_end, horizon_months):
    """What instability costs from the horizon until the core work is done."""
    return instability_monthly * np.maximum(0, core_end - horizon_months)


@quantity("path", unit="months", label="Months of features not delivered")
def run_backlog(horizon_months, run_months):
    """Months of the horizon without feature work."""
    return horizon_months - run_months


@quantity("path", unit="months", label="Months of features owed")
def run_owed(feature_hours_per_month, run_backlog):
    """Months of feature work that the same scope still asks for; none where there is no feature work."""
    return np.where(feature_hours_per_month > 0, run_backlog, 0)


@quantity("path", unit="months", label="Months of care owed")
def care_owed(core_end, horizon_months):
    """Months of retainer or support that the same scope still asks for: those before the core was done."""
    return np.minimum(core_end, horizon_months)


@quantity("path", unit="currency", label="Features past the horizon")
def beyond_features(
    run_monthly,
    run_coordination_monthly,
    run_replacement_monthly,
    run_owed,
    retainer_monthly,
    support_monthly,
    care_owed,
    run_hiring,
    run_starts,
):
    """What it takes to catch up with the feature work, retainer and support of the whole horizon, and to hire for it."""
    of_features = (run_monthly + run_coordination_monthly + run_replacement_monthly) * run_owed
    return of_features + (retainer_monthly + support_monthly) * care_owed + run_hiring * (1 - run_starts)


@quantity("path", unit="currency", label="Past the horizon in all")
def beyond(beyond_core, beyond_instability, beyond_features):
    """What the same scope costs past the horizon, undiscounted."""
    return beyond_core + beyond_instability + beyond_features


@quantity("path", unit="currency", label="Cost of the same scope")
def same_scope(npv, beyond, horizon_factor):
    """Present value of what the same scope costs on every path: by this they are ranked."""
    return npv + beyond * horizon_factor
