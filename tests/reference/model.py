"""Costs of every path, written separately from the product from the definition of the model, to judge it.

Plain loops over plain dicts. The order of the statements follows the definition, not what would be fast. A cost is held
as an entry (line, amount, start, end in months), uncut; lines, months and totals are cut out of the entries afterwards.
"""

import math

WEEKS_PER_MONTH = 52 / 12

LINES = [
    "labour",
    "hidden_scope",
    "rework",
    "onboarding",
    "coordination",
    "review",
    "replacement",
    "run",
    "retainer",
    "support",
    "instability",
]

MODELS = [
    "freelancer",
    "freelancer_team",
    "fixed_price_shop",
    "engineering_partner",
    "production_firm",
    "full_time",
    "dedicated_engineer",
]

# The order of the definition's table; it decides ties. A user's further paths come after these.
PATH_ORDER = [
    *MODELS,
    "audit_then_freelancers",
    "remediate_then_freelancers",
    "remediate_then_hire",
    "prototype_then_hire",
    "prototype_then_dedicated",
    "pilot_then_partner",
]

HIGH_IS_BETTER = ["hours_per_week", "fee_covers_hours", "support_included_months"]

DEFAULTS = {
    "project": {"owner": "", "currency": "USD", "usd_rate": 1, "horizon_months": 12, "discount_rate": 0.08},
    "work": {"core_hours": 400, "feature_hours_per_month": 40, "specialists": 2, "hires": 1},
    "money": {
        "leader_rate": None,
        "revenue_loss_per_month": 0,
        "incidents_per_month": 0,
        "incident_cost": 0,
        "budget": None,
    },
}


# ---------------------------------------------------------------------------------------------------- reading


def field(scenario, section, name):
    """A field as it stands in the scenario, or its default."""
    return scenario.get(section, {}).get(name, DEFAULTS[section].get(name))


def as_range(value):
    """(low, likely, high) of a number, a list of three, or a dict."""
    if isinstance(value, dict):
        return value["low"], value["likely"], value["high"]
    if isinstance(value, (list, tuple)):
        return tuple(value)
    return value, value, value


def field_in_case(scenario, section, name, case):
    """A field that may be a range: low in the best case, high in the worst."""
    low, likely, high = as_range(field(scenario, section, name))
    return {"best": low, "likely": likely, "worst": high}[case]


def answer(scenario, question):
    return scenario.get("answers", {}).get(question, "unknown")


def is_systemic(scenario):
    for question in ("unknown_cause", "shifting", "ai_generated"):
        if answer(scenario, question) == "yes":
            return 1
    return 0


def all_paths(scenario, facts):
    """{path id: phases}: the table's order, then whatever else the facts have, then the user's own."""
    paths = {}
    for path_id in PATH_ORDER:
        if path_id in facts["paths"]:
            paths[path_id] = facts["paths"][path_id]["phases"]
    for path_id in facts["paths"]:
        paths[path_id] = facts["paths"][path_id]["phases"]
    for path_id in scenario.get("paths") or {}:
        paths[path_id] = scenario["paths"][path_id]["phases"]
    return paths


def parameters_in_case(scenario, facts, case):
    """{model: {parameter: number}} in the project's currency, the better or the worse end according to the case."""
    usd_rate = field(scenario, "project", "usd_rate")
    overrides = scenario.get("overrides") or {}
    values = {}
    for model in facts["models"]:
        values[model] = {}
        for name, fact in facts["parameters"].get(model, {}).items():
            factor = usd_rate if fact["unit"].startswith("USD") else 1
            ends = fact["low"] * factor, fact["likely"] * factor, fact["high"] * factor
            values[model][name] = pick(name, ends, case)
        for name, value in (overrides.get(model) or {}).items():
            values[model][name] = pick(name, as_range(value), case)
    return values


def pick(name, ends, case):
    low, likely, high = ends
    if case == "likely":
        return likely
    wants_high = name in HIGH_IS_BETTER
    if case == "worst":
        wants_high = not wants_high
    return high if wants_high else low


def share_of(phase):
    """The share of the core work: all of it, where nothing is said; none for an audit."""
    if phase["work"] != "core":
        return 0
    share = phase.get("share")
    return 1 if share is None else share


def people_of(phase, kind, job):
    if phase["work"] == "audit":
        return 1
    if kind["scales"] == "specialists":
        return job["specialists"]
    if kind["scales"] == "hires":
        return job["hires"]
    return 1


def leader_rate(scenario):
    """An hour of the leader in the project's currency: what the project says, else 130 USD."""
    given = field(scenario, "money", "leader_rate")
    return 130 * field(scenario, "project", "usd_rate") if given is None else given


