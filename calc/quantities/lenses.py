"""Five lenses, one per source: which of its conditions hold, which way it leans, and its verdict. Shapes (..., lens)."""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import summed


@quantity("rule", unit="0/1", label="Fires")
def fires(answer_of_first_question, first_wanted, answer_of_second_question, second_wanted, has_second, needed):
    """1 where as many of a rule's one or two conditions hold as it needs. Shape (..., rule)."""
    first = (answer_of_first_question == first_wanted) * 1
    return np.where(first + (answer_of_second_question == second_wanted) * has_second >= needed, 1, 0)


@quantity("lens", unit="share", label="Support for the freelancer")
def support_freelancer(lens, all_rule_lens, all_for_freelancer, all_fires):
    """Conditions of the freelancer's side that hold, by all of them."""
    held = summed((all_rule_lens == lens) * all_for_freelancer * all_fires)
    return held / summed((all_rule_lens == lens) * all_for_freelancer)


@quantity("lens", unit="share", label="Support for the alternative")
def support_alternative(lens, all_rule_lens, all_for_freelancer, all_fires):
    """Conditions of the alternative's side that hold, by all of them."""
    held = summed((all_rule_lens == lens) * (1 - all_for_freelancer) * all_fires)
    return held / summed((all_rule_lens == lens) * (1 - all_for_freelancer))


@quantity("lens", unit="-1 to 1", label="Support for the alternative less the freelancer's")
def support_gap(support_alternative, support_freelancer):
    """From -1, all for the freelancer, to 1, all for the alternative; not rounded, since fits build on it."""
    return support_alternative - support_freelancer


@quantity("lens", unit="-1 to 1", label="Lean")
def lean(support_gap):
    """The gap as it is shown and compared: to 9 decimals, so that 0.6 - 0.4 reaches 0.2 in every engine."""
    return rounded(support_gap, 9)


@quantity("lens", unit="-1 to 1", label="Lean after the ladder")
def settled_lean(support_gap, ladder_says, has_ladder, verdict_threshold):
    """The lean, lifted or lowered to a verdict where the lens has a ladder and the ladder has a word."""
    return np.where(
        ladder_says * has_ladder == 1,
        np.maximum(support_gap, verdict_threshold),
        np.where(ladder_says * has_ladder == -1, np.minimum(support_gap, -verdict_threshold), support_gap),
    )


@quantity("lens", unit="-1 / 0 / 1", label="Side it comes down on")
def side(settled_lean, verdict_threshold):
    """1 for the alternative, -1 for the freelancer, 0 for either."""
    lean = rounded(settled_lean, 9)
    return np.where(lean >= verdict_threshold, 1, np.where(lean <= -verdict_threshold, -1, 0))


@quantity("lens", unit="-1 / 0 / 1", label="Verdict")
def verdict(side, has_indicator, answer_conversations):
    """The side, or where it is open and the lens has an indicator, what the indicator says."""
    return np.where(side == 0, has_indicator * answer_conversations, side)
