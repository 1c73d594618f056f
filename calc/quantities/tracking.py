"""What really happened against the plan, and the forecast from it: where the core stands, and what of each line is to come.

The months with actuals are those up to the last in which something is entered. A forecast takes what is left of the plan's
core work, by what is done and not by the calendar, and divides it by the performance: what is done by what was planned to
be done by then. What follows the core keeps its monthly cost and moves with the new end of the core. Shapes (..., month)
for what happened, (..., phase) and (..., path) for what is left. The lines themselves are in `calc.actual_lines`.
"""

import numpy as np

from calc.native import count_given, rounded, sum_given
from calc.quantities.cash import so_far
from calc.quantities.plan import working_day
from calc.quantity import quantity
from calc.reductions import largest, picked_or, smallest_given, summed


@quantity("month", unit="currency", label="Actual: own time")
def actual_own_time(actual_leader_hours, leader_rate_in_force):
    """What the leader's hours of the month are worth."""
    return sum_given(actual_leader_hours) * leader_rate_in_force


@quantity("month", unit="currency", label="Actual: losses")
def actual_lost(actual_losses):
    """What was lost in the month while the product was unstable, the cost of incidents included."""
    return sum_given(actual_losses)


@quantity("month", unit="currency", label="Actual: total")
def actual_spend(actual_paid, actual_own_time, actual_lost):
    """Everything that is entered of the month."""
    return actual_paid + actual_own_time + actual_lost


@quantity("month", unit="currency", label="Actual so far")
def actual_so_far(all_actual_spend, all_month, month):
    """What is entered from the start to the end of the month."""
    return so_far(all_actual_spend, all_month, month)


@quantity("month", unit="currency", label="Plan so far")
def plan_so_far(all_plan_spend, all_month, month):
    """What the path in the plan costs from the start to the end of the month."""
    return so_far(all_plan_spend, all_month, month)


@quantity("month", unit="month", label="Month, at most the last with actuals")
def tracked_month(month, actual_month):
    """The month, or the last with actuals after it: a line over it ends where the actuals do."""
    return np.minimum(month, actual_month)


@quantity("month", unit="month", label="Month, from the last with actuals to the horizon")
def forecast_month(charted_month, actual_month):
    """The month, the last with actuals before it, and the horizon after it: a line over it goes from the one to the other."""
    return np.maximum(charted_month, actual_month)


@quantity("month", unit="currency", label="Forecast")
def forecast_so_far(tracked_actual, tracked_to_come, forecast_month, actual_month, horizon_months):
    """What is entered, and what is to come spread evenly up to the horizon."""
    since = np.where(
        horizon_months > actual_month, (forecast_month - actual_month) / (horizon_months - actual_month), 1
    )
    return tracked_actual + tracked_to_come * since


@quantity(unit="month", label="Months with actuals")
def actual_month(all_entered_month):
    """The last month in which anything is entered; 0 where nothing is."""
    return largest(all_entered_month)


@quantity("month", unit="0/1", label="With actuals")
def tracked(month, actual_month):
    """1 for the months up to the last in which anything is entered."""
    return np.where(month <= actual_month, 1, 0)


@quantity("month", unit="month", label="Month with progress")
def progress_month(month, actual_core_done):
    """The number of a month in which it is entered how much of the core is done; 0 of others."""
    return month * count_given(actual_core_done)


@quantity(unit="month", label="Progress is known at the end of month")
def core_known_month(all_progress_month):
    """The last month in which it is entered how much of the core is done; 0 where none is."""
    return largest(all_progress_month)


@quantity(unit="share", label="Core done")
def core_done(all_actual_core_done, core_known_month):
    """How much of the whole core is done, as it was entered last; nothing where it never was."""
    return picked_or(all_actual_core_done, core_known_month, 0)


@quantity("phase", unit="share", label="Core before the phase")
def share_before(path_number, position, all_path_number, all_position, all_share):
    """Share of the core that the earlier phases of the path do."""
    return summed((all_path_number == path_number) * (all_position < position) * all_share)


@quantity("phase", unit="share", label="Planned of the phase")
def phase_planned(core_known_month, start_month, end_month):
    """Share of the phase that was planned to be over when progress was entered last."""
    return np.clip((core_known_month - start_month) / (end_month - start_month), 0, 1)


@quantity(unit="share", label="Core planned by then")
def core_planned(all_in_plan, all_share, all_phase_planned):
    """How much of the whole core was planned to be done when progress was entered last."""
    return summed(all_in_plan * all_share * all_phase_planned)


@quantity(unit="share", label="Core done, of what was planned")
def performance(core_done, core_planned, performance_low, performance_high):
    """Core done by core planned by then, within the bounds of the settings; 1 while nothing was planned to be done."""
    seen = np.clip(core_done / core_planned, performance_low, performance_high)
    return np.where(rounded(core_planned, 9) > 0, seen, 1)


