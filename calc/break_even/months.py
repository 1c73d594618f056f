"""The month in which one path's spending overtakes another's for good."""

from __future__ import annotations

import numpy as np

from calc.break_even.estimates import Crossing
from calc.model import Model
from calc.scenario import Scenario


def overtaken(model: Model, scenario: Scenario, pairs: np.ndarray) -> list[Crossing | None]:
    """The first month at whose end the path that has spent less at the horizon has spent less for good.

    None where it never was behind, or where both have spent the same. pairs: positions of two paths from 0, shape
    (pair, 2).
    """
    spent = model.evaluate([scenario], ("cumulated",))["cumulated"][0, :, : scenario.project.horizon_months]
    leads = np.sign(np.round(spent[pairs[:, 1]] - spent[pairs[:, 0]], 2))
    ids = model.structure.path_ids
    return [
        Crossing(float(month), ids[first if lead[-1] > 0 else second]) if (month := month_of_turn(lead)) else None
        for (first, second), lead in zip(pairs, leads, strict=True)
    ]


def month_of_turn(lead: np.ndarray) -> int:
    """The month, from 1, from which the leader at the end leads for good after being behind; 0 if it never was.

    lead: by month, 1 or -1 for who has spent less, 0 on a tie.
    """
    behind = np.flatnonzero(lead == -lead[-1])
    if lead[-1] == 0 or not len(behind):
        return 0
    ahead = np.flatnonzero(lead == lead[-1])
    return int(ahead[ahead > behind[-1]][0]) + 1
