"""Costs of every path, written separately from the product from the definition of the model, to judge it.

Plain loops over plain dicts. The order of the statements follows the definition, not what would be fast. A cost is held
as an entry (line, amount, start, end in months), uncut; lines, months and totals are cut out of the entries afterwards.
"""

import math

from .after_delivery import after_phase, instability_entries, rewrite_of, support_per_month
from .given import describe_job, estimates_in_case
from .invoices import paid_by_month
from .parameters import parameters_in_case
from .paths import all_paths
from .phases import PAID_WORK, WEEKS_PER_MONTH, work_phase
from .same_scope import beyond_of, same_scope_of

LINES = [
    "labour",
    "hidden_scope",
    "rework",
    "onboarding",
    "coordination",
    "review",
    "replacement",
    "rewrite",
    "hiring",
    "run",
    "retainer",
    "support",
    "instability",
]
OWN_TIME = ["coordination"]
LOSSES = ["instability"]
INVOICED = ["labour", "hidden_scope", "rework", "onboarding", "hiring"]


def within(entry, first, last):
    """The part of an entry's amount that falls between two points in time (months)."""
    _line, amount, start, end = entry
    if end <= start:
        return amount if first <= start < last else 0
    overlap = min(end, last) - max(start, first)
    return amount * overlap / (end - start) if overlap > 0 else 0


def months_of(entry, horizon):
    """The months, from 1, in which any of an entry's amount can fall."""
    _line, _amount, start, end = entry
    first = math.floor(start) + 1
    return range(max(first, 1), min(max(math.ceil(end), first), horizon) + 1)


def as_entries(result):
    start, end = result["start_week"] / WEEKS_PER_MONTH, result["end_week"] / WEEKS_PER_MONTH
    return [(line, amount, start, end) for line, amount in result["lines"].items()]


def work_phases(phases, values, likely, kinds, job):
    """(results of the audit and core phases, the last core's result, the phases before that last core)."""
    before = [phase for phase in phases if phase["work"] in ("audit", "core")]
    results = []
    clock = 0
    last_core = None
    before_last_core = []
    for position, phase in enumerate(before):
        result = work_phase(phase, before[:position], clock, values, likely, kinds, job)
        results.append(result)
        clock = result["end_week"]
        if phase["work"] == "core":
            last_core = result
            before_last_core = before[:position]
    return results, last_core, before_last_core


def pay_by_invoices(months, phases, results, horizon):
    """Take what a vendor with payment terms does out of the months it is done in, and put it where it is paid."""
    before = [phase for phase in phases if phase["work"] in ("audit", "core")]
    for phase, result in zip(before, results, strict=True):
        if not phase.get("terms"):
            continue
        start, end = result["start_week"] / WEEKS_PER_MONTH, result["end_week"] / WEEKS_PER_MONTH
        paid = paid_by_month(phase["terms"], start, end, horizon)
        for line in PAID_WORK:
            amount = result["lines"][line]
            for n in range(1, horizon + 1):
                months[n - 1] += amount * paid[n - 1] - within((line, amount, start, end), n - 1, n)


def path_costs(phases, values, likely, kinds, job):
    """Everything that is said of one path."""
    horizon = job["horizon"]
    before = [phase for phase in phases if phase["work"] in ("audit", "core")]
    results, last_core, before_last_core = work_phases(phases, values, likely, kinds, job)
    core_end = last_core["end_week"]
    core_end_month = core_end / WEEKS_PER_MONTH
    later = [
        after_phase(phase, before, core_end, values, kinds, job)
        for phase in phases
        if phase["work"] in ("run", "retainer")
    ]

    core_entries = [entry for result in results for entry in as_entries(result)]
    rewrite_start = max(core_end_month, job["settings"]["rewrite_month"])
    rewritten = rewrite_of(results, last_core, before_last_core, values, kinds, job)
    rewrite = ("rewrite", rewritten, rewrite_start, rewrite_start + 1)
    support = support_per_month(phases, last_core, values, job)
    support_start = core_end_month + values[last_core["model"]].get("support_included_months", 0)
    entries = [*core_entries, rewrite, *(entry for result in later for entry in as_entries(result))]
    if support_start < horizon:
        entries.append(("support", support * (horizon - support_start), support_start, horizon))
    entries += instability_entries(before_last_core, last_core, core_end_month, values, kinds, job)

    lines = dict.fromkeys(LINES, 0.0)
    months = [0.0] * horizon
    for entry in entries:
        lines[entry[0]] += within(entry, 0, horizon)
        for n in months_of(entry, horizon):
            months[n - 1] += within(entry, n - 1, n)
    pay_by_invoices(months, phases, results, horizon)
    npv = 0.0
    for n in range(1, horizon + 1):
        npv += months[n - 1] * (1 + job["discount_rate"]) ** (-n / 12)

    run = next(result for result in later if result["work"] == "run")
    retainers = [result for result in later if result["work"] == "retainer"]
    beyond = beyond_of(core_entries, rewrite, run, retainers, support, core_end_month, job, within)
    total = sum(lines.values())
    own_time, losses = sum(lines[line] for line in OWN_TIME), sum(lines[line] for line in LOSSES)
    shown = ["model", "work", "start_week", "end_week", "lines"]
    return {
        "total": total,
        "npv": npv,
        "beyond": beyond,
        "same_scope": same_scope_of(npv, beyond, job),
        "invoiced": sum(result["lines"][line] for result in results for line in INVOICED),
        "core_cost": sum(sum(result["lines"].values()) for result in results),
        "paid": total - own_time - losses,
        "own_time": own_time,
        "losses": losses,
        "lines": lines,
        "months": months,
        "weeks_to_stable": core_end,
        "damage_per_month": job["damage_per_month"],
        "finished": round(core_end_month - horizon, 9) <= 0,
        "phases": [{name: result[name] for name in shown} for result in [*results, *later]],
    }


def costs(scenario, facts, case="likely"):
    """{path id: results} of all paths in one case: "likely", "best" or "worst"."""
    return costs_at(scenario, facts, parameters_in_case(scenario, facts, case), estimates_in_case(scenario, case))


def costs_at(scenario, facts, values, estimates):
    """The same with values of one's own, such as those of a trial or at the end of a bar of the tornado.

    values: {model: {parameter: number}} of all models in the project's currency. estimates: {field: number} of the fields
    that may be a range.
    """
    job = describe_job(scenario, estimates)
    likely = parameters_in_case(scenario, facts, "likely")
    return {
        path_id: path_costs(phases, values, likely, facts["models"], job)
        for path_id, phases in all_paths(scenario, facts).items()
    }


def same_place(scenario, facts):
    """{path id: its same scope with everybody in the US}."""
    moved = scenario | {"work": scenario.get("work", {}) | {"location": "us"}}
    return {path_id: found["same_scope"] for path_id, found in costs(moved, facts).items()}
