"""What the simulation says of the recommended path, to read aloud.

p10 and so on: of its total; paid_p50, paid_p80: of what is to be paid of it; reserve: by how much the second is above the
first; label: its name; code: the project's currency.
"""

from __future__ import annotations

import numpy as np

from calc.text.live import amount, joined

NONE = "No path is recommended; the table shows the range of each."


def within(recommended, label, p10, p90, p80, code):
    """Between which amounts it ends in 8 of 10 cases, and what to plan for to be 80% sure."""
    costs = joined("In 8 of 10 cases “", label, "” costs between ", code, " ", amount(p10), " and ", amount(p90))
    return np.where(recommended > 0, joined(costs, "; to be 80% sure, plan for ", code, " ", amount(p80), "."), NONE)


def to_be_paid(recommended, paid_p50, paid_p80, reserve, code):
    """What is to be paid of it, and the reserve that makes this 80% sure."""
    half = joined("In half of the cases at most ", code, " ", amount(paid_p50), " is to be paid; a reserve of ", code)
    sure = joined(half, " ", amount(reserve), " on top makes it 80% sure, ", amount(paid_p80), " in all.")
    return np.where(recommended > 0, sure, "")
