"""How a formula takes an argument from the array of a node: its axes in the formula's order, worked out once for the graph.

Arrays have shape (scenario, *dimensions); a formula reads them with the axes that it declares, those that the node lacks
with length 1, and after them the axis that it sums or searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

# From the arrays of nodes by key to the array of one more.
Calculation = Callable[[Mapping[str, np.ndarray]], np.ndarray]
# A formula over this many axes beside the scenario's is worked out for so many scenarios at a time: what it needs meanwhile
# is then a few megabytes, where the months by month of every path of a hundred scenarios would be fifty.
MANY_AXES, AT_A_TIME = 3, 16


@dataclass(frozen=True, eq=False)
class Aligned:
    """node: whose array is read; index, axis: what is taken along an axis of the transposed array first, if anything;
    order: the axes in their new order; axes: an index that adds those of length 1. None for what is not needed.
    """

    node: str
    index: np.ndarray | None = None
    axis: int = 0
    order: tuple[int, ...] | None = None
    axes: tuple[slice | None, ...] | None = None

    @cached_property
    def is_plain(self) -> bool:
        """Whether the formula takes the array as it is."""
        return self.index is None and self.order is None and self.axes is None

    def of(self, array: np.ndarray) -> np.ndarray:
        """The array as the formula takes it."""
        if self.index is not None:
            array = array.T.take(self.index, axis=self.axis).T
        if self.order is not None:
            array = array.transpose(self.order)
        return array if self.axes is None else array[self.axes]


def aligned(node: str, dimensions: Sequence[str], over: Sequence[str], collapsed: str | None, widens: bool) -> Aligned:
    """A node of these dimensions as a formula over `over` reads it.

    collapsed: the dimension that becomes the last axis; widens: whether any argument of the formula has such an axis.
    """
    order = None if collapsed is None else _to_the_end(1 + dimensions.index(collapsed), 1 + len(dimensions))
    kept = [dimension for dimension in dimensions if dimension != collapsed]
    return Aligned(node, order=order, axes=_axes(kept, over, [collapsed is not None] if widens else []))


def of_own_phases(node: str, dimensions: Sequence[str], over: Sequence[str], phases: np.ndarray) -> Aligned:
    """As `aligned` along the phases, but only those of the reader's path. phases: 0-based, shape (reader, phase)."""
    axis = 1 + dimensions.index("phase")
    own = [over[0] if dimension == "phase" else dimension for dimension in dimensions]
    order = _to_the_end(1 + axis, 2 + len(dimensions))
    return Aligned(node, phases.T, len(dimensions) - axis, order, _axes(own, over, [True]))


@dataclass(frozen=True, eq=False)
class Gathering:
    """The rows that a relation points to, along an axis of the transposed array, and where it points to any (None: always)."""

    node: str
    index: np.ndarray
    axis: int
    present: np.ndarray | None
    is_plain = False

    def of(self, array: np.ndarray) -> np.ndarray:
        """The array by the relation, 0 where there is nothing to point to."""
        taken = array.T.take(self.index, axis=self.axis).T
        return taken if self.present is None else np.where(self.present, taken, 0)


def gathered(node: str, dimensions: Sequence[str], target: str, index: np.ndarray) -> Gathering:
    """A node along the rows that the index names instead of along the target. index: 0-based, -1 for none; shape (n,)."""
    axis = 1 + dimensions.index(target)
    present = index >= 0
    mask = None if present.all() else present.reshape([-1 if at == axis else 1 for at in range(1 + len(dimensions))])
    return Gathering(node, np.maximum(index, 0), len(dimensions) - axis, mask)


def calculation(
    key: str, function: Callable, arguments: Sequence[Aligned | Gathering], over: Sequence[str], widens: bool
) -> Calculation:
    """A formula over `over`, on the arrays that it reads; widens: as in `aligned`. Raises ArithmeticError where it gives
    something else."""
    # Most arguments are read as they are; for a single scenario a call for each would take as long as the formula.
    changed = [(at, argument.of) for at, argument in enumerate(arguments) if not argument.is_plain]
    nodes = [argument.node for argument in arguments]
    dimensions = 1 + len(over)
    if len(over) + widens >= MANY_AXES:
        function = partial(_in_parts, function)

    def calculated(values: Mapping[str, np.ndarray]) -> np.ndarray:
        arrays = [values[node] for node in nodes]
        for at, of in changed:
            arrays[at] = of(arrays[at])
        result = np.asarray(function(*arrays))
        if result.ndim == dimensions:
            return result
        if result.ndim == dimensions + 1 and result.shape[-1] == 1:
            return result[..., 0]
        raise ArithmeticError(f"{key} gives {result.ndim - 1} dimensions where it declares {over}")

    return calculated


def _in_parts(function: Callable, *arrays: np.ndarray) -> np.ndarray:
    """What the formula gives, a few scenarios at a time."""
    scenarios = max(map(len, arrays))
    if scenarios <= AT_A_TIME:
        return function(*arrays)
    parts = [
        function(*(array if len(array) == 1 else array[first : first + AT_A_TIME] for array in arrays))
        for first in range(0, scenarios, AT_A_TIME)
    ]
    return np.concatenate(parts)


def _to_the_end(axis: int, count: int) -> tuple[int, ...]:
    return (*(at for at in range(count) if at != axis), axis)


def _axes(dimensions: Sequence[str], over: Sequence[str], last: list[bool]) -> tuple[slice | None, ...] | None:
    """The index that gives the scenario's axis, those of `over` and the last, where the array has no more than some."""
    there = [True, *(dimension in dimensions for dimension in over), *last]
    return None if all(there) else tuple(slice(None) if one else None for one in there)
