"""Two paths side by side: what the second costs more, and when one overtakes the other. Shapes: (...) or (..., month).

The pair is a choice of two positions. Many pairs of one scenario are put on the scenario axis, see `calc.break_even`.
Source: docs/model.md, "Break-even".
"""

import numpy as np

from calc.native import rounded
from calc.quantities.cash import so_far
from calc.quantity import quantity
from calc.reductions import picked, picked_or, position, summed


def costs_more(first, second):
    """What the second path costs more than the first, in total or on one line."""
    return second - first


@quantity(unit="path", label="First path")
def first_path(first_choice, recommended, runner_up):
    """Position of the first path of the pair; 0 where the gates leave none."""
    return np.where(first_choice > 0, first_choice, np.where(first_choice == 0, recommended, runner_up))


@quantity(unit="path", label="Second path")
def second_path(second_choice, recommended, runner_up):
    """Position of the second path of the pair; 0 where the gates leave none."""
    return np.where(second_choice > 0, second_choice, np.where(second_choice == 0, recommended, runner_up))


@quantity(unit="0/1", label="There are two paths")
def is_pair(first_path, second_path):
    """1 where both paths of the pair are there."""
    return np.where(np.minimum(first_path, second_path) > 0, 1, 0)


@quantity(unit="currency", label="First path, total")
def first_total(first_path, all_total):
    """What the first path costs within the horizon; 0 where there is none."""
    return picked_or(all_total, first_path, 0)


@quantity(unit="currency", label="Second path, total")
def second_total(second_path, all_total):
    """What the second path costs within the horizon; 0 where there is none."""
    return picked_or(all_total, second_path, 0)


@quantity(unit="currency", label="Second less first")
def total_gap(first_total, second_total):
    """What the second path costs more than the first within the horizon."""
    return costs_more(first_total, second_total)


@quantity(unit="months", label="First path, unstable months")
def first_unstable_months(first_path, all_unstable_months):
    """Months of instability that the first path pays for; 0 where there is none."""
    return picked_or(all_unstable_months, first_path, 0)


@quantity(unit="months", label="Second path, unstable months")
def second_unstable_months(second_path, all_unstable_months):
    """Months of instability that the second path pays for; 0 where there is none."""
    return picked_or(all_unstable_months, second_path, 0)


@quantity("estimate", unit="as named", label="Break-even looked for from")
def searched_from(searched_low, searched_in_dollars, usd_rate):
    """Low end of the range in which a break-even is looked for, in project currency; empty where none is."""
    rate = np.where(searched_in_dollars == 1, usd_rate, 1)
    return np.where(np.isnan(searched_low), np.nan, searched_low * rate)


@quantity("estimate", unit="as named", label="Break-even looked for up to")
def searched_to(searched_high, searched_in_dollars, usd_rate, estimate_high):
    """High end of that range, in project currency; further where the project's own estimate reaches further."""
    rate = np.where(searched_in_dollars == 1, usd_rate, 1)
    return np.where(np.isnan(searched_high), np.nan, np.maximum(searched_high * rate, estimate_high))


@quantity(unit="currency/month", label="Revenue loss at which the totals meet")
def meeting_loss(is_pair, total_gap, first_unstable_months, second_unstable_months, revenue_loss_per_month):
    """The loss a month that closes the gap, within the range or not; empty where both are unstable equally long."""
    apart = rounded(first_unstable_months - second_unstable_months, 9)
    meets = revenue_loss_per_month + total_gap / (first_unstable_months - second_unstable_months)
    return np.where(is_pair == 1, np.where(apart == 0, np.nan, meets), np.nan)


