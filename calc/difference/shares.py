"""How much of a difference each of several changes explains: Shapley values.

The changes are made one after the other, from the first scenario to the second; a change explains what the total moves
when its turn comes, on the average over all orders. So the shares add up to the whole difference, and no order is
preferred. Up to EXACT changes every order counts; for more, a fixed draw of orders, each with its reverse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import factorial

import numpy as np

EXACT = 9
ORDERS, MOST_ROWS = 64, 40_000
SEED = 20_261_201

# From which changes are made, shape (row, change) of 0 and 1, to what comes out, shape (row, n).
Outcome = Callable[[np.ndarray], np.ndarray]


def shapley(changes: int, outcome: Outcome) -> np.ndarray:
    """The share of each change in what comes out, shape (change, n)."""
    return _exact(changes, outcome) if changes <= EXACT else _drawn(changes, outcome)


def method(changes: int) -> str:
    """How the shares were got, in a sentence."""
    if changes <= EXACT:
        return "Shapley values: what a change moves, on the average over every order of making the changes"
    orders = len(_orders(changes))
    return f"Shapley values: what a change moves, on the average over {orders} drawn orders of making the changes"


def _exact(changes: int, outcome: Outcome) -> np.ndarray:
    subsets = np.arange(2**changes)
    made = (subsets[:, np.newaxis] >> np.arange(changes)) & 1
    outcomes = outcome(made)
    sizes = made.sum(axis=1)
    weights = np.array([factorial(k) * factorial(changes - k - 1) / factorial(changes) for k in range(changes)])
    shares = []
    for change in range(changes):
        without = subsets[made[:, change] == 0]
        moved = outcomes[without | (1 << change)] - outcomes[without]
        # Not `@`: BLAS adds up in an order that depends on the processor.
        shares.append((weights[sizes[without], np.newaxis] * moved).sum(axis=0))
    return np.array(shares)


def _orders(changes: int) -> list[np.ndarray]:
    pairs = max(1, min(ORDERS, MOST_ROWS // changes) // 2)
    random = np.random.default_rng(SEED)
    drawn = [random.permutation(changes) for _ in range(pairs)]
    return [order for one in drawn for order in (one, one[::-1])]


def _drawn(changes: int, outcome: Outcome) -> np.ndarray:
    orders = _orders(changes)
    outcomes = outcome(np.concatenate([_steps(order) for order in orders]))
    steps = outcomes.reshape(len(orders), changes + 1, -1)
    return _averaged(orders, np.diff(steps, axis=1))


def _steps(order: np.ndarray) -> np.ndarray:
    """One order as rows: nothing changed, the first change made, the first two, and so on."""
    changes = len(order)
    turn = np.empty(changes, dtype=int)
    turn[order] = np.arange(changes)
    return (turn < np.arange(changes + 1)[:, np.newaxis]).astype(int)


def _averaged(orders: Iterable[np.ndarray], moved: np.ndarray) -> np.ndarray:
    shares = np.zeros(moved.shape[1:])
    for order, one in zip(orders, moved, strict=True):
        shares[order] += one
    return shares / len(moved)
