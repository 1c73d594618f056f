"""How far two amounts are apart, in words. difference: the other amount less this one; code: the project's currency."""

from __future__ import annotations

from typing import Any

import numpy as np

from calc.native import rounded
from calc.reductions import whole
from calc.text.live import amount, joined


def by_side(difference, less: Any, same: Any, more: Any):
    """The text for an amount that is lower, the same or higher; the same is what reads the same in whole units."""
    near = rounded(difference, 0)
    return np.choose(whole(1 + (near > 0) * 1 - (near < 0) * 1), [less, same, more])


def more_or_less(difference, code):
    """For example "USD 1,234 less"; "the same" where nothing of it would be seen in whole units."""
    by = joined(code, " ", amount(np.absolute(difference)))
    return by_side(difference, joined(by, " less"), "the same", joined(by, " more"))