@quantity(unit="currency/month", label="Break-even revenue loss")
def break_even_loss(meeting_loss, searched_from_revenue_loss_per_month, searched_to_revenue_loss_per_month):
    """The revenue loss at which both paths cost the same; empty where it is not within the range, to the cent."""
    low, high = searched_from_revenue_loss_per_month, searched_to_revenue_loss_per_month
    within = (rounded(meeting_loss, 2) >= low) * (rounded(meeting_loss, 2) <= high)
    return np.where(np.isnan(meeting_loss), np.nan, np.where(within == 1, np.clip(meeting_loss, low, high), np.nan))


@quantity(unit="0/1", label="It lies above today's loss")
def break_even_above(break_even_loss, revenue_loss_per_month):
    """1 where the break-even lies at today's revenue loss or above it, to the cent; 0 below it and where there is none."""
    above = rounded(break_even_loss - revenue_loss_per_month, 2) >= 0
    return np.where(np.isnan(break_even_loss), 0, np.where(above, 1, 0))


@quantity(unit="path", label="Cheaper beyond that loss")
def cheaper_beyond_loss(
    break_even_loss,
    break_even_above,
    first_path,
    second_path,
    first_unstable_months,
    second_unstable_months,
):
    """Position of the path that is cheaper beyond it: the one stable sooner where it lies above, else the other; 0 for none."""
    is_first = (first_unstable_months < second_unstable_months) * 1 == break_even_above
    return np.where(np.isnan(break_even_loss), 0, np.where(is_first, first_path, second_path))


@quantity("month", unit="currency", label="Second path, spent more in the month")
def month_gap(first_path, second_path, all_spend):
    """What the second path costs more than the first in the month; 0 for a path that is not there."""
    return picked_or(all_spend, second_path, 0) - picked_or(all_spend, first_path, 0)


@quantity("month", unit="currency", label="Second path, spent more so far")
def gap_so_far(all_month_gap, all_month, month):
    """What the second path has cost more than the first by the end of the month."""
    return so_far(all_month_gap, all_month, month)


@quantity("month", unit="-1 / 0 / 1", label="Who has spent less: 1 the first, -1 the second")
def month_lead(is_pair, gap_so_far, in_horizon):
    """Who has spent less at the end of the month, to the cent: 1 the first path, -1 the second, 0 neither."""
    gap = rounded(gap_so_far, 2)
    return is_pair * in_horizon * ((gap > 0) * 1 - (gap < 0) * 1)


@quantity(unit="-1 / 0 / 1", label="The leader at the horizon")
def horizon_lead(all_month_lead, horizon_months):
    """Who has spent less at the horizon: 1 the first path, -1 the second, 0 neither."""
    return picked(all_month_lead, horizon_months)


@quantity(unit="path", label="Path that leads at the horizon")
def leading_path(horizon_lead, first_path, second_path):
    """Position of the path that has spent less at the horizon; 0 where neither has."""
    return np.where(horizon_lead == 0, 0, np.where(horizon_lead > 0, first_path, second_path))


@quantity("month", unit="0/1", label="That leader is behind")
def leader_behind(month_lead, horizon_lead):
    """1 in the months at whose end the leader at the horizon has spent more."""
    return np.where((month_lead == -horizon_lead) * (horizon_lead != 0) == 1, 1, 0)


@quantity("month", unit="months", label="Months from here on in which it is")
def months_behind(all_leader_behind, all_month, month):
    """In how many months from this one on the leader at the horizon is behind."""
    return summed(all_leader_behind * (all_month >= month))


@quantity("month", unit="0/1", label="It is ahead for good")
def ahead_for_good(month_lead, horizon_lead, months_behind):
    """1 in the months at whose end the leader at the horizon has spent less and is never behind again."""
    return np.where((month_lead == horizon_lead) * (horizon_lead != 0) * (months_behind == 0) == 1, 1, 0)


@quantity(unit="month", label="Month in which it overtakes; empty: it always led")
def break_even_month(all_leader_behind, all_ahead_for_good):
    """The first month at whose end the leader at the horizon has spent less for good; empty where it never was behind."""
    return np.where(summed(all_leader_behind) > 0, position(1, all_ahead_for_good), np.nan)
