"""The best sequence of all that the grammar of a path allows, not only of the published ones.

The sequences are paths like all others, so the model's own formulas judge them, all in one pass, compared among themselves.
"""

from calc.sequences.design import by_preference, design, designed, published_one
from calc.sequences.many import best_of_each
from calc.sequences.own_paths import NothingToAdd, with_best
from calc.sequences.search import Found, search
from calc.sequences.told import by_whom, or_better, recommended_own, ways_on, work_of

__all__ = [
    "Found", "NothingToAdd", "best_of_each", "by_preference", "by_whom", "design", "designed", "or_better", "published_one",
    "recommended_own",
    "search", "ways_on", "with_best", "work_of",
]  # fmt: skip
