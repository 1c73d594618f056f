"""Audit and core phases: how much work, how long, and what each cost line comes to.

All arrays have shape (..., phase); `all_x` is x of every phase along a new last axis. Parameters are those of the phase's
model. Weeks count from the start of the project. Source of every formula: docs/model.md, "Phases".
"""

import numpy as np

from calc.quantity import quantity
from calc.reductions import summed


@quantity("phase", unit="people", label="People")
def people(is_core, scales_with_specialists, scales_with_hires, specialists, hires):
    """People at work in the phase: the specialists or hires where the model scales with them; one person for an audit."""
    return 1 + is_core * (scales_with_specialists * (specialists - 1) + scales_with_hires * (hires - 1))


@quantity("phase", unit="0/1", label="Audits or documents")
def prepares(is_audit, documents):
    """1 where the phase is an audit or its model leaves architecture documents and runbooks."""
    return np.maximum(is_audit, documents)


@quantity("phase", unit="0/1", label="Audited or documented before")
def prepared(path_number, position, all_path_number, all_position, all_prepares):
    """1 once an earlier phase of the path was an audit or by a documenting model."""
    return np.minimum(1, summed((all_path_number == path_number) * (all_position < position) * all_prepares))


@quantity("phase", unit="0/1", label="Documented before")
def documented(path_number, position, all_path_number, all_position, all_documents):
    """1 once an earlier phase of the path was by a documenting model."""
    return np.minimum(1, summed((all_path_number == path_number) * (all_position < position) * all_documents))


@quantity("phase", unit="0/1", label="Model engaged before")
def engaged(path_number, position, model_number, all_path_number, all_position, all_model_number):
    """1 where an earlier phase of the path already engaged the same model, so that nobody needs to be found again."""
    return np.minimum(
        1,
        summed((all_path_number == path_number) * (all_position < position) * (all_model_number == model_number)),
    )


@quantity("phase", unit="h", label="Hours as specified")
def base_hours(core_hours, share):
    """The phase's share of the core job as it is specified today; 0 for an audit."""
    return core_hours * share


@quantity("phase", unit="share of hours", label="Hidden scope found")
def hidden_share(hidden_scope, systemic, prepared):
    """Work that turns up on the way in a systemic problem; none once somebody has audited or documented the system."""
    return hidden_scope * systemic * (1 - prepared)


@quantity("phase", unit="share of hours", label="Rework expected")
def rework_share(rework, documented, rework_after_documentation):
    """Rework, cut to a share of itself where an earlier phase left documents."""
    return rework * np.where(documented == 1, rework_after_documentation, 1)


@quantity("phase", unit="h", label="Hours of work")
def hours(base_hours, hidden_share, rework_share):
    """Hours worked on the core job: as specified, plus hidden scope, plus rework on both."""
    return base_hours * (1 + hidden_share) * (1 + rework_share)


@quantity("phase", unit="engagements", label="Engagements")
def engagements(share, base_hours, fee_covers_hours):
    """Engagements bought at a fee: the phase's share of one, or more where the job exceeds what one covers; 0 if hourly."""
    return np.where(fee_covers_hours > 0, np.maximum(share, base_hours / fee_covers_hours), 0)


@quantity("phase", unit="engagements", label="Engagements in time")
def engagements_in_time(share, base_hours, likely_of_coverage):
    """Engagements that the calendar sees. A fee that covers more hours is a dearer one, not a faster one: the likely figure."""
    return np.where(likely_of_coverage > 0, np.maximum(share, base_hours / likely_of_coverage), 0)


@quantity("phase", unit="weeks", label="Weeks at work")
def weeks(
    audit_weeks, weeks_per_engagement, engagements_in_time, by_fee, hours, price_overhead, people, hours_per_week
):
    """Weeks of work: the audit's own, or by the engagement, or the hours that the price contains by what people do in a week."""
    by_hours = (1 - by_fee) * hours * (1 + price_overhead) / (people * hours_per_week)
    return audit_weeks + weeks_per_engagement * engagements_in_time + by_hours


@quantity("phase", unit="weeks", label="Weeks to get on board")
def weeks_on_board(is_core, onboarding_weeks, weeks, weeks_of_full_onboarding):
    """Onboarding of a core phase, in proportion where the job is short; an audit has none. Source: insoftex, coordination."""
    return is_core * onboarding_weeks * np.minimum(1, weeks / weeks_of_full_onboarding)


@quantity("phase", unit="weeks", label="Weeks on board and at work")
def work_weeks(weeks_on_board, weeks):
    """Onboarding and work together."""
    return weeks_on_board + weeks


@quantity("phase", unit="people", label="Departures expected")
def departures(is_core, departures_per_month, people, work_weeks, weeks_per_month):
    """Expected number of people who leave during the phase; none during an audit. Source: leval, replacing a freelancer."""
    return is_core * departures_per_month * people * work_weeks / weeks_per_month


