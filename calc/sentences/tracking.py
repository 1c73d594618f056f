"""Actuals against the plan, as a reader is told it. Shapes: all (..., 1) alike."""

from __future__ import annotations

from typing import Any

import numpy as np

from calc.native import rounded
from calc.sentences import told
from calc.sentences.questions import NOT_COMPUTED, OUT_OF_DATE
from calc.text.live import amount, formatted, joined

NO_MONTH = "No month is filled in yet: what is entered on the sheet Actuals is held against the plan here."
KEPT = "Computed for these actuals"
ALL_DONE = "The core is done: nothing is left to decide."
WHOLE_JOB = "All figures below are the plan of the whole job, from its start."
MADE_WITHOUT = (
    "Not computed: no month, or not every figure of one, was filled in when this workbook was made. "
    "Build the workbook again."
)

# After the name of the path that is under way, in a workbook that holds no actuals of its own.
NO_FORECAST = "no forecast, not every figure of its months was filled in."


def forecast_line(actual_month, tracked_actual, tracked_planned_by_now, tracked_forecast, plan_total, currency):
    """What was spent so far, what was planned by now, and the forecast."""
    said = joined(
        "After month ", formatted(actual_month, "0"), ": ", currency, " ", amount(tracked_actual), " so far, ",
        amount(tracked_planned_by_now), " planned by now. Forecast: ", currency, " ", amount(tracked_forecast),
        "; the plan: ", amount(plan_total), ".",
    )  # fmt: skip
    return np.where(actual_month > 0, said, NO_MONTH)


def on_first_page(
    actual_month, tracked_actual, tracked_planned_by_now, tracked_forecast, tracked_missing, plan_total, code
):
    """How the path that is under way stands, after its name (`plan.under_way`), or that figures are missing; empty before
    the first month."""
    spent = joined(
        "it has cost ", code, " ", amount(tracked_actual), " by month ", formatted(actual_month, "0"), ", ",
        amount(tracked_planned_by_now), " planned; ",
    )  # fmt: skip
    missing = joined("no forecast, missing figures: ", amount(tracked_missing), ".")
    whole = joined("forecast ", amount(tracked_forecast), ", plan ", amount(plan_total), ".")
    return np.where(actual_month > 0, joined(spent, np.where(tracked_missing > 0, missing, whole)), "")


def stands_in_words(found: dict[str, Any], code: str) -> str:
    """The same of what `calc.tracking.track` has found, where nothing is missing."""
    known = {"actual_month": found["month"], "tracked_missing": 0, "code": code}
    known |= {"tracked_actual": found["actual"]["to_date"], "tracked_planned_by_now": found["plan"]["to_date"]}
    known |= {"tracked_forecast": found["forecast"]["total"], "plan_total": found["plan"]["total"]}
    return told(on_first_page, known)


def headroom_on_first_page(actual_month, tracked_missing, forecast_headroom):
    """The headroom that is forecast, beside that of the plan; empty where the forecast does not hold, or without a budget."""
    return np.where((actual_month > 0) * (tracked_missing == 0) > 0, forecast_headroom, np.nan)


def headroom_while_it_holds(headroom, changed):
    """The same as it was when the workbook was made; empty where it was not known, or inputs have changed since."""
    # An empty cell would be shown as 0 if it were only passed on.
    return np.where(changed > 0, np.nan, np.where(np.isnan(headroom), np.nan, headroom))


def headroom_head(headroom):
    """What stands above it, where it is known."""
    return np.where(np.isnan(headroom), "", "Headroom, forecast")


def late_line(actual_month, forecast_core_end, horizon_months):
    """That the core would be done after the horizon only, and what the forecast then holds; empty where it is not so."""
    late = (actual_month > 0) * (rounded(forecast_core_end - horizon_months, 9) > 0)
    said = joined(
        "At this pace the core will be done after about ", amount(forecast_core_end), " months, past the horizon of ",
        formatted(horizon_months, "0"), "; what is left of the planned work is forecast whole, the rest up to the horizon.",
    )  # fmt: skip
    return np.where(late > 0, said, "")


def missing_line(tracked_missing):
    """What would have to be entered for the forecast to hold; empty where nothing is missing."""
    figures = np.where(
        tracked_missing == 1, " figure that the plan has is missing", " figures that the plan has are missing"
    )
    until = ": fill in every month, with 0 where there was nothing; until then the forecast does not hold."
    said = joined(formatted(tracked_missing, "0"), figures, until)
    return np.where(tracked_missing > 0, said, "")


def same_actuals(now, then, known_now, known_then, done_now, done_then, spent_now, spent_then):
    """1 where what is entered now is what was entered when the workbook was made.

    now, then: the last month with actuals, in the cells and when the workbook was made; known: the last with progress; done:
    how much of the core is done; spent: all amounts so far.
    """
    spent = rounded(spent_now - spent_then, 2) == 0
    return (now == then) * (known_now == known_then) * (done_now == done_then) * spent


def ways_kept(changed, same):
    """Whether the ways to go on, found once, still belong to the inputs and to what is entered."""
    return np.where(changed > 0, OUT_OF_DATE, np.where(same > 0, KEPT, OUT_OF_DATE))


def ways_found(trials, then, kept):
    """The same, unless they were not looked for when the workbook was made, or nothing had happened then."""
    return np.where(trials > 0, np.where(then > 0, kept, MADE_WITHOUT), NOT_COMPUTED)


def ways_line(now, done_now, found):
    """The same, unless no month is filled in, or nothing of the core is left."""
    return np.where(now > 0, np.where(done_now >= 1, ALL_DONE, found), NO_MONTH)


def advised(said, found, done_now):
    """Whether to stay or to switch as it was found once, or in its place why that is not known. found: the text above."""
    return np.where(done_now >= 1, ALL_DONE, np.where(found == KEPT, said, found))


def advised_why(said, found, done_now):
    """The reason for it, and that all else on the page is of the whole job; found as above."""
    return np.where((done_now < 1) * (found == KEPT) * (said != "") > 0, joined(said, " ", WHOLE_JOB), WHOLE_JOB)


def advised_here(said, why, line):
    """Both sentences beside `line`, the text above them; empty where they do not hold."""
    return np.where(line == KEPT, joined(said, " ", why), "")


def why_kept(said, changed):
    """The same of what was surely computed. changed: inputs that have changed since."""
    return np.where((changed == 0) * (said != "") > 0, joined(said, " ", WHOLE_JOB), WHOLE_JOB)


def actuals_changed(same, known, changed):
    """That what was found for other actuals is left out, where the inputs are the same.

    known: the last month with actuals when the workbook was made, or where none had any, of now.
    """
    sentence = "Out of date: the actuals have changed. To see whether to stay or to switch, build the workbook again."
    return np.where((known > 0) * (same == 0) * (changed == 0) > 0, sentence, "")
