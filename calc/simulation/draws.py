"""The draws that ship with the product and stand in the workbook: 512 evenly spread trials for every figure.

Written by build/draws.py: ranks of a scrambled Sobol sequence. The figures are the rows of the `parameter` dimension and
then of the `estimate` dimension; those that are one thing in reality (`calc.catalogue.ties`) share a column. Every column
holds 0 to 511 once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from calc import catalogue
from calc.catalogue.ties import ties
from calc.scenario.schema import ESTIMATES
from calc.simulation.incomplete_beta import quantile


class Place(NamedTuple):
    """Where a figure's draws stand: in which column, and whether it takes the opposite end of each rank."""

    column: int
    against: bool


def figures() -> list[str]:
    """What can be drawn: `<model>.<parameter>`, then the estimates."""
    return [f"{model}.{name}" for model, name, _ in catalogue.parameter_rows()] + list(ESTIMATES)


def columns() -> list[str]:
    """What each column of draws is for: the figure that others may follow, by its name in `figures`."""
    named = figures()
    return [named[row] for row in ties()] + list(ESTIMATES)


@cache
def places() -> tuple[Place, ...]:
    """The place of every figure, in their order."""
    of_row = {tied.row: Place(column, tied.against) for column, group in enumerate(ties().values()) for tied in group}
    of_parameters = [of_row[row] for row in range(len(of_row))]
    return (*of_parameters, *(Place(len(ties()) + at, False) for at in range(len(ESTIMATES))))


@cache
def ranks() -> np.ndarray:
    """The ranks, uint16, shape (trial, column), each column a permutation of 0 to 511. Read only."""
    with files(__package__).joinpath("sobol.npy").open("rb") as file:
        table = np.load(file, allow_pickle=False)
    if table.shape[1] != len(columns()):
        counts = f"in {table.shape[1]} columns, the catalogue needs {len(columns())}"
        raise ValueError(f"sobol.npy holds draws {counts}: run build/draws.py")
    table.flags.writeable = False
    return table


def uniforms() -> np.ndarray:
    """The chances that the ranks stand for, the middles of 512 equal steps, shape (trial, column)."""
    return _middles()[ranks()]


@lru_cache(maxsize=1024)
def middle_quantiles(alpha: float, beta: float) -> np.ndarray:
    """Quantiles of a beta distribution at those chances, shape (rank,)."""
    return quantile(_middles(), alpha, beta)


def middle_draws(trials: int | None, place: Place, alpha: float, beta: float) -> np.ndarray:
    """The first of the shipped draws of a figure between 0 and 1, all of them for None; shape (trial,)."""
    column = ranks()[:trials, place.column].astype(int)
    return middle_quantiles(alpha, beta)[len(ranks()) - 1 - column if place.against else column]


def _middles() -> np.ndarray:
    return (np.arange(len(ranks())) + 1 / 2) / len(ranks())
