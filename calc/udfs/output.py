"""The cells of a result: rectangular rows of finite numbers, texts and blanks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

NO_VALUE = ""


def shown(value: Any) -> Any:
    """One value as a cell shows it; a missing one is an empty text, as in the workbook.

    >>> shown(float("nan")), shown(True)
    ('', 1)
    """
    if value is None:
        return NO_VALUE
    if isinstance(value, bool | np.bool_):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else NO_VALUE
    return int(value) if isinstance(value, np.integer) else value


def rows(values: Any) -> list[list[Any]]:
    """Rows of values as cells show them. values: two dimensions of anything."""
    return [[shown(value) for value in row] for row in values]


def table(heads: Sequence[str], lines: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows under their heads."""
    return [list(heads), *rows(lines)]
