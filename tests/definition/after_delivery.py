"""What comes after the core: the run, the retainer, support, a rewrite, and what stays broken."""

import math

from .paths import any_documented, prepared
from .phases import WEEKS_PER_MONTH


def run_per_month(phase, before, values, kinds, job):
    """({line: what a run costs a month}, hiring once): nothing where it does not happen."""
    kind = kinds[phase["model"]]
    parameters = values[phase["model"]]
    nothing = {"run": 0, "coordination": 0, "replacement": 0}

    def p(name):
        return parameters.get(name, 0)

    is_new = phase["model"] not in [other["model"] for other in before]
    if job["feature_hours"] == 0 and is_new:
        return nothing, 0
    load = job["feature_hours"] / (p("hours_per_week") * WEEKS_PER_MONTH)
    hiring = 0
    if kind["pricing"] == "salary":
        # 130 hours in a month of 30 x 52/12 hours are one person's, whatever the last bit of the division says.
        people = max(job["hires"], math.ceil(round(load, 9)))
        run = p("annual_cost") / 12 * people
        week = p("annual_cost") / 52
        did_core = phase["model"] in [other["model"] for other in before if other["work"] == "core"]
        hiring = p("recruiting") * p("annual_cost") * (people - (job["hires"] if did_core else 0))
    else:
        people = load
        rework = p("rework") * (job["settings"]["rework_after_documentation"] if any_documented(before, kinds) else 1)
        run = job["feature_hours"] * p("run_rate") * (1 + p("price_overhead")) * (1 + rework)
        week = p("run_rate") * p("hours_per_week")
    replacement = p("recruiting") * p("annual_cost") + p("onboarding_weeks") * week
    return {
        "run": run,
        "coordination": p("coordination_hours") * load * WEEKS_PER_MONTH * job["leader_rate"],
        "replacement": p("departures_per_month") * people * replacement,
    }, hiring


def after_phase(phase, before, core_end, values, kinds, job):
    """A run or a retainer, from its start to the horizon; per_month: its lines a month, whenever it starts."""
    horizon_week = job["horizon"] * WEEKS_PER_MONTH
    start, hiring = core_end, 0
    if phase["work"] == "run":
        per_month, hiring = run_per_month(phase, before, values, kinds, job)
        if phase["model"] not in [other["model"] for other in before]:
            start = max(core_end, values[phase["model"]].get("lead_weeks", 0))
    else:
        per_month = {"retainer": values[phase["model"]].get("retainer_per_quarter", 0) * job["reviews_per_year"] / 12}
    end = max(start, horizon_week)
    months = (end - start) / WEEKS_PER_MONTH
    lines = {line: amount * months for line, amount in per_month.items()}
    lines["hiring"] = hiring if end > start else 0
    return {
        "model": phase["model"],
        "work": phase["work"],
        "start_week": start,
        "end_week": end,
        "lines": lines,
        "per_month": per_month,
        "months": months,
        "hiring_later": 0 if end > start else hiring,
    }


def support_per_month(phases, last_core, values, job):
    """None on a path with a retainer, nor where nothing is left that needs it."""
    if any(phase["work"] == "retainer" for phase in phases) or job["contained"] or job["one_off"]:
        return 0
    return values[last_core["model"]].get("support", 0) * last_core["paid_work"]


def rewrite_of(results, last_core, before_last_core, values, kinds, job):
    """What is expected to be rebuilt."""
    if not job["constrains_later"] or job["one_off"] or prepared(before_last_core, kinds):
        return 0
    built = sum(result["paid_work"] for result in results if result["work"] == "core")
    return values[last_core["model"]].get("rewrite", 0) * built


def instability_entries(before_last_core, last_core, core_end_month, values, kinds, job):
    """In full until the core is done; afterwards the part that outlives it."""
    until = min(core_end_month, job["horizon"])
    entries = [("instability", job["damage_per_month"] * until, 0, until)]
    open_cause = job["systemic"] and not prepared(before_last_core, kinds)
    if open_cause and core_end_month < job["horizon"]:
        unresolved = values[last_core["model"]].get("unresolved", 0)
        amount = job["damage_per_month"] * unresolved * (job["horizon"] - core_end_month)
        entries.append(("instability", amount, core_end_month, job["horizon"]))
    return entries
