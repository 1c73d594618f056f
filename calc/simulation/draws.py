"""The draws of the workbook's own simulation: 250 evenly spread trials for every figure, each rank by one formula.

A figure's ranks are a polynomial of the trial's number, modulo the number of trials, 250 = 2 x 5 x 5 x 5. Every rank comes
once where the coefficient of the square is a multiple of 5, that of the number is none, and one of both is odd: then the
polynomial permutes the residues of 2, those of 5, and with a slope that 5 never divides those of its powers.
build/draws.py chooses the coefficients, so that no two figures go together. The figures are
the rows of the `parameter` dimension and then of the `estimate` dimension; those that are one thing in reality
(`calc.catalogue.ties`) share a column. The last column is the draw that all figures of a trial have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from calc import catalogue
from calc.catalogue.data_files import data_of
from calc.catalogue.ties import ties
from calc.native import rounded
from calc.normal import normal_quantile
from calc.scenario.schema import ESTIMATES
from calc.simulation.common_factor import common_weight, mixed, own_weight
from calc.simulation.shape import Shape

# How many trials there are.
POINTS = 250
# A draw is kept to a thousandth of its range: further digits would say nothing, and be a tenth of the workbook.
STEPS = 1000
# The column of the draw that all figures of a trial share.
COMMON = "common"


class Place(NamedTuple):
    """Where a figure's draws stand: in which column, and whether it takes the opposite end of each.

    side: 1 where the column's high end is worse for the payer, -1 where its low end is: that of the figure which leads it.
    """

    column: int
    against: bool
    side: int

    @property
    def own_side(self) -> int:
        """The same as the figure's own ranks have it."""
        return -self.side if self.against else self.side


class Coefficients(NamedTuple):
    """Of the polynomial that gives the ranks: of the square of the trial's number, of the number, and the constant."""

    square: int
    factor: int
    start: int

    def opposite(self) -> Coefficients:
        """Those whose ranks are as far from the other end."""
        return Coefficients(-self.square % POINTS, -self.factor % POINTS, POINTS - 1 - self.start)


def rank(trial, square, factor, start, points):
    """The rank of a trial among all, from 0 to points - 1. trial: its number, from 1; exact while points < 100 000."""
    return np.mod(trial * (factor + square * trial) + start, points)


def kept(draw, steps):
    """A draw between 0 and 1 to so many steps of its range."""
    return rounded(draw * steps, 0) / steps


def figures() -> list[str]:
    """What can be drawn: `<model>.<parameter>`, then the estimates."""
    return [f"{model}.{name}" for model, name, _ in catalogue.parameter_rows()] + list(ESTIMATES)


def columns() -> list[str]:
    """What each column of draws is for: the figure that others may follow, by its name in `figures`; the common draw last."""
    named = figures()
    return [named[row] for row in ties()] + list(ESTIMATES) + [COMMON]


@cache
def places() -> tuple[Place, ...]:
    """The place of every figure, in their order."""
    rows = catalogue.parameter_rows()
    of_row = {
        tied.row: Place(column, tied.against, -1 if rows[leader][-1].better == "high" else 1)
        for column, (leader, group) in enumerate(ties().items())
        for tied in group
    }
    of_parameters = [of_row[row] for row in range(len(of_row))]
    return (*of_parameters, *(Place(len(ties()) + at, False, 1) for at in range(len(ESTIMATES))))


def places_with(quoted: Iterable[tuple[str, str]]) -> tuple[Place, ...]:
    """The same with figures that quotes name, as (model, name), between the parameters and the estimates: a quote has the
    luck of the model that it comes closest to, so that both are compared in the same worlds."""
    own, count = places(), len(catalogue.parameter_rows())
    of_figure = {(model, name): own[row] for row, (model, name, _) in enumerate(catalogue.parameter_rows())}
    return (*own[:count], *(of_figure[figure] for figure in quoted), *own[count:])


@cache
def coefficients() -> tuple[Coefficients, ...]:
    """The polynomial of every column. Raises ValueError where draws.toml holds another number."""
    found = tuple(Coefficients(*row) for row in data_of(__package__, "draws.toml")["coefficients"])
    if len(found) != len(columns()):
        counts = f"for {len(found)} columns, the catalogue needs {len(columns())}"
        raise ValueError(f"draws.toml holds coefficients {counts}: run build/draws.py")
    return found


def of_figure(place: Place) -> Coefficients:
    """The polynomial of a figure's own ranks."""
    own = coefficients()[place.column]
    return own.opposite() if place.against else own


def ranks() -> np.ndarray:
    """The ranks, shape (trial, column), each column a permutation of 0 to POINTS - 1."""
    square, factor, start = np.array(coefficients()).T
    return rank(np.arange(1, POINTS + 1)[:, np.newaxis], square, factor, start, POINTS)


def uniforms() -> np.ndarray:
    """The chances that the ranks stand for, the middles of equal steps, shape (trial, column)."""
    return _middles()[ranks()]


def middle_draws(trials: int | None, place: Place, shape: Shape, correlation: float) -> np.ndarray:
    """The first of the shipped draws of a figure between 0 and 1, all of them for None; shape (trial,)."""
    return _draws(place, shape, correlation)[:trials]


def common() -> np.ndarray:
    """The common normal draw of every trial, shape (trial,)."""
    return _own_normals()[:, -1]


class Drawn(NamedTuple):
    """All that the draws of a figure follow from."""

    place: Place
    shape: Shape
    correlation: float


def steps_of(figures: Iterable[Drawn]) -> list[list]:
    """The draws of figures as plain data, each as a whole number of steps, for `know`."""
    return [
        [list(one.place), list(one.shape), one.correlation, np.rint(_draws(*one) * STEPS).astype(int).tolist()]
        for one in figures
    ]


def know(steps: Iterable[Sequence]) -> None:
    """Take the draws of figures as `steps_of` gave them, which spares calculating them."""
    for place, shape, correlation, drawn in steps:
        _KNOWN[Drawn(Place(*place), Shape(*shape), correlation)] = np.array(drawn) / STEPS


_KNOWN: dict[Drawn, np.ndarray] = {}


@lru_cache(maxsize=4096)
def _draws(place: Place, shape: Shape, correlation: float) -> np.ndarray:
    known = _KNOWN.get(Drawn(place, shape, correlation))
    if known is not None:
        return known
    z = _normals(place.column, place.side, correlation)
    return kept(shape.at(-z if place.against else z), STEPS)


@lru_cache(maxsize=1024)
def _normals(column: int, side: int, correlation: float) -> np.ndarray:
    """The normal draws of a column, with the common ones in them; shape (trial,)."""
    own = _own_normals()
    return mixed(common_weight(correlation) * common(), own[:, column], side, own_weight(correlation))


@cache
def _own_normals() -> np.ndarray:
    return normal_quantile(_middles())[ranks()]


def _middles() -> np.ndarray:
    return (np.arange(POINTS) + 1 / 2) / POINTS
