"""The single figures that flip the recommendation within their range, and the value at which they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calc.model import Model
from calc.scenario import Scenario
from calc.sensitivity.factors import Factor, factors
from calc.sensitivity.narrowing import narrowed
from calc.sensitivity.variants import Change, evaluated

STEPS = 8


@dataclass(frozen=True)
class ValueFlip:
    """The value of one figure, nearest to the current one within its range, at which another path is recommended."""

    factor: Factor
    value: float
    path: str | None

    @property
    def moved(self) -> float:
        """How far it moves, as a share of its range."""
        return abs(self.value - self.factor.current) / (self.factor.high - self.factor.low)


class Flips:
    """The figures that flip the recommendation of one scenario."""

    def __init__(self, model: Model, scenario: Scenario) -> None:
        self.model, self.scenario = model, scenario
        self.inputs = model.inputs([scenario])
        self.now = int(model.graph.evaluate(self.inputs, ("recommended",))["recommended"][0])

    def values(self) -> list[ValueFlip]:
        """Every figure that flips it within its range, the smallest move first."""
        figures = factors(self.model, self.scenario)
        sides = [(factor, points) for factor in figures for points in _outwards(factor)]
        near: list[float] = []
        far: list[float] = []
        turning: list[Factor] = []
        recommended = self._recommended([factor.at(value) for factor, points in sides for value in points])
        position = 0
        for factor, points in sides:
            flipped = np.flatnonzero(recommended[position : position + len(points)] != self.now)
            position += len(points)
            if len(flipped):
                turning.append(factor)
                far.append(points[flipped[0]])
                near.append(points[flipped[0] - 1] if flipped[0] else factor.current)
        return self._nearest(turning, np.array(near), np.array(far)) if turning else []

    def _nearest(self, turning: list[Factor], near: np.ndarray, far: np.ndarray) -> list[ValueFlip]:
        """The exact values in the brackets, the nearer of two for each figure."""
        smooth = np.array([not factor.whole for factor in turning])
        inner = [factor for factor in turning if not factor.whole]
        if inner:
            far[smooth] = narrowed(near[smooth], far[smooth], lambda values: self._turned(inner, values))
        paths = self._recommended([factor.at(value) for factor, value in zip(turning, far, strict=True)])
        flips = [
            ValueFlip(factor, float(value), self._path(path))
            for factor, value, path in zip(turning, far, paths, strict=True)
        ]
        nearest: dict[str, ValueFlip] = {}
        for flip in sorted(flips, key=lambda flip: flip.moved):
            nearest.setdefault(flip.factor.id, flip)
        return list(nearest.values())

    def _turned(self, turning: list[Factor], values: np.ndarray) -> np.ndarray:
        changes = [factor.at(value) for row in values for factor, value in zip(turning, row, strict=True)]
        return self._recommended(changes).reshape(values.shape) != self.now

    def _recommended(self, changes: Sequence[Change | tuple[Change, ...]]) -> np.ndarray:
        return evaluated(self.model, self.inputs, changes, ("recommended",))["recommended"].astype(int)

    def _path(self, position: int) -> str | None:
        return self.model.structure.path_ids[position - 1] if position else None


def _outwards(factor: Factor) -> list[list[float]]:
    """Values to try on either side, from the current one outwards: every whole one, or so many steps."""
    sides = []
    for end in (factor.low, factor.high):
        reach = end - factor.current
        steps = int(abs(reach)) if factor.whole else STEPS
        if reach:
            sides.append([factor.current + reach * step / steps for step in range(1, steps)] + [end])
    return sides
