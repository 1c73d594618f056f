"""The point between two values at which an outcome turns, for many figures at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

SPLIT, ROUNDS = 16, 10


def narrowed(near: np.ndarray, far: np.ndarray, turned: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """The value nearest to `near` at which it has turned; the bracket is split in 16 each time, to 1e-12 of itself.

    near: values at which it has not turned, far: at which it has, shape (n,). turned: takes values of shape (15, n) and
    says where it has. With more than one turn in a bracket it is the one nearest to `near` that the splits see.
    """
    parts = np.arange(1, SPLIT)[:, np.newaxis] / SPLIT
    for _ in range(ROUNDS):
        between = near + (far - near) * parts
        has_turned = np.vstack([turned(between), np.ones((1, len(near)), bool)])
        values = np.vstack([near, between, far])
        first = has_turned.argmax(axis=0)
        pick = np.arange(len(near))
        near, far = values[first, pick], values[first + 1, pick]
    return far
