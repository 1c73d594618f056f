"""All paths in the order of the decision: the recommended one, the other eligible ones by the cost of the same scope, then
those that are excluded, in the same way. Shapes (..., path) and (..., place)."""

import numpy as np

from calc.quantity import quantity
from calc.reductions import position, summed


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
