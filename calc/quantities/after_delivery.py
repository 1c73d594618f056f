"""From the end of the core work to the horizon: features, retainer, support, and what instability costs.

All arrays have shape (..., path). `x_of_runner` is x of the model that does the feature work, `x_of_keeper` of the model
on retainer, `x_of_last_core` of the path's last core phase. Source: docs/model.md, "Phases".
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import summed


@quantity("path", unit="weeks", label="Weeks to stable")
def weeks_to_stable(end_week_of_last_core):
    """End of the last core phase, in weeks from the start of the project."""
    return end_week_of_last_core


@quantity("path", unit="months", label="Core done after")
def core_end(weeks_to_stable, weeks_per_month):
    """End of the last core phase, in months from the start of the project."""
    return weeks_to_stable / weeks_per_month


@quantity("path", unit="0/1", label="Core done within the horizon")
def finished(core_end, horizon_months):
    """1 where the core work ends within the horizon."""
    return np.where(rounded(core_end, 9) <= horizon_months, 1, 0)


@quantity("path", unit="months", label="Stable months")
def stable_months(horizon_months, core_end):
    """Months of the horizon after the core work is done."""
    return np.maximum(0, horizon_months - core_end)


@quantity("path", unit="0/1", label="Runner engaged before")
def runner_engaged(path, runner, all_path_number, all_model_number):
    """1 where an audit or core phase of the path already engaged the model that does the feature work."""
    return np.minimum(1, summed((all_path_number == path) * (all_model_number == runner)))


@quantity("path", unit="months", label="Feature work starts after")
def run_start(core_end, lead_weeks_of_runner, runner_engaged, weeks_per_month):
    """Once the core is done and its people are found; the search for them begins with the project."""
    return np.maximum(core_end, lead_weeks_of_runner * (1 - runner_engaged) / weeks_per_month)


@quantity("path", unit="months", label="Months of feature work")
def run_months(horizon_months, run_start):
    """Months of feature work within the horizon."""
    return np.maximum(0, horizon_months - run_start)


@quantity("path", unit="0/1", label="Core documented")
def core_documented(path, all_path_number, all_documents):
    """1 where any audit or core phase of the path was by a documenting model."""
    return np.minimum(1, summed((all_path_number == path) * all_documents))


@quantity("path", unit="share of hours", label="Rework on features")
def run_rework(rework_of_runner, core_documented, rework_after_documentation):
    """Rework on feature work, cut to a share of itself where the core was documented."""
    return rework_of_runner * np.where(core_documented == 1, rework_after_documentation, 1)


@quantity("path", unit="people", label="People the features need")
def run_load(feature_hours_per_month, hours_per_week_of_runner, weeks_per_month):
    """Feature hours a month by what one person does in a month."""
    return feature_hours_per_month / (hours_per_week_of_runner * weeks_per_month)


@quantity("path", unit="people", label="People on the payroll")
def run_people(hires, run_load):
    """Whole people paid for features by salary: the planned hires, or more where the work needs them."""
    return np.maximum(hires, np.ceil(rounded(run_load, 9)))


@quantity("path", unit="currency/month", label="Feature work a month")
def run_monthly(
    salaried_of_runner,
    feature_hours_per_month,
    run_rate_of_runner,
    run_rework,
    annual_cost_of_runner,
    months_per_year,
    run_people,
):
    """What the feature work costs a month, by the hour or as salary."""
    by_hour = feature_hours_per_month * run_rate_of_runner * (1 + run_rework)
    return (1 - salaried_of_runner) * by_hour + annual_cost_of_runner / months_per_year * run_people


@quantity("path", unit="currency/month", label="Coordination a month")
def run_coordination_monthly(coordination_hours_of_runner, run_load, weeks_per_month, leader_rate_in_force):
    """Leader's time on the feature work a month; one person's worth at most."""
    return coordination_hours_of_runner * np.minimum(1, run_load) * weeks_per_month * leader_rate_in_force


@quantity("path", unit="currency/month", label="Retainer a month")
def retainer_monthly(retainer_per_quarter_of_keeper, months_per_quarter):
    """A third of the quarterly retainer; 0 on a path without one."""
    return retainer_per_quarter_of_keeper / months_per_quarter


@quantity("path", unit="currency/month", label="Support a month")
def support_monthly(support_of_last_core, paid_work_of_last_core, has_keeper):
    """Fixes after delivery, as a share of the last core phase's paid work; none on a path with a retainer."""
    return support_of_last_core * paid_work_of_last_core * (1 - has_keeper)


@quantity("path", unit="months", label="Support is paid from")
def support_start(core_end, support_included_months_of_last_core):
    """Once the months of support that the price includes are over."""
    return core_end + support_included_months_of_last_core


@quantity(unit="currency/month", label="Instability a month")
def instability_monthly(revenue_loss_per_month, incidents_per_month, incident_cost):
    """Revenue lost and incidents paid for in a month while the product is unstable."""
    return revenue_loss_per_month + incidents_per_month * incident_cost


@quantity("path", unit="share", label="Instability that outlives the core")
def unresolved_share(unresolved_of_last_core, systemic, prepared_of_last_core):
    """Chance that a systemic problem outlives the core work; none where the system was audited or documented first."""
    return unresolved_of_last_core * systemic * (1 - prepared_of_last_core)


@quantity("path", unit="currency", label="Feature work")
def run_total(run_monthly, run_months):
    """Feature work within the horizon."""
    return run_monthly * run_months


@quantity("path", unit="currency", label="Coordination of features")
def run_coordination_total(run_coordination_monthly, run_months):
    """Leader's time on the feature work within the horizon."""
    return run_coordination_monthly * run_months


@quantity("path", unit="currency", label="Retainer")
def retainer_total(retainer_monthly, stable_months):
    """Retainer from the end of the core work to the horizon."""
    return retainer_monthly * stable_months


@quantity("path", unit="currency", label="Support")
def support_total(support_monthly, horizon_months, support_start):
    """Support from the end of what the price includes to the horizon."""
    return support_monthly * np.maximum(0, horizon_months - support_start)


@quantity("path", unit="months", label="Unstable months")
def unstable_months(horizon_months, core_end, unresolved_share, stable_months):
    """Months of the horizon that instability costs in full: until the core work is done, then its unresolved share."""
    return np.minimum(horizon_months, core_end) + unresolved_share * stable_months


@quantity("path", unit="currency", label="Instability")
def instability_total(instability_monthly, unstable_months):
    """What instability costs within the horizon."""
    return instability_monthly * unstable_months
