"""The claims of the articles recalculated: one plain function for each formula of worked.toml.

Argument names are the names of the inputs there. Each takes numbers or arrays of any one shape and returns that shape.
"""

import numpy as np

from calc.reductions import occurrences

# Ours and the article's figure agree within this share of the article's: they may differ by rounding only.
TOLERANCE = 0.0005

# What an input is called, and its unit.
INPUTS = {
    "actual_hours": ("Actual hours", "h"),
    "annual_cost": ("Cost of an engineer, fully loaded", "USD/year"),
    "backend_rate": ("Backend freelancer, rate", "USD/h"),
    "budget": ("Budget", "USD"),
    "cost_per_task": ("Cost per task", "USD/task"),
    "engagement_fee": ("Fee of one engagement", "USD"),
    "estimated_hours": ("Estimated hours", "h"),
    "extra_cost": ("Extra cost", "USD"),
    "extra_weeks": ("Extra weeks", "weeks"),
    "firm_weeks": ("Firm, time to stable", "weeks"),
    "first_invoice": ("First invoice", "USD"),
    "fix": ("Fix", "USD"),
    "freelancer_months": ("Freelancers, time to stable", "months"),
    "freelancer_price": ("Price with US freelancers", "USD"),
    "freelancer_rate": ("Freelancer, rate", "USD/h"),
    "frontend_rate": ("Frontend freelancer, rate", "USD/h"),
    "hours": ("Hours of the job", "h"),
    "invoice": ("Invoiced", "USD"),
    "ml_rate": ("Machine-learning freelancer, rate", "USD/h"),
    "months_per_year": ("Months in a year", "months/year"),
    "paid_hours_per_year": ("Paid hours in a year", "h/year"),
    "partner_rate": ("Partner, rate", "USD/h"),
    "people": ("People", "people"),
    "planned_months": ("Planned length", "months"),
    "rate": ("Rate", "USD/h"),
    "serial_spend": ("Serial freelancers, total", "USD"),
    "shop_price": ("Price of the shop", "USD"),
    "weeks": ("Weeks worked", "weeks"),
    "weeks_per_year": ("Weeks in a year", "weeks/year"),
}


def overrun_of_estimate(actual_hours, estimated_hours):
    """Hours above the estimate, as a share of the estimate."""
    return actual_hours / estimated_hours - 1


def overrun_of_actual(actual_hours, estimated_hours):
    """Hours above the estimate, as a share of the hours actually needed."""
    return 1 - estimated_hours / actual_hours


def paid_in_all(first_invoice, fix):
    """What was paid once the integration worked, in money."""
    return first_invoice + fix


def fix_share(first_invoice, fix):
    """Fix as a share of the first invoice."""
    return fix / first_invoice


def hours_invoiced(invoice, people, ml_rate, backend_rate, frontend_rate):
    """Hours that an invoice pays for, with equal hours for all people."""
    return invoice * people / (ml_rate + backend_rate + frontend_rate)


def hours_per_week(invoice, weeks, ml_rate, backend_rate, frontend_rate):
    """Hours per week and person behind an invoice, with equal hours."""
    return invoice / (ml_rate + backend_rate + frontend_rate) / weeks


def mean_rate(ml_rate, backend_rate, frontend_rate, people):
    """Rate of a team in equal parts."""
    return (ml_rate + backend_rate + frontend_rate) / people


def price_of_estimate(estimated_hours, ml_rate, backend_rate, frontend_rate, people):
    """Price of the estimated hours at the team's mean rate."""
    return estimated_hours * (ml_rate + backend_rate + frontend_rate) / people


def price_of_actual(actual_hours, ml_rate, backend_rate, frontend_rate, people):
    """Price of the actual hours at the team's mean rate."""
    return actual_hours * (ml_rate + backend_rate + frontend_rate) / people


def saving(shop_price, freelancer_price):
    """What the shop saves, as a share of the freelancers' price."""
    return 1 - shop_price / freelancer_price


def delay_share(extra_weeks, planned_months, weeks_per_year, months_per_year):
    """Delay as a share of the planned schedule."""
    return extra_weeks / (planned_months * weeks_per_year / months_per_year)


def cost_share(extra_cost, budget):
    """Extra cost as a share of the budget."""
    return extra_cost / budget


def break_even_hours(engagement_fee, rate):
    """Hours at which freelancers cost as much as the engagement."""
    return engagement_fee / rate


def monthly_cost(annual_cost, months_per_year):
    """Cost of an employed engineer a month."""
    return annual_cost / months_per_year


def paid_hour_cost(annual_cost, paid_hours_per_year):
    """Cost of an employed engineer per paid hour."""
    return annual_cost / paid_hours_per_year


def premium(partner_rate, freelancer_rate):
    """Overhead of the freelancer at which both cost the same, as a share of the freelancer's rate."""
    return partner_rate / freelancer_rate - 1


def weeks_saved(freelancer_months, firm_weeks, weeks_per_year, months_per_year):
    """Weeks by which the firm is stable earlier."""
    return freelancer_months * weeks_per_year / months_per_year - firm_weeks


def tasks_in_spend(serial_spend, cost_per_task):
    """Tasks that the spend buys."""
    return serial_spend / cost_per_task


def job_price(hours, rate):
    """Price of a job by the hour."""
    return hours * rate


AGREES, DIFFERS = "agrees", "differs"


def gap_of_value(ours, source):
    """Difference of one value, as a share of the source's."""
    return np.absolute(ours - source) / np.absolute(source)


def gap_of_range(ours_low, ours_high, source_low, source_high):
    """The larger difference of the two ends, as a share of the source's."""
    return np.maximum(gap_of_value(ours_low, source_low), gap_of_value(ours_high, source_high))


def agreement(gap, tolerance):
    """1 where the difference is within the tolerance, else 0."""
    return np.where(gap <= tolerance, 1, 0)


def agreeing(words):
    """How many figures agree. words: shape (..., n)."""
    return occurrences(AGREES, words)


def differing(words):
    """How many figures differ. words: shape (..., n)."""
    return occurrences(DIFFERS, words)


# Formula of worked.toml -> what calculates it.
FORMULAS = {
    "actual_hours / estimated_hours - 1": overrun_of_estimate,
    "1 - estimated_hours / actual_hours": overrun_of_actual,
    "first_invoice + fix": paid_in_all,
    "fix / first_invoice": fix_share,
    "invoice * people / (ml_rate + backend_rate + frontend_rate)": hours_invoiced,
    "invoice / (ml_rate + backend_rate + frontend_rate) / weeks": hours_per_week,
    "(ml_rate + backend_rate + frontend_rate) / people": mean_rate,
    "estimated_hours * (ml_rate + backend_rate + frontend_rate) / people": price_of_estimate,
    "actual_hours * (ml_rate + backend_rate + frontend_rate) / people": price_of_actual,
    "1 - shop_price / freelancer_price": saving,
    "extra_weeks / (planned_months * weeks_per_year / months_per_year)": delay_share,
    "extra_cost / budget": cost_share,
    "engagement_fee / rate": break_even_hours,
    "annual_cost / months_per_year": monthly_cost,
    "annual_cost / paid_hours_per_year": paid_hour_cost,
    "partner_rate / freelancer_rate - 1": premium,
    "freelancer_months * weeks_per_year / months_per_year - firm_weeks": weeks_saved,
    "serial_spend / cost_per_task": tasks_in_spend,
    "hours * rate": job_price,
}
