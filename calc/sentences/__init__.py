"""Sentences that follow the inputs: what a reader is told of the decision, written once for a terminal and for cells.

Every function takes quantities by their names and texts (`code`, the currency; labels of paths), for whole columns of
scenarios or as symbols for cells, and gives a text; an empty one where there is nothing to say. In a terminal `told` calls it
with the values of one scenario; a cell's formula is traced from the same function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from calc.quantity import argument_names
from calc.sentences import alerts, answer, axes, fitting, questions, ranges, why_not

__all__ = ["alerts", "answer", "axes", "fitting", "questions", "ranges", "told", "why_not"]


def told(function: Callable, known: Mapping[str, Any]) -> str:
    """What the function says of one scenario. known: values by the names of its arguments; a missing number is None."""
    values = {name: _array(known[name]) for name in argument_names(function)}
    return str(np.ravel(function(**values))[0])


def _array(value: Any) -> np.ndarray:
    if isinstance(value, str):
        return np.array([value], dtype=object)
    return np.array([np.nan if value is None else float(value)])
