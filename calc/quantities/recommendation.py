"""Which path is recommended: the cheapest by net present value among the eligible ones that fit about as well as the best.

Positions count paths from 1; 0 means that there is none.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import largest_given, picked_or, position, smallest_given, summed


@quantity(unit="paths", label="Eligible paths")
def eligible_paths(all_eligible):
    """How many paths no gate excludes."""
    return summed(all_eligible)


@quantity("path", unit="fit", label="Fit if eligible")
def eligible_fit(eligible, fit):
    """The fit of an eligible path, to 9 decimals so that a tie is a tie; empty for the others."""
    return np.where(eligible == 1, rounded(fit, 9), np.nan)


@quantity("path", unit="currency", label="Present value if eligible")
def eligible_npv(eligible, npv):
    """The net present value of an eligible path, to the cent; empty for the others."""
    return np.where(eligible == 1, rounded(npv, 2), np.nan)


@quantity(unit="fit", label="Best fit")
def best_eligible_fit(eligible_paths, all_eligible_fit):
    """Best fit of an eligible path; empty where there is none."""
    return np.where(eligible_paths > 0, largest_given(all_eligible_fit), np.nan)


@quantity("path", unit="currency", label="Present value if it contends")
def contending_npv(eligible, fit, best_eligible_fit, recommendation_tolerance, eligible_npv):
    """Present value of an eligible path that fits about as well as the best; empty for the others."""
    near = rounded(best_eligible_fit - fit, 9) <= recommendation_tolerance
    return np.where(eligible == 1, np.where(near, eligible_npv, np.nan), np.nan)


@quantity(unit="path", label="Recommended")
def recommended(eligible_paths, all_contending_npv):
    """Position of the cheapest contender; the earlier path on a tie."""
    return np.where(eligible_paths > 0, position(smallest_given(all_contending_npv), all_contending_npv), 0)


@quantity(unit="path", label="Cheapest eligible")
def cheapest(eligible_paths, all_eligible_npv):
    """Position of the eligible path with the lowest present value."""
    return np.where(eligible_paths > 0, position(smallest_given(all_eligible_npv), all_eligible_npv), 0)


@quantity(unit="path", label="Best-fitting eligible")
def best_fitting(eligible_paths, best_eligible_fit, all_eligible_fit):
    """Position of the eligible path with the best fit."""
    return np.where(eligible_paths > 0, position(best_eligible_fit, all_eligible_fit), 0)


@quantity("path", unit="fit", label="Fit of the others")
def other_fit(path, recommended, eligible_fit):
    """The fit of an eligible path that is not the recommended one; empty for the rest."""
    return np.where(path == recommended, np.nan, eligible_fit)


@quantity(unit="fit", label="Best fit of the others")
def best_other_fit(eligible_paths, all_other_fit):
    """Best fit of an eligible path that is not the recommended one; empty where there is none."""
    return np.where(eligible_paths > 1, largest_given(all_other_fit), np.nan)


@quantity("path", unit="currency", label="Present value if second")
def second_npv(eligible, path, recommended, fit, best_other_fit, recommendation_tolerance, eligible_npv):
    """Present value of a path that would contend if the recommended one were out; empty for the others."""
    near = rounded(best_other_fit - fit, 9) <= recommendation_tolerance
    return np.where((path != recommended) * eligible == 1, np.where(near, eligible_npv, np.nan), np.nan)


@quantity(unit="path", label="Runner-up")
def runner_up(eligible_paths, all_second_npv):
    """Position of the path that would be recommended if the recommended one were out."""
    return np.where(eligible_paths > 1, position(smallest_given(all_second_npv), all_second_npv), 0)


@quantity(unit="0/1", label="Recommended path is cheapest and best-fitting")
def recommended_is_both(recommended, cheapest, best_fitting):
    """1 where the recommended path is both the cheapest and the best-fitting of the eligible ones."""
    return np.where((cheapest == recommended) * (best_fitting == recommended) == 1, 1, 0)


@quantity(unit="currency", label="The next best costs more by")
def runner_up_costs_more(runner_up, recommended, all_total):
    """Total of the next best path less that of the recommended one; empty where there is no next best."""
    more = picked_or(all_total, runner_up, 0) - picked_or(all_total, recommended, 0)
    return np.where(runner_up > 0, more, np.nan)


@quantity("path", unit="0 to 3", label="Standing: 3 recommended, 2 next best, 1 eligible, 0 excluded")
def standing(path, eligible, recommended, runner_up):
    """Where a path stands: 3 the recommended one, 2 the next best, 1 any other that is eligible, 0 an excluded one."""
    place = eligible + (path == runner_up) * 1 + (path == recommended) * 1
    return eligible * (place + (path == recommended) * 1)
