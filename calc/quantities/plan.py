"""The plan: every phase of every path with its weeks, dates and cost, and the steps within it. Shapes (..., stage), (..., step).

A stage is any phase of a path, the feature work and the retainer too. Weeks count from the start of the project; dates are
day numbers of the spreadsheet calendar. A week of work is five working days, so every date is one, whatever the fraction
of the week.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import picked_or, summed


def working_day(start_workday, weeks, workdays_per_week, days_per_week, monday):
    """The working day that lies so many weeks after the start, a part of a week rounded down to whole working days.

    All (...); weeks past the start, start_workday of `start_workday`. Returns day numbers.
    """
    workday = start_workday + np.floor(rounded(weeks * workdays_per_week, 9))
    return monday + workday + (days_per_week - workdays_per_week) * np.floor(workday / workdays_per_week)


@quantity(unit="days", label="Working days before the start")
def start_workday(start_day, monday, days_per_week, workdays_per_week):
    """Working days from the first Monday of the calendar to the start; a start on a weekend counts as the next Monday."""
    weeks = np.floor((start_day - monday) / days_per_week)
    return workdays_per_week * weeks + np.minimum(start_day - monday - days_per_week * weeks, workdays_per_week)


@quantity("stage", unit="week", label="Starts in week")
def stage_start(
    start_week_of_own_phase, is_run, run_start_of_own_path, weeks_per_month, is_retainer, weeks_to_stable_of_own_path
):
    """Start of a phase, of the feature work, or of the retainer, which begins when the core is done."""
    run = is_run * run_start_of_own_path * weeks_per_month
    return start_week_of_own_phase + run + is_retainer * weeks_to_stable_of_own_path


@quantity("stage", unit="week", label="Ends in week")
def stage_end(end_week_of_own_phase, is_run, is_retainer, horizon_weeks, stage_start):
    """End of a phase; feature work and retainer last to the horizon."""
    return end_week_of_own_phase + (is_run + is_retainer) * np.maximum(horizon_weeks, stage_start)


@quantity("stage", unit="currency", label="Paid")
def stage_paid(
    phase_paid_of_own_phase,
    within_of_own_phase,
    is_run,
    run_total_of_own_path,
    run_replacement_total_of_own_path,
    run_hiring_total_of_own_path,
    is_retainer,
    retainer_total_of_own_path,
):
    """What has to be paid for the phase, the feature work or the retainer within the horizon."""
    run = is_run * (run_total_of_own_path + run_replacement_total_of_own_path + run_hiring_total_of_own_path)
    return phase_paid_of_own_phase * within_of_own_phase + run + is_retainer * retainer_total_of_own_path


@quantity("stage", unit="currency", label="Own time")
def stage_own_time(coordination_cost_of_own_phase, within_of_own_phase, is_run, run_coordination_total_of_own_path):
    """The leader's hours on the phase or on the feature work within the horizon."""
    return coordination_cost_of_own_phase * within_of_own_phase + is_run * run_coordination_total_of_own_path


@quantity("stage", unit="currency", label="Past the horizon")
def stage_beyond(phase_cost_of_own_phase, within_of_own_phase):
    """What an audit or core phase costs past the horizon, own time included."""
    return phase_cost_of_own_phase * (1 - within_of_own_phase)


@quantity("phase", unit="currency", label="Paid by its end")
def paid_by_end(path_number, position, all_path_number, all_position, all_phase_paid):
    """What has been paid when the phase ends: for the phase and those before it, whole."""
    return summed((all_path_number == path_number) * (all_position <= position) * all_phase_paid)


@quantity("phase", unit="currency", label="Of that past the horizon")
def paid_past_by_end(path_number, position, all_path_number, all_position, all_phase_paid, all_within):
    """What of the phase and those before it is paid past the horizon, so that it is no part of what the path is paid within."""
    until = (all_path_number == path_number) * (all_position <= position)
    return summed(until * (1 - all_within) * all_phase_paid)


@quantity("path", unit="currency", label="Paid for the phases past the horizon")
def phases_paid_past(path, all_path_number, all_within, all_phase_paid):
    """What is paid for the audit and core phases past the horizon."""
    return summed((all_path_number == path) * (1 - all_within) * all_phase_paid)


