"""So many weeks in words."""

from __future__ import annotations

import numpy as np

from calc.native import rounded
from calc.text.live import amount, joined


def in_weeks(weeks):
    """To the whole week, for example "1 week" or "1,204 weeks". (...)."""
    return joined(amount(weeks), np.where(rounded(weeks, 0) == 1, " week", " weeks"))