def describe_job(scenario, case):
    """What all paths have in common in this case."""
    loss = field_in_case(scenario, "money", "revenue_loss_per_month", case)
    incidents = field_in_case(scenario, "money", "incidents_per_month", case)
    incident_cost = field_in_case(scenario, "money", "incident_cost", case)
    return {
        "horizon": field(scenario, "project", "horizon_months"),
        "discount_rate": field(scenario, "project", "discount_rate"),
        "core_hours": field_in_case(scenario, "work", "core_hours", case),
        "feature_hours": field_in_case(scenario, "work", "feature_hours_per_month", case),
        "specialists": field(scenario, "work", "specialists"),
        "hires": field(scenario, "work", "hires"),
        "leader_rate": leader_rate(scenario),
        "systemic": is_systemic(scenario),
        "damage_per_month": loss + incidents * incident_cost,
    }


# ---------------------------------------------------------------------------------------------------- phases


def any_documented(phases, kinds):
    return any(kinds[phase["model"]]["documents"] for phase in phases)


def any_audit(phases):
    return any(phase["work"] == "audit" for phase in phases)


def work_phase(phase, earlier, previous_end, values, kinds, job):
    """An audit or a core phase: when it happens, and its full, uncut lines. All times in weeks."""
    kind = kinds[phase["model"]]
    parameters = values[phase["model"]]
    is_audit = phase["work"] == "audit"

    def p(name):
        return parameters.get(name, 0)

    share = share_of(phase)
    people = people_of(phase, kind, job)
    base_hours = job["core_hours"] * share
    hidden = p("hidden_scope") * job["systemic"]
    if any_audit(earlier) or any_documented(earlier, kinds):
        hidden = 0
    rework = p("rework")
    if any_documented(earlier, kinds):
        rework = rework * 0.5
    hours = base_hours * (1 + hidden) * (1 + rework)
    onboarding_weeks = 0 if is_audit else p("onboarding_weeks")

    engagements = 0
    if kind["pricing"] == "fee" and not is_audit:
        engagements = max(share, base_hours / p("fee_covers_hours"))
    if is_audit:
        weeks = phase["weeks"]
    elif kind["pricing"] == "fee":
        weeks = p("weeks_per_engagement") * engagements
    else:
        weeks = hours / (people * p("hours_per_week"))

    work_weeks = onboarding_weeks + weeks
    departures = 0 if is_audit else p("departures_per_month") * people * work_weeks / WEEKS_PER_MONTH
    duration = work_weeks + departures * p("replacement_weeks")
    already_engaged = phase["model"] in [other["model"] for other in earlier]
    start = previous_end + (0 if already_engaged else p("lead_weeks"))

    lines = {"labour": 0, "hidden_scope": 0, "rework": 0, "onboarding": 0}
    if kind["pricing"] == "hourly":
        if is_audit:
            lines["labour"] = p("rate") * people * p("hours_per_week") * weeks
        else:
            lines["labour"] = p("rate") * base_hours * (1 + p("price_overhead"))
        lines["hidden_scope"] = p("rate") * base_hours * hidden
        lines["rework"] = p("rate") * base_hours * (1 + hidden) * rework
        lines["onboarding"] = p("rate") * people * p("hours_per_week") * onboarding_weeks
    elif kind["pricing"] == "fee":
        if is_audit:
            lines["labour"] = p("fee") / p("weeks_per_engagement") * weeks
        else:
            lines["labour"] = p("fee") * engagements
    else:
        lines["labour"] = p("annual_cost") / 52 * people * duration
    paid = lines["labour"] + lines["hidden_scope"] + lines["rework"] + lines["onboarding"]
    lines["coordination"] = p("coordination_hours") * people * duration * job["leader_rate"]
    lines["review"] = p("review") * paid
    lines["replacement"] = departures * p("replacement_share") * paid

    return {
        "model": phase["model"],
        "work": phase["work"],
        "start_week": start,
        "end_week": start + duration,
        "lines": lines,
        "paid": paid,
    }


def run_per_month(phase, before, values, kinds, job):
    """What a run costs a month: {run, coordination}."""
    kind = kinds[phase["model"]]
    parameters = values[phase["model"]]
    capacity = parameters.get("hours_per_week", 0) * WEEKS_PER_MONTH
    load = job["feature_hours"] / capacity
    if kind["pricing"] == "salary":
        # 130 hours in a month of 30 x 52/12 hours are one person's, whatever the last bit of the division says.
        people = max(job["hires"], math.ceil(round(load, 9)))
        run = parameters.get("annual_cost", 0) / 12 * people
    else:
        rework = parameters.get("rework", 0)
        if any_documented(before, kinds):
            rework = rework * 0.5
        run = job["feature_hours"] * parameters.get("run_rate", 0) * (1 + rework)
    coordination = parameters.get("coordination_hours", 0) * min(1, load) * WEEKS_PER_MONTH * job["leader_rate"]
    return {"run": run, "coordination": coordination}


