"""Which path is recommended: the one whose same scope costs least, among the eligible ones with evidence that fit about as
well as the best of these.

Positions count paths from 1; 0 means that there is none. Fits are rounded to 9 decimals and money to 2 before they are
compared, so that a tie is a tie.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import largest_given, picked_or, position, smallest_given, summed


@quantity(unit="paths", label="Eligible paths")
def eligible_paths(all_eligible):
    """How many paths no gate excludes."""
    return summed(all_eligible)


@quantity("path", unit="0/1", label="Candidate")
def candidate(eligible, evidence):
    """1 for an eligible path with evidence: one that may be recommended."""
    return eligible * evidence


@quantity(unit="paths", label="Candidates")
def candidates(all_candidate):
    """How many eligible paths have evidence."""
    return summed(all_candidate)


@quantity(unit="1 firm / 2 provisional / 3 open / 4 none left", label="Status")
def status(eligible_paths, candidates, provisional):
    """1 firm, 2 provisional (few questions answered), 3 open (nothing has evidence), 4 none left (the gates leave no path)."""
    without = 1 + 1 + np.where(eligible_paths > 0, 0, 1)
    return 1 + np.where(candidates > 0, provisional, without)


@quantity("path", unit="fit", label="Fit as compared")
def compared_fit(fit):
    """The fit to 9 decimals."""
    return rounded(fit, 9)


@quantity("path", unit="currency", label="Same scope as compared")
def compared_same_scope(same_scope):
    """What the same scope costs on the path, to the cent."""
    return rounded(same_scope, 2)


@quantity("path", unit="fit", label="Fit if candidate")
def candidate_fit(candidate, compared_fit):
    """The fit of a candidate; empty for the others."""
    return np.where(candidate == 1, compared_fit, np.nan)


@quantity(unit="fit", label="Best fit")
def best_candidate_fit(candidates, all_candidate_fit):
    """Best fit of a candidate; empty where there is none."""
    return np.where(candidates > 0, largest_given(all_candidate_fit), np.nan)


@quantity(unit="0/1", label="Best fit is poor")
def best_fits_poorly(candidates, best_candidate_fit, verdict_threshold):
    """1 where the answers speak rather against every candidate, even against the one that fits best."""
    poor = np.where(rounded(best_candidate_fit + verdict_threshold, 9) <= 0, 1, 0)
    return np.where(candidates > 0, poor, 0)


@quantity("path", unit="0/1", label="Within the band")
def in_band(candidate, compared_fit, best_candidate_fit, recommendation_tolerance):
    """1 for a candidate that fits about as well as the best."""
    near = np.where(rounded(best_candidate_fit - compared_fit, 9) <= recommendation_tolerance, 1, 0)
    return np.where(candidate == 1, near, 0)


@quantity(unit="paths", label="Contenders")
def contenders(all_in_band):
    """How many candidates fit about as well as the best, the recommended one among them."""
    return summed(all_in_band)


@quantity("path", unit="currency", label="Same scope if it contends")
def contending_same_scope(in_band, compared_same_scope):
    """Same scope of a candidate within the band; empty for the others."""
    return np.where(in_band == 1, compared_same_scope, np.nan)


@quantity(unit="path", label="Recommended")
def recommended(candidates, all_contending_same_scope):
    """Position of the contender whose same scope costs least; the earlier path on a tie."""
    least = smallest_given(all_contending_same_scope)
    return np.where(candidates > 0, position(least, all_contending_same_scope), 0)


@quantity("path", unit="currency", label="Same scope if eligible")
def eligible_same_scope(eligible, compared_same_scope):
    """Same scope of an eligible path; empty for the others."""
    return np.where(eligible == 1, compared_same_scope, np.nan)


@quantity(unit="path", label="Cheapest eligible")
def cheapest(eligible_paths, all_eligible_same_scope):
    """Position of the eligible path whose same scope costs least."""
    least = smallest_given(all_eligible_same_scope)
    return np.where(eligible_paths > 0, position(least, all_eligible_same_scope), 0)


@quantity(unit="path", label="Best-fitting candidate")
def best_fitting(candidates, best_candidate_fit, all_candidate_fit):
    """Position of the candidate with the best fit."""
    return np.where(candidates > 0, position(best_candidate_fit, all_candidate_fit), 0)


@quantity("path", unit="fit", label="Fit of the others")
def other_fit(path, recommended, candidate_fit):
    """The fit of a candidate that is not the recommended one; empty for the rest."""
    return np.where(path == recommended, np.nan, candidate_fit)


@quantity(unit="fit", label="Best fit of the others")
def best_other_fit(candidates, all_other_fit):
    """Best fit of a candidate that is not the recommended one; empty where there is none."""
    return np.where(candidates > 1, largest_given(all_other_fit), np.nan)


@quantity("path", unit="0/1", label="Within the band of the others")
def in_other_band(path, recommended, candidate, compared_fit, best_other_fit, recommendation_tolerance):
    """1 for a candidate that would contend if the recommended one were out."""
    near = np.where(rounded(best_other_fit - compared_fit, 9) <= recommendation_tolerance, 1, 0)
    return np.where((path != recommended) * candidate == 1, near, 0)


@quantity("path", unit="currency", label="Same scope if second")
def second_same_scope(in_other_band, compared_same_scope):
    """Same scope of a path that would contend if the recommended one were out; empty for the others."""
    return np.where(in_other_band == 1, compared_same_scope, np.nan)


@quantity(unit="path", label="Runner-up")
def runner_up(candidates, all_second_same_scope):
    """Position of the path that would be recommended if the recommended one were out."""
    least = smallest_given(all_second_same_scope)
    return np.where(candidates > 1, position(least, all_second_same_scope), 0)


@quantity(unit="0/1", label="Recommended path is cheapest and best-fitting")
def recommended_is_both(recommended, cheapest, best_fitting):
    """1 where the recommended path is both the cheapest eligible one and the best-fitting with evidence."""
    return np.where((cheapest == recommended) * (best_fitting == recommended) == 1, 1, 0)


@quantity(unit="currency", label="The next best costs more by")
def runner_up_costs_more(runner_up, recommended, all_compared_same_scope):
    """Same scope of the next best path less that of the recommended one; empty where there is no next best."""
    more = picked_or(all_compared_same_scope, runner_up, 0) - picked_or(all_compared_same_scope, recommended, 0)
    return np.where(runner_up > 0, more, np.nan)


@quantity("path", unit="0 to 3", label="Standing: 3 recommended, 2 next best, 1 eligible, 0 excluded")
def standing(path, eligible, recommended, runner_up):
    """Where a path stands: 3 the recommended one, 2 the next best, 1 any other that is eligible, 0 an excluded one."""
    place = eligible + (path == runner_up) * 1 + (path == recommended) * 1
    return eligible * (place + (path == recommended) * 1)