@quantity("phase", unit="currency", label="Paid for later phases")
def paid_for_later(path_number, position, all_path_number, all_position, all_phase_paid):
    """What the audit and core phases after this one cost, whole, as far as it is paid."""
    return summed((all_path_number == path_number) * (all_position > position) * all_phase_paid)


@quantity("stage", unit="currency", label="Paid by then")
def stage_paid_so_far(paid_by_end_of_own_phase, is_run, is_retainer, paid_of_own_path, phases_paid_past_of_own_path):
    """What has been paid when the phase ends. Feature work and retainer end at the horizon, with all that is paid, or begin
    after it, with what the phases cost past it."""
    return paid_by_end_of_own_phase + (is_run + is_retainer) * (paid_of_own_path + phases_paid_past_of_own_path)


@quantity("stage", unit="currency", label="Of that past the horizon")
def stage_paid_past(paid_past_by_end_of_own_phase, is_run, is_retainer, phases_paid_past_of_own_path):
    """What of it is paid past the horizon."""
    return paid_past_by_end_of_own_phase + (is_run + is_retainer) * phases_paid_past_of_own_path


@quantity("stage", unit="currency", label="Stopping then saves")
def stage_saves(paid_for_later_of_own_phase, is_run, is_retainer, paid_of_own_path, phases_paid_of_own_path):
    """What need not be paid any more if one stops when the phase ends: later phases, and all after them to the horizon."""
    after_phases = paid_of_own_path - phases_paid_of_own_path
    return paid_for_later_of_own_phase + (1 - is_run - is_retainer) * after_phases


@quantity("stage", unit="date", label="Start")
def stage_start_date(start_workday, stage_start, workdays_per_week, days_per_week, monday):
    """The day on which the phase starts."""
    return working_day(start_workday, stage_start, workdays_per_week, days_per_week, monday)


@quantity("stage", unit="date", label="End")
def stage_end_date(start_workday, stage_end, workdays_per_week, days_per_week, monday):
    """The day on which the phase ends."""
    return working_day(start_workday, stage_end, workdays_per_week, days_per_week, monday)


@quantity("stage", unit="weeks", label="Weeks")
def stage_weeks(stage_start, stage_end):
    """How long the phase takes."""
    return stage_end - stage_start


@quantity("step", unit="week", label="Starts in week")
def step_start(from_end, stage_start_of_own_stage, stage_end_of_own_stage, offset):
    """Start of a step, counted from its phase's start or end, not before the phase."""
    anchor = np.where(from_end == 1, stage_end_of_own_stage, stage_start_of_own_stage)
    return np.maximum(stage_start_of_own_stage, anchor + offset)


@quantity("step", unit="week", label="Ends in week")
def step_end(step_start, length, has_until, until, from_end, offset, stage_end_of_own_stage):
    """End of a step: its length after its start, or so long before the phase's end; within the phase unless it follows it."""
    free = np.where(has_until == 1, stage_end_of_own_stage + until, step_start + length)
    follows = from_end * np.where(offset >= 0, 1, 0)
    return np.where(follows == 1, free, np.maximum(step_start, np.minimum(free, stage_end_of_own_stage)))


@quantity("step", unit="date", label="Start")
def step_start_date(start_workday, step_start, workdays_per_week, days_per_week, monday):
    """The day on which the step starts."""
    return working_day(start_workday, step_start, workdays_per_week, days_per_week, monday)


@quantity("step", unit="date", label="End")
def step_end_date(start_workday, step_end, workdays_per_week, days_per_week, monday):
    """The day on which the step ends."""
    return working_day(start_workday, step_end, workdays_per_week, days_per_week, monday)


@quantity(unit="path", label="Path in the plan")
def plan_path(plan_choice, recommended):
    """Position of the path that the plan shows: the one picked, or the recommended one where none is (0)."""
    return np.where(plan_choice == 0, recommended, plan_choice)


