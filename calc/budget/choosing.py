"""The multiple-choice knapsack: one path for each project, the sum of invoices within a budget, the same scope cheapest.

Solved exactly by HiGHS, a branch-and-bound solver (by way of SciPy), among the paths that no other of their project beats
in both. The sums are checked in whole cents, so that no tolerance of the solver decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

# So many branches at most; a number and not a time, so that every machine stops at the same one.
MOST_BRANCHES = 20_000


class NoSolverError(RuntimeError):
    """SciPy, which solves it, is not installed."""


class Choice(NamedTuple):
    """A path that a project may take. invoiced, same_scope: in whole cents of one currency."""

    invoiced: int
    same_scope: int


class Chosen(NamedTuple):
    """positions: of the path of each project; short_by: cents by which even the least invoiced are above the budget, else
    0; gap: at most so many cents could be saved still; in_the_way: the projects, dearest first, whose least invoices alone
    come to what is short."""

    positions: tuple[int, ...]
    short_by: int = 0
    gap: int = 0
    in_the_way: tuple[int, ...] = ()


def check_solver() -> None:
    """Raise NoSolverError without SciPy."""
    if find_spec("scipy") is None:
        needed = "a budget for a portfolio needs SciPy; in the folder of the calculator, run: pip install '.[budget]'"
        raise NoSolverError(needed)


def chosen(choices: Sequence[Sequence[Choice]], budget: int) -> Chosen:
    """The paths of projects, each of which has at least one. budget: in cents.

    On a tie within a project the less invoiced path, then the earlier one. Where the budget cannot be met: the least
    invoiced of each. Raises NoSolverError without SciPy.
    """
    cheapest = [_least(options, _by_cost) for options in choices]
    if _invoiced(choices, cheapest) <= budget:
        return Chosen(tuple(cheapest))
    leanest = [_least(options, _by_invoice) for options in choices]
    short = _invoiced(choices, leanest) - budget
    if short > 0:
        return Chosen(tuple(leanest), short, in_the_way=_in_the_way(choices, leanest, short))
    return _solved(choices, budget, leanest)


def _by_cost(choice: Choice) -> tuple[int, int]:
    return choice.same_scope, choice.invoiced


def _by_invoice(choice: Choice) -> tuple[int, int]:
    return choice.invoiced, choice.same_scope


def _least(options: Sequence[Choice], key: Callable[[Choice], tuple[int, int]]) -> int:
    return min(range(len(options)), key=lambda at: key(options[at]))


def _invoiced(choices: Sequence[Sequence[Choice]], positions: Sequence[int]) -> int:
    return sum(options[at].invoiced for options, at in zip(choices, positions, strict=True))


def _cost(choices: Sequence[Sequence[Choice]], positions: Sequence[int]) -> int:
    return sum(options[at].same_scope for options, at in zip(choices, positions, strict=True))


def _in_the_way(choices: Sequence[Sequence[Choice]], leanest: Sequence[int], short: int) -> tuple[int, ...]:
    least = [options[at].invoiced for options, at in zip(choices, leanest, strict=True)]
    named: list[int] = []
    for project in sorted(range(len(least)), key=lambda project: (-least[project], project)):
        if short <= 0:
            break
        named.append(project)
        short -= least[project]
    return tuple(named)


def _unbeaten(options: Sequence[Choice]) -> list[int]:
    """The paths that no other is at most as dear as in both, from the least invoiced on."""
    kept: list[int] = []
    for at in sorted(range(len(options)), key=lambda at: (*_by_invoice(options[at]), at)):
        if not kept or options[at].same_scope < options[kept[-1]].same_scope:
            kept.append(at)
    return kept


def _solved(choices: Sequence[Sequence[Choice]], budget: int, leanest: Sequence[int]) -> Chosen:
    check_solver()
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, vstack

    # Each path counts from the least invoiced of its project: smaller numbers, with more of their digits exact.
    places = [(project, at) for project, options in enumerate(choices) for at in _unbeaten(options)]
    more = np.array([choices[p][at].invoiced - choices[p][leanest[p]].invoiced for p, at in places]) / 100
    cost = np.array([choices[p][at].same_scope - choices[p][leanest[p]].same_scope for p, at in places]) / 100
    project = np.array([p for p, _ in places])
    one_each = coo_array((np.ones(len(places)), (project, np.arange(len(places)))), (len(choices), len(places)))
    rows = vstack([one_each, coo_array(more[np.newaxis])]).tocsr()
    left = (budget - _invoiced(choices, leanest)) / 100
    ones = np.ones(len(choices))
    within = LinearConstraint(rows, np.append(ones, -np.inf), np.append(ones, left))
    options = {"mip_rel_gap": 0.0, "node_limit": MOST_BRANCHES}
    found = milp(cost, integrality=np.ones(len(places)), bounds=Bounds(0, 1), constraints=within, options=options)
    positions = list(leanest)
    if found.x is not None:
        for (p, at), taken in zip(places, found.x, strict=True):
            if taken > 0.5:
                positions[p] = at
        if _invoiced(choices, positions) > budget:
            raise ArithmeticError("the solver went beyond the budget")
    # Without a bound of the solver's, that of every project without the budget.
    bound = _cost(choices, [_least(options, _by_cost) for options in choices])
    if found.mip_dual_bound is not None:
        bound = max(bound, _cost(choices, leanest) + round(float(found.mip_dual_bound) * 100))
    return Chosen(tuple(positions), gap=max(0, _cost(choices, positions) - bound))
