"""What is said of the end of a phase of the plan. Shapes: all (..., n) alike."""

from __future__ import annotations

import numpy as np

from calc.text.live import amount, joined


def at_the_end(plan_stage_row, paid_so_far, saves, code):
    """What has been paid when the phase ends, and what stopping there saves; empty past the plan's last phase."""
    paid = joined("Paid by then: ", amount(paid_so_far), " ", code)
    more = joined("; stopping here saves ", amount(saves), " ", code, ".")
    whole = joined(paid, np.where(saves > 0, more, ", all of it."))
    return np.where(plan_stage_row > 0, whole, "")
