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
PAID_WORK = ["labour", "hidden_scope", "rework", "onboarding"]

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

HIGH_IS_BETTER = ["hours_per_week", "price_overhead", "support_included_months"]
# What the place where people work multiplies, and by how much at its likely value.
OF_THE_PLACE = ["rate", "run_rate", "fee", "retainer_per_quarter", "annual_cost"]
LOCATION_FACTOR = 0.49
# Settings of the definition.
ONBOARDING_WEEKS_IN_FULL = 4
TEAM_THAT_ONE_LEAVER_STOPS = 3
PERSON_WEEKS_OF_THE_EXAMPLE = 52
REWRITE_MONTH = 9

DEFAULTS = {
    "project": {
        "owner": "",
        "currency": "USD",
        "usd_rate": 1,
        "horizon_months": 12,
        "discount_rate": 0.08,
        "fiscal_month": 1,
    },
    "work": {
        "core_hours": 400,
        "feature_hours_per_month": 40,
        "specialists": 2,
        "hires": 1,
        "location": "published",
        "reviews_per_year": 4,
        "systemic_chance": 0.5,
    },
    "money": {
        "revenue_loss_per_month": 0,
        "incidents_per_month": 0,
        "incident_cost": 0,
        "budget": None,
    },
}
LEADER_RATE_IN_USD = 130


# ---------------------------------------------------------------------------------------------------- reading


def field(scenario, section, name):
    """A field as it stands in the scenario, or its default."""
    if name == "leader_rate":
        return scenario.get("money", {}).get(name, LEADER_RATE_IN_USD * field(scenario, "project", "usd_rate"))
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


def place_factor(model, name, scenario, facts):
    """What the place where everybody works makes of a published price."""
    location = field(scenario, "work", "location")
    located = facts["models"][model]["located"]
    if name not in OF_THE_PLACE or location in ("published", located):
        return 1
    return LOCATION_FACTOR if location == "eastern_europe" else 1 / LOCATION_FACTOR


def parameters_in_case(scenario, facts, case):
    """{model: {parameter: number}} in the project's currency, the better or the worse end according to the case."""
    usd_rate = field(scenario, "project", "usd_rate")
    overrides = scenario.get("overrides") or {}
    values = {}
    for model in facts["models"]:
        values[model] = {}
        for name, fact in facts["parameters"].get(model, {}).items():
            factor = usd_rate if fact["unit"].startswith("USD") else 1
            factor = factor * place_factor(model, name, scenario, facts)
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
        "reviews_per_year": field(scenario, "work", "reviews_per_year"),
        "leader_rate": field(scenario, "money", "leader_rate"),
        "systemic": is_systemic(scenario),
        "damage_per_month": loss + incidents * incident_cost,
        "constrains_later": "yes" in (answer(scenario, "from_scratch"), answer(scenario, "architecture")),
        "one_off": answer(scenario, "one_off") == "yes",
        "contained": answer(scenario, "contained") == "yes",
    }


# ---------------------------------------------------------------------------------------------------- phases


def any_documented(phases, kinds):
    return any(kinds[phase["model"]]["documents"] for phase in phases)


def any_audit(phases):
    return any(phase["work"] == "audit" for phase in phases)


def prepared(phases, kinds):
    """Somebody audited, or a model that leaves documents worked on the core."""
    return any_audit(phases) or any_documented(phases, kinds)


