"""Plan, actual and forecast of every cost line, one formula of each kind a line: importing this module registers them.

Of a line `labour` come `labour_missing` by month, and `labour_planned_by_now`, `labour_actual`, `labour_to_come` and
`labour_forecast`; of all lines their sums.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from calc import quantity
from calc.clauses import Values, quantity_of
from calc.native import rounded
from calc.quantities.cash_lines import MONTHLY
from calc.quantities.lines import LINES, LOSSES
from calc.quantity import QUANTITIES, Quantity
from calc.reductions import picked_or, summed
from calc.scenario.actuals import SERIES

# Lines of the audit and core phases, by the cost of a whole phase.
OF_PHASES = {
    line: f"{line}_cost"
    for line in ("labour", "hidden_scope", "rework", "onboarding", "coordination", "review", "replacement", "hiring")
}
# What follows the core: the amount of a path, and how much of it is still to come.
AFTERWARDS = {
    "coordination": ("run_coordination_monthly", "run_left"),
    "replacement": ("run_replacement_monthly", "run_left"),
    "hiring": ("run_hiring", "run_share_left"),
    "run": ("run_monthly", "run_left"),
    "retainer": ("retainer_monthly", "care_left"),
    "support": ("support_monthly", "support_left"),
    "rewrite": ("rewrite_cost", "rewrite_left"),
}
SUMS = ("planned_by_now", "actual", "forecast")
# A cent counts as something that the plan has.
DIGITS = 2


def of_line(line: str) -> list[Quantity]:
    """The formulas of one line."""
    label, actual, plan = QUANTITIES[LINES[line]].label, f"actual_{line}", MONTHLY[line]
    return [
        _made(
            lambda x: x["tracked"] * np.where(np.isnan(x[actual]), 1, 0) * np.where(rounded(x[plan], DIGITS) > 0, 1, 0),
            f"{line}_missing", ("month",), f"{label}: not entered",
            "1 for a month with actuals in which the plan has something for the line and nothing is entered.",
            ["tracked", actual, plan], "0/1",
        ),
        _made(
            lambda x: summed(x["all_tracked"] * x[f"all_{plan}"]), f"{line}_planned_by_now", (),
            f"{label}: planned by now", "What the plan has for the months with actuals.", ["all_tracked", f"all_{plan}"],
        ),
        _made(
            lambda x: np.where(np.isnan(x[actual]), 0, x[actual]), f"{line}_entered", ("month",),
            f"{label}: entered", "What is entered for the month; nothing where it is blank.", [actual],
        ),
        _made(
            lambda x: summed(x[f"all_{line}_entered"]), f"{line}_actual", (), f"{label}: actual",
            "What is entered for all months.", [f"all_{line}_entered"],
        ),
        *_to_come(line, label),
        _made(
            lambda x: x[f"{line}_actual"] + x[f"{line}_to_come"], f"{line}_forecast", (), f"{label}: forecast",
            "What is entered, and what is still to come.", [f"{line}_actual", f"{line}_to_come"],
        ),
    ]  # fmt: skip


def _to_come(line: str, label: str) -> list[Quantity]:
    """What is still to come of a line: of the phases, afterwards, and both together."""
    parts = []
    if line in OF_PHASES:
        cost = f"all_{OF_PHASES[line]}"
        parts.append(
            _made(
                lambda x: summed(x["all_in_plan"] * x[cost] * x["all_phase_left"]), f"{line}_of_phases_to_come", (),
                f"{label}: of phases, to come", "What is left of the plan's phases, core work at the performance seen.",
                ["all_in_plan", cost, "all_phase_left"],
            )
        )  # fmt: skip
    if line in AFTERWARDS:
        amount, left = AFTERWARDS[line]
        parts.append(
            _made(
                lambda x: picked_or(x[f"all_{amount}"], x["plan_path"], 0) * x[left], f"{line}_afterwards_to_come", (),
                f"{label}: afterwards, to come", "What is left after the core, from its new end on.",
                [f"all_{amount}", "plan_path", left],
            )
        )  # fmt: skip
    if line == LOSSES[0]:
        parts.append(
            _made(
                lambda x: x["instability_monthly"] * x["unstable_left"], f"{line}_until_stable_to_come", (),
                f"{label}: until stable, to come", "What instability is still to cost, with the core's new end.",
                ["instability_monthly", "unstable_left"],
            )
        )  # fmt: skip
    names = [part.name for part in parts]
    both = _made(
        lambda x: reduce(add, (x[name] for name in names)), f"{line}_to_come", (), f"{label}: to come",
        "What is still to come of the plan.", names,
    )  # fmt: skip
    return [*parts, both]


def totals() -> list[Quantity]:
    """The sums of all lines."""
    return [
        _made(
            lambda x: reduce(add, x.values()), f"tracked_{kind}", (), f"All lines: {kind.replace('_', ' ')}",
            "The sum over the cost lines.", [f"{line}_{kind}" for line in LINES],
        )
        for kind in SUMS
    ]  # fmt: skip


def entered() -> Quantity:
    """1 for the months in which anything is entered."""
    names = [f"actual_{name}" for name in SERIES]
    about = "1 for the months in which anything is entered of what really happened."
    return _made(
        lambda x: reduce(np.maximum, (np.where(np.isnan(x[name]), 0, 1) for name in names)), "entered", ("month",),
        "Entered", about, names, "0/1",
    )  # fmt: skip


def _made(
    formula: Callable[[Values], Any],
    name: str,
    over: tuple[str, ...],
    label: str,
    about: str,
    reads: list[str],
    unit: str = "currency",
) -> Quantity:
    return replace(quantity_of(formula, name, over, label, about, reads), unit=unit)


for made in (entered(), *(one for line in LINES for one in of_line(line)), *totals()):
    quantity.add(made)
