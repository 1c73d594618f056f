"""From the end of the core work to the horizon: features, retainer, support, a rewrite, and what instability costs.

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


@quantity("path", unit="0/1", label="Core by the same model")
def runner_did_core(path, runner, all_path_number, all_model_number, all_is_core):
    """1 where the model that does the feature work did core work before, so that its people are hired already."""
    return np.minimum(1, summed((all_path_number == path) * (all_model_number == runner) * all_is_core))


@quantity("path", unit="0/1", label="Anybody runs it")
def has_run(runner_engaged, feature_hours_per_month):
    """1 where the feature work happens: where there is some, or where the people for it are engaged already."""
    return np.where(runner_engaged == 1, 1, np.where(feature_hours_per_month > 0, 1, 0))


@quantity("path", unit="months", label="Feature work starts after")
def run_start(core_end, lead_weeks_of_runner, runner_engaged, weeks_per_month):
    """Once the core is done and the people are found; the search for them begins with the project."""
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
    """Rework on feature work, a share of the usual where the core was documented."""
    return rework_of_runner * np.where(core_documented == 1, rework_after_documentation, 1)


@quantity("path", unit="people", label="People the features need")
def run_load(feature_hours_per_month, hours_per_week_of_runner, weeks_per_month):
    """Feature hours a month, divided by what one person does in a month."""
    return feature_hours_per_month / (hours_per_week_of_runner * weeks_per_month)


@quantity("path", unit="people", label="People on the payroll")
def run_people(hires, run_load):
    """Whole people on a salary for the feature work: the planned hires, or more where the work needs them."""
    return np.maximum(hires, np.ceil(rounded(run_load, 9)))


@quantity("path", unit="people", label="People who may leave")
def running_people(salaried_of_runner, run_people, run_load):
    """Those on the payroll, or as many as the feature work keeps busy."""
    return np.where(salaried_of_runner == 1, run_people, run_load)


@quantity("path", unit="currency/week", label="A week's pay")
def run_week_pay(
    salaried_of_runner, annual_cost_of_runner, weeks_per_year, run_rate_of_runner, hours_per_week_of_runner
):
    """What one person who does the feature work is paid for a week."""
    by_hour = run_rate_of_runner * hours_per_week_of_runner
    return np.where(salaried_of_runner == 1, annual_cost_of_runner / weeks_per_year, by_hour)


@quantity("path", unit="currency/month", label="Feature work a month")
def run_monthly(
    has_run,
    salaried_of_runner,
    feature_hours_per_month,
    run_rate_of_runner,
    price_overhead_of_runner,
    run_rework,
    annual_cost_of_runner,
    months_per_year,
    run_people,
):
    """What the feature work costs a month, by the hour or as salaries."""
    by_hour = feature_hours_per_month * run_rate_of_runner * (1 + price_overhead_of_runner) * (1 + run_rework)
    by_salary = annual_cost_of_runner / months_per_year * run_people
    return has_run * np.where(salaried_of_runner == 1, by_salary, by_hour)


@quantity("path", unit="currency/month", label="Coordination a month")
def run_coordination_monthly(coordination_hours_of_runner, run_load, weeks_per_month, leader_rate_in_force):
    """The leader's time that the feature work takes a month."""
    return coordination_hours_of_runner * run_load * weeks_per_month * leader_rate_in_force


@quantity("path", unit="currency/month", label="Replacement a month")
def run_replacement_monthly(
    has_run,
    departures_per_month_of_runner,
    running_people,
    recruiting_of_runner,
    annual_cost_of_runner,
    onboarding_weeks_of_runner,
    run_week_pay,
):
    """What it is expected to cost a month that people leave the feature work: finding others, and getting them on board."""
    one = recruiting_of_runner * annual_cost_of_runner + onboarding_weeks_of_runner * run_week_pay
    return has_run * departures_per_month_of_runner * running_people * one


@quantity("path", unit="currency", label="Hiring for features")
def run_hiring(has_run, recruiting_of_runner, annual_cost_of_runner, run_people, hires, runner_did_core):
    """Recruiting those who are on the payroll for the feature work, less those who were hired for the core."""
    return has_run * recruiting_of_runner * annual_cost_of_runner * (run_people - hires * runner_did_core)


@quantity("path", unit="0/1", label="Feature work starts in time")
def run_starts(run_months):
    """1 where the feature work starts before the horizon."""
    return np.where(rounded(run_months, 9) > 0, 1, 0)


