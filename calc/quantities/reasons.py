"""The strongest reasons for the recommended path, from the rules that fired for the model that does most of its core.

Strongest is what stands above the rules, a step of the ladder or the long-term rule. Then a rule counts as much as it adds
to the fit: its part of its side of the lens, for freelancers times the weight of the lens; reasons that ask for the same
answers are one and add up. Shapes: (..., reason); a place is a number from 1, 0 for a reason that does not count.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import picked_or, position, summed


@quantity(unit="number", label="Main model of the recommended path")
def recommended_model(recommended, all_main_model):
    """Number of the model that does most of the recommended path's core work; 0 without one."""
    return picked_or(all_main_model, recommended, 0)


@quantity(unit="0/1", label="Recommended core by freelancers")
def recommended_freelances(recommended_model, all_freelances):
    """1 where freelancers do most of the recommended path's core work."""
    return picked_or(all_freelances, recommended_model, 0)


@quantity("reason", unit="0/1", label="Holds")
def reason_holds(fires_of_reason_rule, beside_holds):
    """1 where the reason's rule fires, or what stands beside the rules holds."""
    return fires_of_reason_rule + beside_holds


@quantity("reason", unit="0/1", label="Speaks for the recommended path")
def reason_speaks(reason_model, recommended, recommended_model, recommended_freelances):
    """1 where it is about the model that does most of the recommended path's core work."""
    own = (reason_model == recommended_model) * 1
    return np.where(recommended > 0, np.where(reason_model > 0, own, recommended_freelances), 0)


@quantity("reason", unit="share", label="Adds")
def reason_adds(reason_holds, reason_above, reason_share, weight_of_reason_lens, recommended_freelances):
    """What the reason adds by itself: 1 above the rules, else its part of its side, weighed by lens for freelancers."""
    weight = np.where(recommended_freelances == 1, weight_of_reason_lens, 1)
    return reason_holds * (reason_above + reason_share * weight)


@quantity("reason", unit="share", label="Strength")
def reason_strength(reason_number, reason_speaks, all_same_reason, all_reason_adds):
    """What it adds together with those that ask for the same answers; 0 for one that another speaks for."""
    return reason_speaks * rounded(summed((all_same_reason == reason_number) * all_reason_adds), 9)


@quantity(unit="number", label="Reasons")
def reasons_for(all_reason_strength):
    """How many reasons speak for the recommended path."""
    return summed(all_reason_strength > 0)


@quantity("reason", unit="number", label="Place by strength")
def reason_place(reason_number, reason_strength, all_reason_strength, all_reason_number):
    """Place among the reasons for the recommended path, the strongest first; 0 for one that does not count."""
    earlier = (all_reason_strength == reason_strength) * (all_reason_number < reason_number)
    before = summed((all_reason_strength > reason_strength) + earlier)
    return np.where(reason_strength > 0, 1 + before, 0)


@quantity("reason", unit="number", label="Reason at this place")
def reason_at(reason_number, reasons_for, all_reason_place):
    """Number of the n-th strongest reason; 0 past the last."""
    return np.where(reason_number <= reasons_for, position(reason_number, all_reason_place), 0)
