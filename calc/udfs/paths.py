"""The paths that a call asks for, and their values in rows of cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from calc.model import Model
from calc.text.suggestion import near
from calc.udfs.cells import Cell, UnusableError, grid, is_blank, omitted, shown, text
from calc.udfs.output import NO_VALUE, rows
from calc.udfs.scenarios import Scenarios

# Positions of paths count from 0; a blank cell in a range of paths, and no path at all.
BLANK, NONE = -1, -2
# What the workbook's lists of paths offer besides the paths.
RECOMMENDED, NEXT_BEST = "recommended", "next best"
NOTHING_LEFT = "path: none is recommended (tco_status says why); allowed: the id of a path"


def by_path(scenarios: Scenarios, path: Any, cost_case: str | None, target: str) -> list[list[Any]]:
    """A quantity of paths: a row for each scenario, a column for each path asked for; or the shape of the paths."""
    # Both at once, since they have most of their way in common.
    values = scenarios.values([target, *(["recommended"] if omitted(path) else [])], cost_case)[target]
    at = positions(scenarios, path, cost_case)
    return filled(scenarios, at, lambda row, place: values[row, place])


def positions(scenarios: Scenarios, path: Any, cost_case: str | None) -> np.ndarray:
    """Positions of the paths in the shape of the answer, from 0; the recommended one where no path is named.

    Raises UnusableError for an unknown path, and for a shape that does not fit the scenarios.
    """
    if omitted(path):
        recommended = scenarios.values(["recommended"], cost_case)["recommended"].astype(int) - 1
        return np.where(recommended < 0, NONE, recommended)[:, np.newaxis]
    named = np.array([[position(scenarios, "path", cell) for cell in row] for row in grid(path)])
    if scenarios.number == 1 or named.shape == (scenarios.number, 1):
        return named
    if len(named) > 1:
        says = f"found {len(named)} rows for {scenarios.number} scenarios"
        raise UnusableError("path", says, "one path, paths side by side, or one for each scenario")
    return np.broadcast_to(named, (scenarios.number, named.shape[1]))


def position(scenarios: Scenarios, argument: str, cell: Cell) -> int:
    """Position of the path with that id or label, from 0. Raises UnusableError where there is none."""
    if is_blank(cell):
        return BLANK
    wanted = text(cell).lower()
    at = _names(scenarios.model).get(wanted)
    if at is not None:
        return at
    like = near(wanted, scenarios.model.structure.path_ids, 0.5)
    hint = f"; did you mean {like}?" if like else ", for example freelancer"
    raise UnusableError(argument, f"found {shown(cell)}", f"the id or the label of a path{hint}")


@lru_cache(maxsize=8)
def _names(model: Model) -> dict[str, int]:
    """Id or label of a path, in lower case -> its position; the first of several."""
    named = [(name, at) for at, path in enumerate(model.structure.paths) for name in (path.id, path.label.lower())]
    return dict(reversed(named))


def filled(
    scenarios: Scenarios, at: np.ndarray, value: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> list[list[Any]]:
    """Rows of values at the positions of paths; faults, blanks and missing paths show in their cells.

    value: gives the values of rows of scenarios at places of paths; both of shape (cell,).
    """
    row = (
        np.zeros(at.shape, int)
        if scenarios.number == 1
        else np.broadcast_to(np.arange(len(at))[:, np.newaxis], at.shape)
    )
    values = np.asarray(value(row.ravel(), np.maximum(at, 0).ravel())).reshape(at.shape)
    cells = values.tolist() if np.isfinite(values).all() else rows(values.tolist())
    for line, column in zip(*np.nonzero(at < 0), strict=True):
        cells[line][column] = NO_VALUE if at[line, column] == BLANK else NOTHING_LEFT
    return with_faults(scenarios, cells)


def with_faults(scenarios: Scenarios, cells: list[list[Any]]) -> list[list[Any]]:
    """The rows of a table, with faults and blanks instead of values where there are any."""
    for line, fault in scenarios.faults.items():
        cells[line] = [fault] * len(cells[line])
    for line in scenarios.blank:
        cells[line] = [NO_VALUE] * len(cells[line])
    return cells