@quantity("path", unit="currency/month", label="Hiring for features a month")
def run_hiring_monthly(run_starts, run_hiring, run_months):
    """Hiring for the feature work, spread over it; 0 where it starts at the horizon or later."""
    return np.where(run_starts == 1, run_hiring / run_months, 0)


@quantity("path", unit="currency/month", label="Retainer a month")
def retainer_monthly(retainer_per_quarter_of_keeper, reviews_per_year, months_per_year):
    """The price of a review by the reviews in a year; 0 on a path without a retainer."""
    return retainer_per_quarter_of_keeper * reviews_per_year / months_per_year


@quantity(unit="0/1", label="Something is left to support")
def needs_support(answer_contained, answer_one_off):
    """0 where the result leaves nothing in operation, or was made to be used once; else 1."""
    return np.where(np.maximum(answer_contained, answer_one_off) == 1, 0, 1)


@quantity("path", unit="currency/month", label="Support a month")
def support_monthly(support_of_last_core, paid_work_of_last_core, has_keeper, needs_support):
    """Fixes after delivery, as a share of the last core phase's paid work; none on a path with a retainer."""
    return support_of_last_core * paid_work_of_last_core * (1 - has_keeper) * needs_support


@quantity("path", unit="months", label="Support is paid from")
def support_start(core_end, support_included_months_of_last_core):
    """When the months of support that the price includes are over."""
    return core_end + support_included_months_of_last_core


@quantity(unit="0/1", label="Decides what comes later")
def constrains_later(answer_from_scratch, answer_architecture, answer_one_off):
    """1 for a new product or one whose architecture is decided, unless it is made to be used once."""
    decides = np.where(np.maximum(answer_from_scratch, answer_architecture) == 1, 1, 0)
    return decides * np.where(answer_one_off == 1, 0, 1)


@quantity("path", unit="currency", label="Paid work on the core")
def core_paid_work(path, all_path_number, all_is_core, all_paid_work):
    """What is paid to those who build or repair the core, in all core phases: what a rewrite would have to repeat."""
    return summed((all_path_number == path) * all_is_core * all_paid_work)


@quantity("path", unit="share", label="Chance of a rewrite")
def rewrite_chance(rewrite_of_last_core, constrains_later, prepared_of_last_core):
    """Chance that what was built must be rebuilt; none where somebody audited or documented it first. Source: insoftex."""
    return rewrite_of_last_core * constrains_later * (1 - prepared_of_last_core)


@quantity("path", unit="currency", label="Rewrite, whole")
def rewrite_cost(rewrite_chance, core_paid_work):
    """What a rewrite is expected to cost, within the horizon or later."""
    return rewrite_chance * core_paid_work


@quantity("path", unit="months", label="Rewrite starts after")
def rewrite_start(core_end, rewrite_month):
    """Once it shows that it is needed, and not before the core is done; it takes a month."""
    return np.maximum(core_end, rewrite_month)


@quantity("path", unit="share", label="Rewrite within the horizon")
def rewrite_within(horizon_months, rewrite_start):
    """Share of the rewrite's month that falls within the horizon."""
    return np.clip(horizon_months - rewrite_start, 0, 1)


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


@quantity("path", unit="0/1", label="Nothing to run")
def run_idle(feature_hours_per_month, run_total):
    """1 where there is no feature work and nobody is paid to be there for it, so that the plan leaves it out."""
    return np.where(feature_hours_per_month == 0, np.where(rounded(run_total, 2) == 0, 1, 0), 0)


@quantity("path", unit="currency", label="Coordination of features")
def run_coordination_total(run_coordination_monthly, run_months):
    """The leader's time on the feature work within the horizon."""
    return run_coordination_monthly * run_months


@quantity("path", unit="currency", label="Replacement of features")
def run_replacement_total(run_replacement_monthly, run_months):
    """Replacing those who leave the feature work, within the horizon."""
    return run_replacement_monthly * run_months


@quantity("path", unit="currency", label="Hiring of features")
def run_hiring_total(run_hiring, run_starts):
    """Hiring for the feature work where it starts before the horizon."""
    return run_hiring * run_starts


@quantity("path", unit="currency", label="Rewrite")
def rewrite_total(rewrite_cost, rewrite_within):
    """What a rewrite is expected to cost within the horizon."""
    return rewrite_cost * rewrite_within


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
    """Months that instability costs in full: until the core work is done, and the unresolved share of those after it."""
    return np.minimum(horizon_months, core_end) + unresolved_share * stable_months


@quantity("path", unit="currency", label="Instability")
def instability_total(instability_monthly, unstable_months):
    """What instability costs within the horizon."""
    return instability_monthly * unstable_months
