"""What speaks for a path: nothing is recommended because nothing speaks against it. Rules: docs/model.md, "Evidence"."""

import numpy as np

from calc.quantity import quantity
from calc.reductions import summed


@quantity("lens", unit="0/1", label="Something speaks for the alternative")
def alternative_speaks(support_alternative, has_ladder, ladder_says, has_indicator, answer_conversations):
    """1 where a condition of the alternative's side holds, or the lens's ladder or indicator names it. Shape (..., lens)."""
    named = has_ladder * (ladder_says == 1) + has_indicator * (answer_conversations == 1)
    return np.where(support_alternative + named > 0, 1, 0)


@quantity("lens", unit="0/1", label="Something speaks for the freelancer")
def freelancer_speaks(support_freelancer, weight, has_ladder, ladder_says, has_indicator, answer_conversations):
    """1 where a condition of the freelancer's side holds in a lens that has a weight, or its ladder or indicator says so."""
    named = has_ladder * (ladder_says == -1) + has_indicator * (answer_conversations == -1)
    return np.where((support_freelancer > 0) * (weight > 0) + named > 0, 1, 0)


@quantity(unit="0/1", label="Something speaks for freelancers")
def freelancers_supported(all_freelancer_speaks):
    """1 where something speaks for a freelancer in any lens."""
    return np.minimum(1, summed(all_freelancer_speaks))


@quantity("model", unit="0/1", label="Something speaks for it")
def supported(
    alternative_speaks_of_own_lens, has_long_term, long_term, has_sign, sign, freelances, freelancers_supported
):
    """1 where something that was answered speaks for the model: its lens, or a rule of its own; for freelancers any lens."""
    own = alternative_speaks_of_own_lens + has_long_term * long_term + has_sign * sign
    return np.minimum(1, own + freelances * freelancers_supported)


@quantity("path", unit="0/1", label="Evidence")
def evidence(supported_of_main_core):
    """1 where something speaks for the model of the path's main core phase."""
    return np.where(supported_of_main_core > 0, 1, 0)
