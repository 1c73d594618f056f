"""Reductions over the last axis that keep it with length 1, so that results still combine with the arrays they came from.

A missing value is NaN here and an empty text in a cell; `summed_given`, `largest_given` and `smallest_given` pass over it.

>>> costs = np.array([[10.0, 30.0, 60.0], [20.0, 20.0, 40.0]])
>>> costs / summed(costs)
array([[0.1 , 0.3 , 0.6 ],
       [0.25, 0.25, 0.5 ]])
>>> picked(costs, position(largest(costs), costs))
array([[60.],
       [40.]])
"""

import numpy as np


def summed(values):
    """Sum over the last axis. values: (..., n); returns (..., 1)."""
    return np.sum(values, axis=-1, keepdims=True)


def summed_given(values):
    """Sum over the last axis of those that are not missing. values: (..., n); returns (..., 1)."""
    return np.nansum(values, axis=-1, keepdims=True)


def largest(values):
    """Largest over the last axis. values: (..., n); returns (..., 1)."""
    return np.max(values, axis=-1, keepdims=True)


def largest_given(values):
    """Largest over the last axis of those that are not missing. values: (..., n); returns (..., 1)."""
    return np.fmax.reduce(values, axis=-1, keepdims=True)


def smallest_given(values):
    """Smallest over the last axis of those that are not missing. values: (..., n); returns (..., 1)."""
    return np.fmin.reduce(values, axis=-1, keepdims=True)


def position(value, values):
    """Where the value first stands along the last axis, from 1. values: (..., n); value: (..., 1); returns (..., 1)."""
    return 1 + np.argmax(values == value, axis=-1, keepdims=True)


def whole(number):
    """A position as an integer, 1 where it is missing; a number without a fraction stays what it is in a cell."""
    return np.where(np.isnan(number), 1, number).astype(int) if isinstance(number, np.ndarray) else number


def occurrences(value, values):
    """How often the value stands along the last axis. values: (..., n); value: (..., 1); returns (..., 1)."""
    return summed((values == value) * 1)


def picked(values, at):
    """The value at a position along the last axis, from 1. values: (..., n); at: (..., 1); returns (..., 1)."""
    return np.take_along_axis(values, whole(at) - 1, axis=-1)


def picked_or(values, at, otherwise):
    """The value at a position along the last axis, from 1; something else where the position is 0 or below.

    values: (..., n); at: (..., 1); otherwise: a constant; returns (..., 1).
    """
    return np.where(at > 0, picked(values, np.maximum(at, 1)), otherwise)
