"""Which paths are out of the question, and why."""

from .answers import budget_of
from .given import field
from .paths import any_documented, core_phases, share_of


def core_only_by_freelancer(phases):
    return all(phase["model"] == "freelancer" for phase in core_phases(phases))


def core_by(phases, models):
    return any(phase["model"] in models for phase in core_phases(phases))


def core_by_unprepared(phases, models, kinds):
    """A core phase by one of these models that no audit and no core by a documenting model came before."""
    for position, phase in enumerate(phases):
        if phase["work"] != "core" or phase["model"] not in models:
            continue
        before = [earlier for earlier in phases[:position] if earlier["work"] in ("audit", "core")]
        documented = any_documented([earlier for earlier in before if earlier["work"] == "core"], kinds)
        if not documented and not any(earlier["work"] == "audit" for earlier in before):
            return True
    return False


def too_few_heads(phases, scenario, settings):
    """One person is deep in one or two specialties."""
    for phase in core_phases(phases):
        if share_of(phase) <= settings["main_share"] or phase["model"] not in (
            "freelancer",
            "dedicated_engineer",
            "full_time",
        ):
            continue
        people = field(scenario, "work", "hires") if phase["model"] == "full_time" else 1
        if field(scenario, "work", "specialists") > settings["specialties_per_person"] * people:
            return True
    return False


def gates_of(scenario, said, paths, kinds, costs, fit, evidence, settings):
    """{gate: {"fired", "excludes"}}."""

    def yes(question):
        return said[question] == "yes"

    def no(question):
        return said[question] == "no"

    gates = {}

    def gate(name, fired, test):
        gates[name] = {"fired": fired, "excludes": [path for path, phases in paths.items() if fired and test(phases)]}

    def by_firm(phases, works):
        return any(phase["model"] == "production_firm" and phase["work"] in works for phase in phases)

    freelancers = ["freelancer", "freelancer_team"]
    broken = any(yes(question) for question in ("unknown_cause", "shifting", "ai_generated", "losing", "on_fire"))
    nothing = yes("from_scratch") or not broken
    one_bounded = yes("isolated") and yes("bounded")
    unaudited_ai = yes("ai_generated") and not (one_bounded and not yes("shifting") and not yes("unknown_cause"))
    keeps_shifting = yes("shifting") or yes("unknown_cause")
    unreviewed = yes("regulated") and no("leadership")
    risky = unaudited_ai or keeps_shifting or unreviewed
    small_and_clear = yes("under_gate") and yes("bounded") and not risky
    one_thing = one_bounded and not risky

    gate("nothing_broken", nothing, lambda phases: by_firm(phases, ["core", "retainer"]))
    gate("nothing_to_audit", nothing, lambda phases: by_firm(phases, ["audit"]))
    gate("small_and_clear", small_and_clear, lambda phases: not core_only_by_freelancer(phases))
    gate("one_thing", one_thing, lambda phases: not core_only_by_freelancer(phases))
    gate("unaudited_ai", unaudited_ai, lambda phases: core_by_unprepared(phases, freelancers, kinds))
    gate("keeps_shifting", keeps_shifting, lambda phases: core_by_unprepared(phases, freelancers, kinds))
    gate("nobody_integrates", no("leadership") and yes("parallel"), lambda phases: core_by(phases, ["freelancer_team"]))
    gate("unreviewed_risk", unreviewed, lambda phases: core_by(phases, freelancers))
    gate("on_fire_now", yes("on_fire") or no("can_wait"), lambda phases: core_phases(phases)[0]["model"] == "full_time")
    gate("no_salary", no("afford_hire"), lambda phases: any(phase["model"] == "full_time" for phase in phases))
    stretched = any(too_few_heads(phases, scenario, settings) for phases in paths.values())
    gate(
        "too_many_skills",
        stretched and not small_and_clear and not one_thing,
        lambda phases: too_few_heads(phases, scenario, settings),
    )

    def left():
        excluded = {path for one in gates.values() for path in one["excludes"]}
        return [path for path in paths if path not in excluded]

    someone_finishes = any(evidence[path] and costs[path]["finished"] for path in left())
    late = [path for path in paths if not costs[path]["finished"]]
    gates["not_finished"] = {"fired": True, "excludes": late if someone_finishes else []}

    counted = [path for path in left() if evidence[path] and fit[path] > 0]
    gates["over_budget"] = over_budget(budget_of(scenario), counted, paths, costs, settings)
    return gates


def over_budget(budget, counted, paths, costs, settings):
    """Within the budget, where one of those that count is; else not far above the least that one of them is invoiced."""
    if budget is None or not counted:
        return {"fired": budget is not None, "excludes": []}
    invoiced = {path: round(costs[path]["invoiced"], 2) for path in paths}
    limit = round(budget, 2)
    if all(invoiced[path] > limit for path in counted):
        limit = round(max(limit, settings["over_budget_factor"] * min(costs[path]["invoiced"] for path in counted)), 2)
    return {"fired": True, "excludes": [path for path in paths if invoiced[path] > limit]}
