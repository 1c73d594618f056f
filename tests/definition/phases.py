"""An audit or a core phase: when it happens, and what it costs, line by line."""

from .paths import any_documented, people_of, prepared, share_of

WEEKS_PER_MONTH = 52 / 12
PAID_WORK = ["labour", "hidden_scope", "rework", "onboarding"]


def work_phase(phase, earlier, previous_end, values, likely, kinds, job):
    """An audit or a core phase: when it happens, and its full, uncut lines. All times in weeks."""
    kind = kinds[phase["model"]]
    parameters = values[phase["model"]]
    settings = job["settings"]
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
        rework = rework * settings["rework_after_documentation"]
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

    onboarded = 0 if is_audit else p("onboarding_weeks") * min(1, weeks / settings["weeks_of_full_onboarding"])
    work_weeks = onboarded + weeks
    departures = 0 if is_audit else p("departures_per_month") * people * work_weeks / WEEKS_PER_MONTH
    duration = work_weeks + departures * p("replacement_weeks") * min(1, settings["people_stopped_by_one"] / people)
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
    lost = p("replacement_share") * paid_work * min(1, settings["person_weeks_at_risk"] / (people * work_weeks))
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