def work_phase(phase, earlier, previous_end, values, likely, kinds, job):
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
    if prepared(earlier, kinds):
        hidden = 0
    rework = p("rework")
    if any_documented(earlier, kinds):
        rework = rework * 0.5
    hours = base_hours * (1 + hidden) * (1 + rework)

    engagements = 0
    if kind["pricing"] == "fee" and not is_audit:
        engagements = max(share, base_hours / p("fee_covers_hours"))
    if is_audit:
        weeks = phase["weeks"]
    elif kind["pricing"] == "fee":
        weeks = p("weeks_per_engagement") * max(share, base_hours / likely[phase["model"]]["fee_covers_hours"])
    else:
        weeks = hours * (1 + p("price_overhead")) / (people * p("hours_per_week"))

    onboarded = 0 if is_audit else p("onboarding_weeks") * min(1, weeks / ONBOARDING_WEEKS_IN_FULL)
    work_weeks = onboarded + weeks
    departures = 0 if is_audit else p("departures_per_month") * people * work_weeks / WEEKS_PER_MONTH
    duration = work_weeks + departures * p("replacement_weeks") * min(1, TEAM_THAT_ONE_LEAVER_STOPS / people)
    engaged = phase["model"] in [other["model"] for other in earlier]
    start = previous_end + (0 if engaged else p("lead_weeks"))

    lines = {"labour": 0, "hidden_scope": 0, "rework": 0, "onboarding": 0}
    if kind["pricing"] == "hourly":
        if is_audit:
            lines["labour"] = p("rate") * people * p("hours_per_week") * weeks
        else:
            lines["labour"] = p("rate") * base_hours * (1 + p("price_overhead"))
        lines["hidden_scope"] = p("rate") * base_hours * hidden
        lines["rework"] = p("rate") * base_hours * (1 + hidden) * rework
        lines["onboarding"] = p("rate") * people * p("hours_per_week") * onboarded
    elif kind["pricing"] == "fee":
        if is_audit:
            lines["labour"] = p("fee") / p("weeks_per_engagement") * weeks
        else:
            lines["labour"] = p("fee") * engagements
    elif is_audit:
        lines["labour"] = p("annual_cost") / 52 * weeks
    else:
        lines["labour"] = p("annual_cost") / 52 * people * duration
    paid_work = sum(lines[line] for line in PAID_WORK)
    lines["coordination"] = p("coordination_hours") * people * duration * job["leader_rate"]
    lines["review"] = p("review") * paid_work
    lost = p("replacement_share") * paid_work * min(1, PERSON_WEEKS_OF_THE_EXAMPLE / (people * work_weeks))
    lines["replacement"] = departures * (lost + p("recruiting") * p("annual_cost"))
    lines["hiring"] = 0 if engaged else p("recruiting") * p("annual_cost") * people

    return {
        "model": phase["model"],
        "work": phase["work"],
        "start_week": start,
        "end_week": start + duration,
        "lines": lines,
        "paid_work": paid_work,
    }


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
        rework = p("rework") * (0.5 if any_documented(before, kinds) else 1)
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


# ---------------------------------------------------------------------------------------------------- paths


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


def within(entry, first, last):
    """The part of an entry's amount that falls between two points in time (months)."""
    _line, amount, start, end = entry
    if end <= start:
        return amount if first <= start < last else 0
    overlap = min(end, last) - max(start, first)
    return amount * overlap / (end - start) if overlap > 0 else 0


def as_entries(result):
    start, end = result["start_week"] / WEEKS_PER_MONTH, result["end_week"] / WEEKS_PER_MONTH
    return [(line, amount, start, end) for line, amount in result["lines"].items()]


def path_costs(phases, values, likely, kinds, job):
    horizon = job["horizon"]
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
    core_end = last_core["end_week"]
    core_end_month = core_end / WEEKS_PER_MONTH
    later = [
        after_phase(phase, before, core_end, values, kinds, job)
        for phase in phases
        if phase["work"] in ("run", "retainer")
    ]

    core_entries = [entry for result in results for entry in as_entries(result)]
    rewrite_start = max(core_end_month, REWRITE_MONTH)
    rewrite = (
        "rewrite",
        rewrite_of(results, last_core, before_last_core, values, kinds, job),
        rewrite_start,
        rewrite_start + 1,
    )
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
        for n in range(1, horizon + 1):
            months[n - 1] += within(entry, n - 1, n)
    npv = 0.0
    for n in range(1, horizon + 1):
        npv += months[n - 1] * (1 + job["discount_rate"]) ** (-n / 12)

    core_beyond = sum(entry[1] - within(entry, 0, horizon) for entry in core_entries)
    if horizon > REWRITE_MONTH:
        core_beyond += rewrite[1] - within(rewrite, 0, horizon)
    instability_beyond = job["damage_per_month"] * max(0, core_end_month - horizon)
    run = next(result for result in later if result["work"] == "run")
    features_beyond = run["hiring_later"]
    if job["feature_hours"] > 0:
        features_beyond += sum(run["per_month"].values()) * (horizon - run["months"])
    retainer = sum(result["per_month"]["retainer"] for result in later if result["work"] == "retainer")
    features_beyond += (retainer + support) * min(core_end_month, horizon)
    beyond = {"core": core_beyond, "instability": instability_beyond, "features": features_beyond}

    shown = ["model", "work", "start_week", "end_week", "lines"]
    total = sum(lines.values())
    own_time, losses = sum(lines[line] for line in OWN_TIME), sum(lines[line] for line in LOSSES)
    return {
        "total": total,
        "npv": npv,
        "beyond": beyond,
        "same_scope": npv + sum(beyond.values()) * (1 + job["discount_rate"]) ** (-horizon / 12),
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
    job = describe_job(scenario, case)
    values = parameters_in_case(scenario, facts, case)
    likely = parameters_in_case(scenario, facts, "likely")
    return {
        path_id: path_costs(phases, values, likely, facts["models"], job)
        for path_id, phases in all_paths(scenario, facts).items()
    }


def same_place(scenario, facts):
    """{path id: its same scope with everybody in the US}."""
    moved = scenario | {"work": scenario.get("work", {}) | {"location": "us"}}
    return {path_id: found["same_scope"] for path_id, found in costs(moved, facts).items()}