@quantity("phase", unit="share", label="Done of the phase")
def phase_done(is_core, share, share_before, core_done, actual_month, start_month, end_month):
    """Share of the phase that is done: of core work by the progress entered, of an audit by the calendar."""
    by_calendar = np.clip((actual_month - start_month) / (end_month - start_month), 0, 1)
    by_progress = np.where(share > 0, np.clip((core_done - share_before) / share, 0, 1), 0)
    return np.where(is_core == 1, by_progress, by_calendar)


@quantity("phase", unit="share", label="Left of the phase")
def phase_left(is_core, within, phase_done, performance):
    """What of the phase, as far as the horizon counts it, is still to be paid: at the performance seen for core work."""
    return np.maximum(0, within - phase_done) / np.where(is_core == 1, performance, 1)


@quantity("phase", unit="months", label="Where the plan has it")
def phase_stands(start_month, end_month, phase_done):
    """Months from the start at which the plan has as much of the phase done."""
    return start_month + phase_done * (end_month - start_month)


@quantity(unit="months", label="Core done in the plan after")
def plan_core_end(all_core_end, plan_path):
    """End of the core work in the plan, in months from the start."""
    return picked_or(all_core_end, plan_path, 0)


@quantity("phase", unit="months", label="The plan reaches what is done of it after")
def phase_reached(in_plan, is_core, phase_done, phase_stands):
    """When the plan reaches what is done of a core phase, in months from the start; 0 where nothing is done."""
    return np.where(in_plan * is_core * (phase_done > 0) == 1, phase_stands, 0)


@quantity("phase", unit="months", label="The plan goes on beyond what is done of it after")
def phase_goes_on(in_plan, is_core, phase_done, phase_stands, plan_core_end):
    """When the plan goes on beyond what is done of a core phase, in months from the start; its end where all is done."""
    return np.where(in_plan * is_core * (phase_done < 1) == 1, phase_stands, plan_core_end)


@quantity(unit="months", label="The plan reaches it after")
def reached_from(all_phase_reached):
    """When the plan reaches what is done of the core, in months from the start; 0 where nothing is done."""
    return largest(all_phase_reached)


@quantity(unit="months", label="The plan leaves it after")
def reached_until(all_phase_goes_on):
    """When the plan goes on beyond what is done of the core, in months from the start."""
    return smallest_given(all_phase_goes_on)


@quantity(unit="months", label="Stands where the plan is after")
def stands_at(reached_from, reached_until, actual_month):
    """The month of the plan that has as much of the core done: the present one where the plan waits just then."""
    return np.minimum(np.maximum(actual_month, reached_from), reached_until)


@quantity("month", unit="month", label="Core not done")
def undone_month(progress_month, actual_core_done):
    """The month, where it is entered that the core is not yet done; else 0."""
    return np.where(actual_core_done < 1, progress_month, 0)


@quantity(unit="months", label="Month before the core was done")
def last_undone(all_undone_month):
    """The last month at whose end the core was not done; 0 where there is none."""
    return largest(all_undone_month)


@quantity("month", unit="month", label="Core known to be done")
def done_month(progress_month, last_undone, core_known_month):
    """The month, where it is entered that the core is done for good; else the last month of which anything is known."""
    return np.where(progress_month > last_undone, progress_month, core_known_month)


@quantity(unit="months", label="Month by which the core was done")
def first_done(all_done_month):
    """The first month at whose end the core was done for good; the last of which anything is known where it is not done."""
    return smallest_given(all_done_month)


@quantity(unit="months", label="Core done after, forecast")
def forecast_core_end(core_done, plan_core_end, last_undone, first_done, actual_month, stands_at, performance):
    """End of the core: between the months known to be before and after it, as near the plan as can be; else at the pace seen."""
    known = np.clip(plan_core_end, last_undone, first_done)
    expected = actual_month + (plan_core_end - stands_at) / performance
    return np.where(core_done >= 1, known, expected)


@quantity(unit="week", label="Core done in week, forecast")
def forecast_end_week(forecast_core_end, weeks_per_month):
    """When the core is done, in weeks from the start."""
    return forecast_core_end * weeks_per_month


@quantity(unit="date", label="Core done, forecast")
def forecast_end_date(start_workday, forecast_end_week, workdays_per_week, days_per_week, monday):
    """The working day on which the core is done."""
    return working_day(start_workday, forecast_end_week, workdays_per_week, days_per_week, monday)


@quantity("path", unit="months", label="Feature work would start after")
def moved_run_start(forecast_core_end, lead_weeks_of_runner, runner_engaged, weeks_per_month):
    """When feature work on the path starts if its core ends as forecast."""
    return np.maximum(forecast_core_end, lead_weeks_of_runner * (1 - runner_engaged) / weeks_per_month)


@quantity(unit="months", label="Feature work starts after, forecast")
def forecast_run_start(all_moved_run_start, plan_path):
    """When feature work starts on the path in the plan if its core ends as forecast."""
    return picked_or(all_moved_run_start, plan_path, 0)


@quantity(unit="months", label="Feature work, forecast")
def forecast_run_months(horizon_months, forecast_run_start):
    """Months of feature work up to the horizon, those behind us included."""
    return np.maximum(0, horizon_months - forecast_run_start)


