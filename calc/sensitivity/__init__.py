"""What the recommendation depends on: each figure moved alone, and where it flips it."""

from calc.sensitivity.factors import Factor, factors, unit_in
from calc.sensitivity.flips import Flips, ValueFlip
from calc.sensitivity.public_data import Moved, figures_replaced, moved_by_public_data
from calc.sensitivity.tornado import Bar, Tornado, tornado

__all__ = [
    "Bar",
    "Factor",
    "Flips",
    "Moved",
    "Tornado",
    "ValueFlip",
    "factors",
    "figures_replaced",
    "moved_by_public_data",
    "tornado",
    "unit_in",
]
