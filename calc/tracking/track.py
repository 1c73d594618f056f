"""Actuals against the plan, the forecast, and what would have to be entered for them to hold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from calc import catalogue
from calc.actual_lines import entered_as, lacking
from calc.model import Model, model_for, user_paths
from calc.quantities.cash_lines import MONTHLY
from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.scenario import Refused, Scenario
from calc.scenario.actuals import KEY
from calc.scenario.date_text import calculated_day
from calc.scenario.faults import Fault, problem
from calc.sentences import told
from calc.sentences.stay_or_switch import advice
from calc.sentences.tracking import late_line
from calc.tracking.stay_or_switch import SHOWN, stay_or_switch

SUMS = ("planned_by_now", "actual", "forecast")
SINGLE = (
    *(f"tracked_{kind}" for kind in SUMS), "actual_month", "core_done", "performance", "forecast_end_week", "forecast_end_date",
    "plan_path", "core_missing", "core_known_month", "invoiced_so_far", "invoiced_forecast", "budget_left", "forecast_headroom",
)  # fmt: skip


@dataclass(frozen=True)
class Followed:
    """The path that is followed. number: its position, from 1; figures: quantity -> array of shape (1, ...)."""

    number: int
    id: str
    figures: dict[str, np.ndarray]

    def single(self, name: str) -> float:
        return float(self.figures[name].reshape(-1)[0])


def track(given: Scenario, where: str = "scenario", picked: str | None = None) -> dict[str, Any]:
    """Plan, actual, forecast, each line, and stay or switch, in plain data. picked: the path of the plan, if not the recommended.

    Raises Refused as `track_and_advise` does.
    """
    return track_and_advise(given, where, picked)[0]


def track_and_advise(
    given: Scenario, where: str = "scenario", picked: str | None = None
) -> tuple[dict[str, Any], tuple[str, str]]:
    """The same with the two sentences about it: what is left if it stays and if it switches, and why.

    Raises Refused where no path is followed, or with a question for each figure that is not entered although the plan has
    something for it: nothing paid and nothing known would look alike.
    """
    followed = _followed(given, where, given.actuals.path or picked)
    if missing := _missing(followed):
        raise Refused(where, missing)
    ways, recommended = stay_or_switch(given, followed.id, followed.figures)
    found = _found(given, followed) | {
        "recommended": recommended,
        "stay_or_switch": [{name: way[name] for name in SHOWN} for way in ways],
    }
    return found, advice(ways, recommended, followed.id, given.project.currency)


def _found(given: Scenario, followed: Followed) -> dict[str, Any]:
    """Plan, actual, forecast and each line."""
    planned, actual, forecast = (followed.single(f"tracked_{kind}") for kind in SUMS)
    return {
        "schema": 1,
        "path": followed.id,
        "month": int(followed.single("actual_month")),
        "known_month": int(followed.single("core_known_month")),
        "core_done": followed.single("core_done"),
        "performance": followed.single("performance"),
        "plan": {"total": float(followed.figures["total"][0, followed.number - 1]), "to_date": planned},
        "actual": {"to_date": actual},
        "forecast": {"total": forecast, "end_week": followed.single("forecast_end_week"), "end_date": _day(followed)},
        "budget": _budget(given, followed),
        "lines": {
            line: {
                "plan": followed.single(f"{line}_planned_by_now"),
                "actual": followed.single(f"{line}_actual"),
                "forecast": followed.single(f"{line}_forecast"),
            }
            for line in LINES
        },
        "came_back": came_back(given),
    }


def late(given: Scenario, path: str) -> str:
    """That the core of the path that is followed would be done after the horizon only; empty where it is not so."""
    model, names = model_for(user_paths(given)), ("actual_month", "forecast_core_end")
    inputs = model.inputs([given]) | {"plan_choice": np.array([float(model.structure.path_numbers[path])])}
    known = {name: float(array.reshape(-1)[0]) for name, array in model.graph.evaluate(inputs, names).items()}
    return told(late_line, known | {"horizon_months": given.project.horizon_months})


def _budget(given: Scenario, followed: Followed) -> dict[str, float] | None:
    """How the path that is followed will stand to the budget; null without one."""
    if given.money.budget is None:
        return None
    return {
        "amount": given.money.budget,
        "invoiced": followed.single("invoiced_so_far"),
        "forecast": followed.single("invoiced_forecast"),
        "headroom": followed.single("forecast_headroom"),
    }


def _day(followed: Followed) -> str:
    return calculated_day(followed.single("forecast_end_date")).isoformat()


def _followed(given: Scenario, where: str, path: str | None) -> Followed:
    model = model_for(user_paths(given))
    number = model.structure.path_numbers[path] if path else 0
    figures = _evaluated(model, given, number)
    number = int(figures["plan_path"][0])
    if not number:
        hint = f'say which one is followed: [{KEY}] path = "{next(iter(catalogue.paths()))}"'
        raise Refused(where, [problem(f"{KEY}.path", "is missing, and no path is recommended", hint)])
    return Followed(number, model.structure.path_ids[number - 1], figures)


def _evaluated(model: Model, given: Scenario, number: int) -> dict[str, np.ndarray]:
    of_lines = [f"{line}_{kind}" for line in LINES for kind in SUMS]
    of_months = [name for line in LINES for name in (f"actual_{entered_as(line)}", MONTHLY[line])]
    inputs = model.inputs([given]) | {"plan_choice": np.array([float(number)])}
    targets = (
        *SINGLE,
        *of_lines,
        *of_months,
        "tracked",
        "total",
        "phase_done",
        "prepares",
        "documents@model",
        "under_gate",
        "rewrite_month",
    )
    return model.graph.evaluate(inputs, targets)


def questions(given: Scenario, where: str = "scenario") -> list[Fault]:
    """What `track` would ask about the actuals before it says anything; empty where nothing is unclear."""
    try:
        return _missing(_followed(given, where, given.actuals.path))
    except Refused as refused:
        return list(refused.faults)


def _missing(followed: Followed) -> list[Fault]:
    """A question for each month in which the plan has something for a line and nothing is entered."""
    asked = []
    for line in LINES:
        name, label = entered_as(line), QUANTITIES[LINES[line]].label.lower()
        of_months = (followed.figures[key][0] for key in ("tracked", f"actual_{name}", MONTHLY[line]))
        for month in np.flatnonzero(lacking(*of_months)) + 1:
            says = f"nothing is entered, but the plan has something for it ({label})"
            asked.append(problem(f"{KEY}.{name}, month {month}", says, "0 if there was nothing"))
    if followed.single("core_missing"):
        last, known = int(followed.single("actual_month")), int(followed.single("core_known_month"))
        since = f"since month {known}" if known else "so far"
        says = f"nothing is entered {since}: how much of the whole core is done?"
        asked.append(problem(f"{KEY}.core_done, month {last}", says, "for example 0.4"))
    return asked


def came_back(given: Scenario) -> int:
    """How often something that was fixed came back: months in which core done fell, or with incidents after the core was done."""
    done = [share for share in given.actuals.core_done if share is not None]
    falls = sum(later < earlier for earlier, later in pairwise(done))
    ended = next((month for month, share in enumerate(given.actuals.core_done, 1) if share == 1), None)
    after = given.actuals.incidents[ended:] if ended else ()
    return falls + sum(bool(number) for number in after)
