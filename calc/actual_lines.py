"""Plan, actual and forecast of every cost line, one formula of each kind a line: importing this module registers them.

Of a line `labour` come `labour_missing`, `labour_planned_by_now`, `labour_actual`, `labour_variance`, `labour_to_come` and
`labour_forecast`; of all lines their sums, and by month what was paid.
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
from calc.native import count_given, sum_given
from calc.quantities.cash_lines import MONTHLY
from calc.quantities.lines import LINES, LOSSES, OWN_TIME
from calc.quantity import QUANTITIES, Quantity
from calc.reductions import picked_or, summed, summed_given
from calc.scenario.actuals import SERIES

# Lines of the audit and core phases, by the cost of a whole phase.
OF_PHASES = {
    line: f"{line}_cost"
    for line in ("labour", "hidden_scope", "rework", "onboarding", "coordination", "review", "replacement", "hiring")
}
# Those of them that a vendor with payment terms invoices.
INVOICED = ("labour", "hidden_scope", "rework", "onboarding")
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
SUMS = ("planned_by_now", "actual", "variance", "to_come", "forecast")
# The name of the list in which a line is entered, where that is not its own; those that are in hours.
ENTERED_AS = {OWN_TIME[0]: "leader_hours", LOSSES[0]: "losses"}
HOURS = ("leader_hours",)


def entered_as(line: str) -> str:
    """The list in which a line is entered."""
    return ENTERED_AS.get(line, line)


def lacking(tracked: Any, actual: Any, plan: Any) -> Any:
    """1 where a month with actuals has nothing entered, although the plan has an amount for it. All (..., month)."""
    return tracked * np.isnan(actual) * (plan >= 1)


def of_line(line: str) -> list[Quantity]:
    """The formulas of one line."""
    label, plan = QUANTITIES[LINES[line]].label, f"all_{MONTHLY[line]}"
    entered = f"all_actual_{entered_as(line)}"
    return [
        _made(
            lambda x: summed(lacking(x["all_tracked"], x[entered], x[plan])), f"{line}_missing", (),
            f"{label}: months not entered",
            "Months with actuals in which the plan has an amount for the line and nothing is entered.",
            ["all_tracked", entered, plan], "months",
        ),
        _made(
            lambda x: summed(x["all_tracked"] * x[plan]), f"{line}_planned_by_now", (),
            f"{label}: planned by now", "What the plan has for the months with actuals.", ["all_tracked", plan],
        ),
        _actual(line, label, entered),
        _made(
            lambda x: x[f"{line}_actual"] - x[f"{line}_planned_by_now"], f"{line}_variance", (), f"{label}: variance",
            "What is entered, less what was planned by now.", [f"{line}_actual", f"{line}_planned_by_now"],
        ),
        *_to_come(line, label),
        _made(
            lambda x: x[f"{line}_actual"] + x[f"{line}_to_come"], f"{line}_forecast", (), f"{label}: forecast",
            "What is entered, and what is still to come.", [f"{line}_actual", f"{line}_to_come"],
        ),
    ]  # fmt: skip


def _actual(line: str, label: str, entered: str) -> Quantity:
    """What is entered of a line, all months together; hours are worth the leader's rate."""
    about = "What is entered for all months."
    if entered_as(line) in HOURS:
        return _made(
            lambda x: summed_given(x[entered]) * x["leader_rate_in_force"], f"{line}_actual", (), f"{label}: actual",
            about, [entered, "leader_rate_in_force"],
        )  # fmt: skip
    return _made(lambda x: summed_given(x[entered]), f"{line}_actual", (), f"{label}: actual", about, [entered])


def _to_come(line: str, label: str) -> list[Quantity]:
    """What is still to come of a line: of the phases, afterwards, and both together."""
    parts = []
    if line in OF_PHASES:
        parts.append(_of_phases(line, label))
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


def _of_phases(line: str, label: str) -> Quantity:
    """What is still to come of a line of the phases: what is left to do, and what is planned by now and falls due later."""
    cost, billed = f"all_{OF_PHASES[line]}", f"all_billed_{line}"
    name, label = f"{line}_of_phases_to_come", f"{label}: of phases, to come"
    about = "What is left of the plan's phases, core work at the performance seen"
    reads = ["all_in_plan", cost, "all_phase_left"]
    if line not in INVOICED:
        return _made(lambda x: _left(x, cost), name, (), label, f"{about}.", reads)
    return _made(
        lambda x: _left(x, cost) + summed((x["all_billed_path"] == x["plan_path"]) * x[billed] * x["all_not_yet_due"]),
        name, (), label, f"{about}; and what was planned by now and falls due later by the terms of payment.",
        [*reads, "all_billed_path", "plan_path", billed, "all_not_yet_due"],
    )  # fmt: skip


def _left(x: Values, cost: str) -> Any:
    return summed(x["all_in_plan"] * x[cost] * x["all_phase_left"])


def totals() -> list[Quantity]:
    """The sums of all lines."""
    return [
        _made(
            lambda x: reduce(add, x.values()), f"tracked_{kind}", (), f"All lines: {kind.replace('_', ' ')}",
            "The sum over the cost lines.", [f"{line}_{kind}" for line in LINES],
        )
        for kind in SUMS
    ]  # fmt: skip


def missing() -> Quantity:
    """How many figures are missing."""
    return _made(
        lambda x: reduce(add, x.values()), "tracked_missing", (), "Figures not entered",
        "Figures that the plan has and nobody has entered, of all lines and of the core's progress.",
        [*(f"{line}_missing" for line in LINES), "core_missing"], "number",
    )  # fmt: skip


def paid() -> Quantity:
    """What was paid in a month."""
    names = [f"actual_{entered_as(line)}" for line in LINES if line not in OWN_TIME + LOSSES]
    return _made(
        lambda x: sum_given(*x.values()), "actual_paid", ("month",), "Actual: paid",
        "What is entered of the month for the lines that are paid.", names,
    )  # fmt: skip


def entered() -> Quantity:
    """The months in which anything is entered."""
    names = [f"actual_{name}" for name in SERIES]
    about = "The number of a month in which anything is entered of what really happened; 0 of others."
    return _made(
        lambda x: x["month"] * np.where(count_given(*(x[name] for name in names)) > 0, 1, 0), "entered_month", ("month",),
        "Month with an entry", about, ["month", *names], "month",
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


for made in (entered(), paid(), *(one for line in LINES for one in of_line(line)), *totals(), missing()):
    quantity.add(made)