@quantity(unit="currency", label="Paid for the phases of the plan")
def plan_stages_paid(plan_path, all_own_path, all_stage_paid):
    """What is paid within the horizon for the phases of the path in the plan, its feature work and its retainer."""
    return summed((all_own_path == plan_path) * all_stage_paid)


@quantity(unit="currency", label="Phases of the plan past the horizon")
def plan_stages_beyond(plan_path, all_own_path, all_stage_beyond):
    """What the phases of the path in the plan cost past the horizon."""
    return summed((all_own_path == plan_path) * all_stage_beyond)


def nth_stage(plan_stage, path, all_first_stage, all_stages, all_has_keeper, all_run_idle):
    """Row of a path's n-th phase among those of all paths, feature work left out where it is idle; 0 past its last.

    Feature work follows the core, and only a retainer follows that. path: position of the path, 0 for none.
    """
    first, count = picked_or(all_first_stage, path, 0), picked_or(all_stages, path, 0)
    idle, run = picked_or(all_run_idle, path, 0), count - picked_or(all_has_keeper, path, 0)
    return np.where(plan_stage <= count - idle, first + plan_stage - 1 + idle * (plan_stage >= run), 0)


@quantity("plan_stage", unit="number", label="Row")
def plan_stage_row(plan_stage, plan_path, all_first_stage, all_stages, all_has_keeper, all_run_idle):
    """Row of the plan's n-th phase among those of all paths; 0 past its last."""
    return nth_stage(plan_stage, plan_path, all_first_stage, all_stages, all_has_keeper, all_run_idle)


@quantity("plan_stage", unit="currency", label="Paid by its end past the horizon")
def plan_stage_paid_past(plan_stage_row, all_stage_paid_past):
    """What of all that is paid by the end of the plan's n-th phase is paid past the horizon; 0 past its last."""
    return picked_or(all_stage_paid_past, plan_stage_row, 0)


@quantity("plan_step", unit="number", label="Row")
def plan_step_row(plan_step, plan_path, all_first_step_row, all_steps):
    """Row of the plan's n-th step among those of all paths; 0 past its last."""
    first, count = picked_or(all_first_step_row, plan_path, 0), picked_or(all_steps, plan_path, 0)
    return np.where(plan_step <= count, first + plan_step - 1, 0)


@quantity(unit="weeks", label="Retainer starts in week")
def plan_retainer_start(plan_path, all_has_keeper, all_weeks_to_stable):
    """Week in which the retainer of the path in the plan starts; empty where it has none."""
    has_keeper = picked_or(all_has_keeper, plan_path, 0)
    return np.where(has_keeper == 1, picked_or(all_weeks_to_stable, plan_path, 0), np.nan)


@quantity(unit="weeks", label="Weeks between reviews")
def weeks_between_reviews(weeks_per_year, reviews_per_year):
    """Weeks between two reviews of a retainer; empty where they come at milestones only."""
    return np.where(reviews_per_year > 0, weeks_per_year / reviews_per_year, np.nan)


@quantity("review", unit="week", label="In week")
def review_week(plan_retainer_start, review_number, weeks_between_reviews, horizon_weeks):
    """Week of a review of the retainer, up to the horizon; empty past it and where there are no reviews."""
    week = plan_retainer_start + review_number * weeks_between_reviews
    within = np.where(rounded(week - horizon_weeks, 9) <= 0, week, np.nan)
    return np.where(np.isnan(plan_retainer_start) + np.isnan(weeks_between_reviews) > 0, np.nan, within)


@quantity("review", unit="date", label="Date")
def review_date(review_week, start_workday, workdays_per_week, days_per_week, monday):
    """The day of the review; empty where there is none."""
    date = working_day(start_workday, review_week, workdays_per_week, days_per_week, monday)
    return np.where(np.isnan(review_week), np.nan, date)


@quantity("plan_stage", unit="number", label="Row of the next step")
def next_stage_row(plan_stage, recommended, all_first_stage, all_stages, all_has_keeper, all_run_idle):
    """Row of the recommended path's n-th phase among those of all paths; 0 past its last."""
    return nth_stage(plan_stage, recommended, all_first_stage, all_stages, all_has_keeper, all_run_idle)