def after_phase(phase, before, core_end, values, kinds, job):
    """A run or a retainer, from its start to the horizon."""
    horizon_week = job["horizon"] * WEEKS_PER_MONTH
    start = core_end
    if phase["work"] == "run":
        per_month = run_per_month(phase, before, values, kinds, job)
        if phase["model"] not in [other["model"] for other in before]:
            start = max(core_end, values[phase["model"]].get("lead_weeks", 0))
    else:
        per_month = {"retainer": values[phase["model"]].get("retainer_per_quarter", 0) / 3}
    end = max(start, horizon_week)
    months = (end - start) / WEEKS_PER_MONTH
    lines = {line: amount * months for line, amount in per_month.items()}
    return {"model": phase["model"], "work": phase["work"], "start_week": start, "end_week": end, "lines": lines}


# ---------------------------------------------------------------------------------------------------- paths


def support_entries(phases, last_core, core_end_month, values, job):
    """Support after delivery: none on a path with a retainer."""
    if any(phase["work"] == "retainer" for phase in phases):
        return []
    parameters = values[last_core["model"]]
    start = core_end_month + parameters.get("support_included_months", 0)
    if start >= job["horizon"]:
        return []
    per_month = parameters.get("support", 0) * last_core["paid"]
    return [("support", per_month * (job["horizon"] - start), start, job["horizon"])]


def instability_entries(before_last_core, last_core, core_end_month, values, kinds, job):
    """In full until the core is done; afterwards the part that outlives it."""
    until = min(core_end_month, job["horizon"])
    entries = [("instability", job["damage_per_month"] * until, 0, until)]
    open_cause = job["systemic"] and not any_audit(before_last_core) and not any_documented(before_last_core, kinds)
    if open_cause and core_end_month < job["horizon"]:
        unresolved = values[last_core["model"]].get("unresolved", 0)
        amount = job["damage_per_month"] * unresolved * (job["horizon"] - core_end_month)
        entries.append(("instability", amount, core_end_month, job["horizon"]))
    return entries


def within(entry, first, last):
    """The part of an entry's amount that falls between two points in time (months)."""
    _line, amount, start, end = entry
    if end <= start:
        return amount if first <= start < last else 0
    overlap = min(end, last) - max(start, first)
    return amount * overlap / (end - start) if overlap > 0 else 0


def path_costs(phases, values, kinds, job):
    before = [phase for phase in phases if phase["work"] in ("audit", "core")]
    results = []
    clock = 0
    last_core = None
    before_last_core = []
    for position, phase in enumerate(before):
        result = work_phase(phase, before[:position], clock, values, kinds, job)
        results.append(result)
        clock = result["end_week"]
        if phase["work"] == "core":
            last_core = result
            before_last_core = before[:position]
    core_end = last_core["end_week"]
    core_cost = sum(sum(result["lines"].values()) for result in results)
    for phase in phases:
        if phase["work"] in ("run", "retainer"):
            results.append(after_phase(phase, before, core_end, values, kinds, job))

    entries = []
    for result in results:
        for line, amount in result["lines"].items():
            entries.append((line, amount, result["start_week"] / WEEKS_PER_MONTH, result["end_week"] / WEEKS_PER_MONTH))
    core_end_month = core_end / WEEKS_PER_MONTH
    entries += support_entries(phases, last_core, core_end_month, values, job)
    entries += instability_entries(before_last_core, last_core, core_end_month, values, kinds, job)

    horizon = job["horizon"]
    lines = dict.fromkeys(LINES, 0.0)
    months = [0.0] * horizon
    for entry in entries:
        lines[entry[0]] += within(entry, 0, horizon)
        for n in range(1, horizon + 1):
            months[n - 1] += within(entry, n - 1, n)
    npv = 0.0
    for n in range(1, horizon + 1):
        npv += months[n - 1] * (1 + job["discount_rate"]) ** (-n / 12)

    shown = ["model", "work", "start_week", "end_week", "lines"]
    return {
        "total": sum(lines.values()),
        "npv": npv,
        "lines": lines,
        "months": months,
        "weeks_to_stable": core_end,
        "finished": round(core_end_month - horizon, 9) <= 0,
        "core_cost": core_cost,
        "phases": [{name: result[name] for name in shown} for result in results],
    }


def costs(scenario, facts, case="likely"):
    """{path id: results} of all paths in one case: "likely", "best" or "worst"."""
    job = describe_job(scenario, case)
    values = parameters_in_case(scenario, facts, case)
    results = {}
    for path_id, phases in all_paths(scenario, facts).items():
        results[path_id] = path_costs(phases, values, facts["models"], job)
    return results
