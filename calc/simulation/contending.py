"""Which path is the cheapest in a trial, over all paths and among the eligible ones."""

from __future__ import annotations

from calc.native import rounded
from calc.reductions import largest, position, smallest_given


def scope_cost(total, beyond):
    """What the same scope costs on a path, undiscounted and to the cent. Any shape."""
    return rounded(total + beyond, 2)


def contender(scope_cost, eligible, all_scope_costs):
    """The same scope of an eligible path; of another so much more than any that it never is the cheapest of them.

    scope_cost, eligible: (...); all_scope_costs: (..., path), shape (..., 1) where it is reduced.
    """
    return scope_cost + (1 - eligible) * (largest(all_scope_costs) + 1)


def winner(contenders):
    """Position of the cheapest, the earlier path on a tie. contenders: (..., path); returns (..., 1)."""
    return position(smallest_given(contenders), contenders)
