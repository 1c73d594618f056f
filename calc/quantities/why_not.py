"""Why not the others: for every path that is not recommended, what stands against it and what it would save or cost.

Amounts are of the same scope against the recommended path, empty without one. Shapes: (..., path).
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import picked_or, position, summed


@quantity("path", unit="0 / 1 / 2 / 3 / 4", label="Why not: 1 excluded, 2 no evidence, 3 fits worse, 4 dearer")
def why_not(path, recommended, eligible, evidence, in_band):
    """0 for the recommended path; 1 excluded, 2 without evidence, 3 fits worse, 4 costs more: the first that applies."""
    passed = 1 + eligible * (1 + evidence * (1 + in_band))
    return np.where(path == recommended, 0, passed)


@quantity(unit="currency", label="Same scope of the recommended path")
def recommended_same_scope(recommended, all_compared_same_scope):
    """What the same scope costs on the recommended path; empty without one."""
    return picked_or(all_compared_same_scope, recommended, np.nan)


@quantity("path", unit="currency", label="Dearer than the recommended path by")
def same_scope_difference(recommended, compared_same_scope, recommended_same_scope):
    """Same scope less that of the recommended path, below 0 where it is cheaper; empty without a recommended path."""
    return np.where(recommended > 0, rounded(compared_same_scope - recommended_same_scope, 2), np.nan)


@quantity("path", unit="share", label="Index: the recommended path is 100%")
def same_scope_index(recommended, compared_same_scope, recommended_same_scope):
    """Same scope as a share of that of the recommended path; empty without one, or where that costs nothing to the cent."""
    is_share = (recommended > 0) * (recommended_same_scope > 0)
    return np.where(is_share > 0, compared_same_scope / recommended_same_scope, np.nan)


@quantity(unit="currency", label="Recommended path, all working in one place")
def recommended_same_place(recommended, all_same_place):
    """What the same scope costs on the recommended path if everybody works in the US; empty without one."""
    return picked_or(all_same_place, recommended, np.nan)


@quantity("path", unit="currency", label="Of that, the way of working")
def way_difference(recommended, same_place, recommended_same_place):
    """The part of the difference that would remain if everybody worked in the same place; empty without a recommended path."""
    return np.where(recommended > 0, rounded(same_place - recommended_same_place, 2), np.nan)


@quantity("path", unit="currency", label="Of that, the place of work")
def place_difference(recommended, same_scope_difference, way_difference):
    """The part of the difference that comes from where people work; empty without a recommended path."""
    return np.where(recommended > 0, rounded(same_scope_difference - way_difference, 2), np.nan)


@quantity("path", unit="0/1", label="The place of work matters")
def place_matters(recommended, place_difference):
    """1 where the place of work makes a difference that is worth a word: one unit of currency."""
    return np.where(recommended > 0, np.where(rounded(place_difference, 0) == 0, 0, 1), 0)


@quantity("path", unit="0/1", label="Eligible and cheaper")
def saves(recommended, eligible, compared_same_scope, recommended_same_scope):
    """1 for an eligible path that costs less for the same scope than the recommended one."""
    less = np.where(recommended > 0, np.where(compared_same_scope < recommended_same_scope, 1, 0), 0)
    return eligible * less


@quantity("path", unit="share", label="Break-even chance of failing")
def break_even_chance(saves, same_scope_difference, core_cost, instability_monthly, core_end):
    """The chance of failing above which a cheaper path is none: saving by saving, its audit and core, and what breaks until then.

    For an eligible path that is cheaper for the same scope; empty for the others.
    """
    lost = core_cost + instability_monthly * core_end
    return np.where(saves == 1, -same_scope_difference / (lost - same_scope_difference), np.nan)


@quantity("path", unit="weeks", label="Weeks to stable as compared")
def compared_weeks(weeks_to_stable):
    """Weeks to stable to 9 decimals."""
    return rounded(weeks_to_stable, 9)


@quantity("path", unit="paths", label="Paths that are better in everything")
def beaten_by(
    compared_fit, compared_same_scope, compared_weeks, all_eligible, all_compared_fit, all_compared_same_scope,
    all_compared_weeks,
):  # fmt: skip
    """How many eligible paths are at least as good in fit, same scope and weeks to stable, and better in one."""
    as_good = (all_compared_fit >= compared_fit) * (all_compared_same_scope <= compared_same_scope)
    as_good = as_good * (all_compared_weeks <= compared_weeks)
    better = (all_compared_fit > compared_fit) + (all_compared_same_scope < compared_same_scope)
    return summed(all_eligible * as_good * (better + (all_compared_weeks < compared_weeks) > 0))


@quantity("path", unit="0/1", label="On the frontier")
def frontier(eligible, beaten_by):
    """1 for an eligible path to which no other is at least as good in fit, same scope and weeks, and better in one."""
    return np.where(eligible * (beaten_by == 0) == 1, 1, 0)


@quantity(unit="path", label="First on the frontier")
def first_on_frontier(eligible_paths, all_frontier):
    """Position of the first path on the frontier; 0 where no path is eligible."""
    return np.where(eligible_paths > 0, position(1, all_frontier), 0)
