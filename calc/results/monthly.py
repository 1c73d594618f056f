"""Every path of a scenario, line by line and month by month: the formulas of the path in the plan, asked for each path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from calc.model import Model, model_for, user_paths
from calc.quantities.cash_lines import MONTHLY
from calc.scenario import Scenario
from calc.scenario.date_text import calculated_day
from calc.sentences.calendar import year_label

CALENDAR = (
    "month_start", "year_of_month", "fiscal_year", "years_in_horizon", "fiscal_year_begins", "fiscal_month",
)  # fmt: skip


class Monthly(NamedTuple):
    """One scenario by path, line and month.

    paths, eligible: of every path; recommended: position of the recommended path, -1 for none; months: the first day of
    each month of the horizon; years: the fiscal year that each belongs to, by name; amounts: in the project's currency,
    shape (path, line, month), the lines in the order of `calc.quantities.lines.LINES`.
    """

    paths: tuple[str, ...]
    eligible: tuple[bool, ...]
    recommended: int
    months: tuple[date, ...]
    years: tuple[str, ...]
    amounts: np.ndarray


def monthly(scenarios: Sequence[Scenario]) -> list[Monthly]:
    """The months of every scenario, in their order; those with the same paths are evaluated together."""
    by_number: dict[int, Monthly] = {}
    alike: dict[tuple, list[int]] = {}
    for number, scenario in enumerate(scenarios):
        alike.setdefault(user_paths(scenario), []).append(number)
    for paths, numbers in alike.items():
        together = _monthly(model_for(paths), [scenarios[number] for number in numbers])
        by_number |= dict(zip(numbers, together, strict=True))
    return [by_number[number] for number in range(len(scenarios))]


def _monthly(model: Model, scenarios: Sequence[Scenario]) -> list[Monthly]:
    count, graph, inputs = len(scenarios), model.graph, model.inputs(scenarios)
    wanted = tuple(MONTHLY.values())
    shared = graph.beside(["plan_path"], wanted)
    values = graph.evaluate(inputs, (*shared, *CALENDAR, "eligible", "recommended"))
    known = {key: values[key] for key in shared}
    paths = tuple(path.id for path in model.structure.paths)
    amounts = np.empty((count, len(paths), len(wanted), values["month_start"].shape[-1]))
    for at in range(len(paths)):
        of_path = graph.evaluate(inputs, wanted, known | {"plan_path": np.full(count, at + 1.0)})
        for line, key in enumerate(wanted):
            amounts[:, at, line] = of_path[key] + 0.0
    named = [values[key] if values[key].ndim > 1 else values[key][:, np.newaxis] for key in CALENDAR[2:]]
    names = np.broadcast_to(year_label(*named), (count, named[2].shape[-1]))
    each = {key: np.broadcast_to(values[key], (count, *values[key].shape[1:])) for key in ("eligible", *CALENDAR[:2])}
    chosen = np.broadcast_to(values["recommended"], count)
    return [
        Monthly(
            paths,
            tuple(bool(one) for one in each["eligible"][row] == 1),
            int(chosen[row]) - 1,
            tuple(calculated_day(float(day)) for day in each["month_start"][row][:horizon]),
            tuple(str(names[row][int(year) - 1]) for year in each["year_of_month"][row][:horizon]),
            amounts[row, :, :, :horizon],
        )
        for row, horizon in enumerate(scenario.project.horizon_months for scenario in scenarios)
    ]
