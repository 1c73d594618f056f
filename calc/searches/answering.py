"""The decision for many vectors of answers of one scenario at once, by the model's own formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from calc.model import Model
from calc.scenario import Scenario
from calc.searches.split import ENTRY, split

# Vectors at a time: enough to make light of the calls, few enough for the cache.
BLOCK = 2048
State = tuple[float, ...]


class Answering:
    """One scenario whose answers vary while everything else stays.

    given: its own answers as codes, shape (question,). Nodes that no answer changes are evaluated once, the expensive part
    of the model once for each state of its switches (`calc.searches.split`).
    """

    def __init__(self, model: Model, scenario: Scenario, targets: Sequence[str] = ("recommended",)) -> None:
        self.graph, self.targets = model.graph, tuple(targets)
        self.inputs = model.inputs([scenario])
        self.given = self.inputs[ENTRY][0]
        self.split = split(self.graph, self.targets)
        self.fixed = self.graph.evaluate(self.inputs, self.split.fixed)
        self.states: dict[State, int] = {}
        self.table: dict[str, list[np.ndarray]] = {key: [] for key in self.split.tabulated}

    def evaluate(self, answers: np.ndarray) -> dict[str, np.ndarray]:
        """The targets for vectors of answers of shape (vector, question); each has shape (vector, ...)."""
        blocks = [self._block(answers[first : first + BLOCK]) for first in range(0, len(answers), BLOCK)]
        return {key: np.concatenate([block[key] for block in blocks]) for key in self.targets}

    def recommended(self, answers: np.ndarray) -> np.ndarray:
        """Position of the recommended path by vector, from 1; 0 for none. Shape (vector,)."""
        return self.evaluate(answers)["recommended"].astype(int)

    def _block(self, answers: np.ndarray) -> dict[str, np.ndarray]:
        known = self.fixed | {ENTRY: np.asfortranarray(answers)}
        known = self.graph.evaluate({}, self.split.switches, known, everything=True)
        found = self.graph.evaluate({}, self.targets, known | self._tabulated(known, len(answers)))
        return {key: np.broadcast_to(found[key], (len(answers), *found[key].shape[1:])) for key in self.targets}

    def _tabulated(self, known: Mapping[str, np.ndarray], vectors: int) -> dict[str, np.ndarray]:
        """The expensive part for each vector, from the table of states."""
        switches = [np.broadcast_to(known[key], vectors) for key in self.split.switches]
        states, which = _distinct(switches, vectors)
        self._add([state for state in states if state not in self.states])
        rows = np.array([self.states[state] for state in states])[which]
        return {key: np.take(np.array(column).T, rows, axis=-1).T for key, column in self.table.items()}

    def _add(self, states: Sequence[State]) -> None:
        if not states:
            return
        switches = dict(zip(self.split.switches, np.array(states, dtype=float).T, strict=True))
        found = self.graph.evaluate(self.inputs, self.split.tabulated, self.fixed | switches)
        for key, column in self.table.items():
            column.extend(np.broadcast_to(found[key], (len(states), *found[key].shape[1:])))
        self.states |= {state: len(self.states) + number for number, state in enumerate(states)}


def _distinct(columns: Sequence[np.ndarray], rows: int) -> tuple[list[State], np.ndarray]:
    """The distinct rows of some columns, and for each row which of them it is."""
    which = np.zeros(rows, dtype=int)
    for column in columns:
        values, at = np.unique(column, return_inverse=True)
        which = which * len(values) + at
    _, first, which = np.unique(which, return_index=True, return_inverse=True)
    return [tuple(float(column[row]) for column in columns) for row in first], which
