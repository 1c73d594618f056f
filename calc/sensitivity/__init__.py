"""What the recommendation depends on: each figure moved alone, and the single changes that flip it."""

from calc.sensitivity.factors import Factor, factors
from calc.sensitivity.flips import AnswerFlip, Flips, ValueFlip
from calc.sensitivity.tornado import Bar, Tornado, tornado

__all__ = ["AnswerFlip", "Bar", "Factor", "Flips", "Tornado", "ValueFlip", "factors", "tornado"]