@quantity("phase", unit="weeks", label="Duration")
def duration(work_weeks, departures, replacement_weeks, people, people_stopped_by_one):
    """Work, and the weeks lost to replacing those who leave: all wait in a small team, a part of a large one."""
    return work_weeks + departures * replacement_weeks * np.minimum(1, people_stopped_by_one / people)


@quantity("phase", unit="weeks", label="Lead and duration")
def elapsed(lead_weeks, engaged, duration):
    """Weeks from the end of the previous phase: finding and contracting (once per model in a path), then the phase."""
    return lead_weeks * (1 - engaged) + duration


@quantity("phase", unit="week", label="Start week")
def start_week(path_number, position, all_path_number, all_position, all_elapsed, lead_weeks, engaged):
    """Weeks from the start of the project to that of the phase: all that has elapsed in its path, and its own lead."""
    before = summed((all_path_number == path_number) * (all_position < position) * all_elapsed)
    return before + lead_weeks * (1 - engaged)


@quantity("phase", unit="week", label="End week")
def end_week(start_week, duration):
    """Weeks from the project's start to the end of the phase."""
    return start_week + duration


@quantity("phase", unit="share", label="Within the horizon")
def within(horizon_weeks, start_week, duration):
    """Share of the phase that falls within the horizon; its cost lines are cut to it."""
    return np.clip((horizon_weeks - start_week) / duration, 0, 1)


@quantity("phase", unit="currency", label="Labour cost")
def labour_cost(
    hourly,
    rate,
    base_hours,
    price_overhead,
    audit_weeks,
    people,
    hours_per_week,
    fee,
    engagements,
    weeks_per_engagement,
    annual_cost,
    weeks_per_year,
    duration,
):
    """What is paid for the work as specified: by the hour, by the fee, or as a salary; an audit by its weeks."""
    by_hour = hourly * rate * (base_hours * (1 + price_overhead) + people * hours_per_week * audit_weeks)
    audited = np.where(weeks_per_engagement > 0, audit_weeks / weeks_per_engagement, 0)
    return by_hour + fee * (engagements + audited) + annual_cost / weeks_per_year * people * duration


@quantity("phase", unit="currency", label="Hidden scope cost")
def hidden_scope_cost(hourly, rate, base_hours, hidden_share):
    """Hours billed for what turned up on the way (hourly pricing only)."""
    return hourly * rate * base_hours * hidden_share


@quantity("phase", unit="currency", label="Rework cost")
def rework_cost(hourly, rate, base_hours, hidden_share, rework_share):
    """Hours billed a second time (hourly pricing only). Source: leval, 400 hours that became 550."""
    return hourly * rate * base_hours * (1 + hidden_share) * rework_share


@quantity("phase", unit="currency", label="Onboarding cost")
def onboarding_cost(hourly, rate, people, hours_per_week, weeks_on_board):
    """Hours billed while people get to know the system (hourly pricing only)."""
    return hourly * rate * people * hours_per_week * weeks_on_board


@quantity("phase", unit="currency", label="Paid work")
def paid_work(labour_cost, hidden_scope_cost, rework_cost, onboarding_cost):
    """All that is paid to the people who do the work: review, replacement, support and rewrite are shares of it."""
    return labour_cost + hidden_scope_cost + rework_cost + onboarding_cost


@quantity("phase", unit="currency", label="Coordination cost")
def coordination_cost(coordination_hours, people, duration, leader_rate_in_force):
    """The leader's time: coordination_hours a week for each person. Source: leval, pattern 4; insoftex, cost table."""
    return coordination_hours * people * duration * leader_rate_in_force


@quantity("phase", unit="currency", label="Review cost")
def review_cost(review, paid_work):
    """Security and quality review that the payer has to buy or do."""
    return review * paid_work


@quantity("phase", unit="currency", label="Replacement cost")
def replacement_cost(
    departures, replacement_share, paid_work, person_weeks_at_risk, people, work_weeks, recruiting, annual_cost
):
    """What those who leave are expected to cost: a share of the work, no more than of the usual job, and recruiting anew."""
    lost = replacement_share * paid_work * np.minimum(1, person_weeks_at_risk / (people * work_weeks))
    return departures * (lost + recruiting * annual_cost)


@quantity("phase", unit="currency", label="Hiring cost")
def hiring_cost(recruiting, annual_cost, people, engaged):
    """Recruiting those who are hired for the phase, once per model in a path. Source: esparkbiz, initial cost."""
    return recruiting * annual_cost * people * (1 - engaged)


@quantity("phase", unit="currency", label="Cost paid for the phase")
def phase_paid(paid_work, review_cost, replacement_cost, hiring_cost):
    """All cost lines of the whole phase that somebody is paid for; the leader's own time is left out."""
    return paid_work + review_cost + replacement_cost + hiring_cost


@quantity("phase", unit="currency", label="Cost of the phase")
def phase_cost(phase_paid, coordination_cost):
    """All cost lines of the whole phase, whether or not the horizon cuts it."""
    return phase_paid + coordination_cost
