"""All paths in the order of the decision: the recommended one, the other eligible ones by the cost of the same scope, then
those that are excluded, in the same way; and those that a reader will ask about: the next best and every cheaper one.
Shapes (..., path) and (..., place)."""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import picked_or, position, summed


@quantity("path", unit="0 / 1 / 2", label="Ranked as: 0 recommended, 1 eligible, 2 excluded")
def ranked_group(path, recommended, eligible):
    """Which paths come first: 0 for the recommended one, 1 for the others that no exclusion rule leaves out, 2 for the rest."""
    return np.where(path == recommended, 0, 1 + (1 - eligible))


@quantity("path", unit="place", label="Place")
def place_of(path, ranked_group, compared_same_scope, all_path, all_ranked_group, all_compared_same_scope):
    """Place of the path, from 1: after every path of a group before its own, and after those of its group that cost less for
    the same scope; the earlier path on a tie."""
    same = all_ranked_group == ranked_group
    cheaper = same * (all_compared_same_scope < compared_same_scope)
    earlier = same * (all_compared_same_scope == compared_same_scope) * (all_path < path)
    return 1 + summed((all_ranked_group < ranked_group) + cheaper + earlier)


@quantity("place", unit="path", label="Path at this place")
def path_at_place(place_number, all_place_of):
    """Position of the path that stands at a place."""
    return position(place_number, all_place_of)


@quantity("path", unit="0/1", label="Next best")
def is_next(path, runner_up):
    """1 for the next best path."""
    return np.where(path == runner_up, 1, 0)


@quantity("path", unit="0/1", label="Compared with the recommended path")
def explained(is_next, saves):
    """1 for the next best path and for every eligible one that costs less for the same scope than the recommended one."""
    return np.maximum(saves, is_next)


@quantity(unit="paths", label="Paths compared")
def explained_paths(all_explained):
    """How many paths have to be explained beside the recommended one."""
    return summed(all_explained)


@quantity("path", unit="place", label="Place among those compared")
def explained_place(explained, is_next, runner_up, place_of, all_explained, all_is_next, all_place_of):
    """Place among the paths to explain: the next best first, then the cheaper ones as they are ranked; 0 for the others."""
    others = all_explained * (all_is_next == 0) * (all_place_of < place_of)
    has_next = np.minimum(1, runner_up)
    return np.where(explained == 1, np.where(is_next == 1, 1, 1 + has_next + summed(others)), 0)


@quantity("place", unit="path", label="Path compared at this place")
def explained_at(place_number, explained_paths, all_explained_place):
    """Position of the n-th path to explain; 0 past the last."""
    return np.where(place_number <= explained_paths, position(place_number, all_explained_place), 0)


@quantity("path", unit="weeks", label="Stable later by")
def later_by(recommended, compared_weeks, recommended_weeks):
    """Weeks by which the path is stable later than the recommended one, below 0 where it is earlier; empty without one."""
    return np.where(recommended > 0, rounded(compared_weeks - recommended_weeks, 9), np.nan)


@quantity(unit="currency", label="Same scope of the cheapest path that is left")
def cheapest_same_scope(cheapest, all_compared_same_scope):
    """What the same scope costs on the cheapest path that no rule excludes; empty where none is left."""
    return picked_or(all_compared_same_scope, cheapest, np.nan)


@quantity(unit="currency", label="Losses of the recommended path")
def recommended_losses(recommended, all_losses):
    """What is lost to instability on the recommended path; empty without one."""
    return picked_or(all_losses, recommended, np.nan)


@quantity("path", unit="currency", label="Loses more by")
def loses_more(recommended, losses, recommended_losses):
    """Losses within the horizon less those of the recommended path; empty without one."""
    return np.where(recommended > 0, rounded(losses - recommended_losses, 2), np.nan)
