"""Variants of one scenario that differ from it in one input each, or in a few that move together, evaluated at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from calc.model import Model

# Rows at a time: the months of all phases of a block stay in the cache.
BLOCK = 128


class Change(NamedTuple):
    """One input that is different: the array of `Model.inputs`, the place in it (None: a single number), the value."""

    array: str
    column: int | None
    value: float


def evaluated(
    model: Model,
    inputs: Mapping[str, np.ndarray],
    changes: Sequence[Change | tuple[Change, ...]],
    targets: Sequence[str],
) -> dict[str, np.ndarray]:
    """The targets with each change made alone, or each few of them together, shape (variant, ...).

    inputs: of the scenario, one row.
    """
    blocks = [changes[first : first + BLOCK] for first in range(0, len(changes), BLOCK)]
    parts = [model.graph.evaluate(changed(inputs, block), targets) for block in blocks]
    return {
        target: np.concatenate([_rows(part[target], len(block)) for part, block in zip(parts, blocks, strict=True)])
        for target in targets
    }


def changed(inputs: Mapping[str, np.ndarray], changes: Sequence[Change | tuple[Change, ...]]) -> dict[str, np.ndarray]:
    """The inputs with a row for each variant; those that no change touches keep their one row."""
    touched: dict[str, np.ndarray] = {}
    for row, together in enumerate(changes):
        for name, column, value in (together,) if isinstance(together, Change) else together:
            if name not in touched:
                touched[name] = np.repeat(inputs[name].T, len(changes), axis=-1).T
            touched[name][row if column is None else (row, column)] = value
    return dict(inputs) | touched


def _rows(array: np.ndarray, rows: int) -> np.ndarray:
    return np.broadcast_to(array, (rows, *array.shape[1:]))
