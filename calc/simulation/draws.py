"""The draws that ship with the product and stand in the workbook: 512 evenly spread trials for every figure.

Written by build/draws.py: ranks of a scrambled Sobol sequence, one column for each row of the `parameter` dimension and
then of the `estimate` dimension; every column holds 0 to 511 once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from calc import catalogue
from calc.scenario.schema import ESTIMATES
from calc.simulation.incomplete_beta import quantile


def columns() -> list[str]:
    """What each column of draws is for: `<model>.<parameter>`, then the estimates."""
    return [f"{model}.{name}" for model, name, _ in catalogue.parameter_rows()] + list(ESTIMATES)


@cache
def ranks() -> np.ndarray:
    """The ranks, uint16, shape (trial, column), each column a permutation of 0 to 511. Read only."""
    with files(__package__).joinpath("sobol.npy").open("rb") as file:
        table = np.load(file, allow_pickle=False)
    if table.shape[1] != len(columns()):
        counts = f"for {table.shape[1]} figures, the catalogue has {len(columns())}"
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


def _middles() -> np.ndarray:
    return (np.arange(len(ranks())) + 1 / 2) / len(ranks())
