"""The total of every path for any mixture of two scenarios: some inputs as in the one, the rest as in the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calc.difference.inputs import mixed
from calc.model import model_for, user_paths
from calc.scenario import Scenario

BLOCK = 256


class Mixture:
    """Two scenarios with the same paths. changes: those of the changed fields that the totals read, in their order."""

    def __init__(self, one: Scenario, other: Scenario, fields: Sequence[str]) -> None:
        self._model = model = model_for(user_paths(one))
        read = set(model.graph.order(("total",)))
        given = model.inputs([one, other, *(mixed(one, other, field) for field in fields)])
        self._first, self._second, owners = {}, {}, {}
        touching: set[int] = set()
        for name, array in given.items():
            if fields and name in read and name not in model.static:
                self._first[name], self._second[name] = array[:1], array[1:2]
                differs = ~((array == array[:1]) | (np.isnan(array) & np.isnan(array[:1])))
                owners[name] = np.where(differs[2:].any(axis=0), differs[2:].argmax(axis=0), -1)
                touching |= set(owners[name].ravel().tolist()) - {-1}
        known = sorted(touching)
        self.changes = [fields[at] for at in known]
        places = np.full(len(fields) + 1, -1)
        places[known] = np.arange(len(known))
        self._owners = {name: places[owner] for name, owner in owners.items() if (owner >= 0).any()}
        self.paths = model.structure.path_ids

    def totals(self, made: np.ndarray) -> np.ndarray:
        """made: which changes are made, shape (row, change); returns shape (row, path)."""
        blocks = [self._block(made[at : at + BLOCK]) for at in range(0, len(made), BLOCK)]
        return np.concatenate(blocks)

    def _block(self, made: np.ndarray) -> np.ndarray:
        given = dict(self._model.static)
        for name, first in self._first.items():
            owner = self._owners.get(name)
            if owner is None:
                given[name] = first
            else:
                given[name] = np.where((made[:, owner] == 1) & (owner >= 0), self._second[name], first)
        total = self._model.graph.evaluate(given, ("total",))["total"]
        return np.broadcast_to(total, (len(made), total.shape[1]))