@quantity(unit="months", label="Feature work to come")
def run_left(horizon_months, forecast_run_start, actual_month):
    """Months of feature work that are still to come."""
    return np.maximum(0, horizon_months - np.maximum(actual_month, forecast_run_start))


@quantity(unit="share", label="Share of feature work to come")
def run_share_left(run_left, forecast_run_months):
    """Share of the feature work up to the horizon that is still to come."""
    return np.where(rounded(forecast_run_months, 9) > 0, run_left / forecast_run_months, 0)


@quantity(unit="months", label="After the core, to come")
def care_left(horizon_months, forecast_core_end, actual_month):
    """Months after the core is done that are still to come."""
    return np.maximum(0, horizon_months - np.maximum(actual_month, forecast_core_end))


@quantity(unit="months", label="Support to come")
def support_left(horizon_months, forecast_core_end, all_support_start, plan_path, plan_core_end, actual_month):
    """Months of paid support that are still to come."""
    starts = forecast_core_end + picked_or(all_support_start, plan_path, 0) - plan_core_end
    return np.maximum(0, horizon_months - np.maximum(actual_month, starts))


@quantity(unit="share", label="Rewrite to come")
def rewrite_left(horizon_months, forecast_core_end, rewrite_month, actual_month):
    """Share of the rewrite's month that is still to come, up to the horizon."""
    starts = np.maximum(forecast_core_end, rewrite_month)
    before = np.clip(np.minimum(actual_month, horizon_months) - starts, 0, 1)
    return np.clip(horizon_months - starts, 0, 1) - before


@quantity(unit="months", label="Unstable months to come")
def unstable_left(horizon_months, forecast_core_end, actual_month, care_left, all_unresolved_share, plan_path):
    """Months to come that instability costs in full: until the core is done, and the share of those after it that outlives it."""
    until_done = np.maximum(0, np.minimum(horizon_months, forecast_core_end) - actual_month)
    return until_done + picked_or(all_unresolved_share, plan_path, 0) * care_left


@quantity(unit="0/1", label="Progress is missing")
def core_missing(actual_month, core_known_month, core_done, all_in_plan, all_share, all_start_month):
    """1 where core work was to be under way, is not done, and its progress is not entered up to the last month with actuals."""
    begun = summed(all_in_plan * (all_share > 0) * (all_start_month < actual_month))
    return np.where(core_known_month < actual_month, 1, 0) * np.where(core_done < 1, 1, 0) * np.minimum(1, begun)


@quantity("phase", unit="share", label="Left of the phase, uncut")
def whole_left(is_core, phase_done, performance):
    """What of the whole phase, past the horizon too, is still to be paid: at the performance seen for core work."""
    return (1 - phase_done) / np.where(is_core == 1, performance, 1)


@quantity("month", unit="share", label="Hiring that is for the core")
def core_hiring_share(plan_hiring, plan_run_hiring, month, forecast_core_end):
    """Share of the month's hiring that is not for the feature work: as planned, and all of it where the plan has none before
    the core is done."""
    unplanned = np.where(month - 1 < forecast_core_end, 1, 0)
    return np.where(plan_hiring > 0, (plan_hiring - plan_run_hiring) / plan_hiring, unplanned)


@quantity("month", unit="currency", label="Actual: hiring for the core")
def actual_core_hiring(actual_hiring, core_hiring_share):
    """What of the hiring that is entered counts as invoiced for the core."""
    return np.where(np.isnan(actual_hiring), 0, actual_hiring * core_hiring_share)


@quantity(unit="currency", label="Invoiced so far")
def invoiced_so_far(labour_actual, hidden_scope_actual, rework_actual, onboarding_actual, all_actual_core_hiring):
    """What was paid so far of what a budget is compared with: the work of the audit and core phases, and hiring for it."""
    return labour_actual + hidden_scope_actual + rework_actual + onboarding_actual + summed(all_actual_core_hiring)


@quantity(unit="currency", label="Invoiced, forecast")
def invoiced_forecast(
    invoiced_so_far,
    all_in_plan,
    all_paid_work,
    all_hiring_cost,
    all_whole_left,
    all_billed_path,
    plan_path,
    all_billed_work,
    all_not_yet_due,
):
    """What was invoiced so far, what is left of the phases of the path in the plan, and what of them falls due only now."""
    left = summed(all_in_plan * (all_paid_work + all_hiring_cost) * all_whole_left)
    return invoiced_so_far + left + summed((all_billed_path == plan_path) * all_billed_work * all_not_yet_due)


@quantity(unit="currency", label="Budget left")
def budget_left(budget_given, budget, invoiced_so_far):
    """The budget less what was invoiced so far, below 0 where that is more; empty without a budget."""
    return np.where(budget_given == 1, rounded(budget - invoiced_so_far, 2), np.nan)


@quantity(unit="currency", label="Headroom, forecast")
def forecast_headroom(budget_given, budget, invoiced_forecast):
    """The budget less what will have been invoiced, below 0 where that is more; empty without a budget."""
    return np.where(budget_given == 1, rounded(budget - invoiced_forecast, 2), np.nan)
