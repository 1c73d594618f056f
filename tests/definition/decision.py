"""The recommendation, written separately from the product from the definition of the rules, to judge it.

Questions, rules, gates and constants stand here in plain Python, on purpose a second time: nothing is read from the
rules that the product publishes. Of the facts only the paths and the models' property "documents" are used.
"""

from .model import all_paths, answer, any_documented, field, field_in_case, same_place, share_of

QUESTIONS = (
    "bounded isolated verifiable contained architecture scope_evolves vision one_off experiment specialist "
    "data_work quick long conversations unknown_cause shifting ai_generated losing deadline on_fire stable "
    "from_scratch regulated ai_core parallel failure_modes iterate lifecycle ip scale traction pushback "
    "leadership can_wait afford_hire "
).split()

ALTERNATIVE = {
    "prodfirm": "production_firm",
    "insoftex": "engineering_partner",
    "esparkbiz": "full_time",
    "leval": "fixed_price_shop",
    "buildingblocks": "dedicated_engineer",
}


# ---------------------------------------------------------------------------------------------------- answers


def budget_of(scenario):
    """The budget, or None where none is given."""
    budget = field(scenario, "money", "budget")
    return None if budget == "" else budget


def answers_of(scenario):
    """Every question's answer, with `under_gate` and an inferred `losing`."""
    said = {question: answer(scenario, question) for question in QUESTIONS}
    budget = budget_of(scenario)
    if budget is None:
        said["under_gate"] = "unknown"
    elif budget < 3000 * field(scenario, "project", "usd_rate"):
        said["under_gate"] = "yes"
    else:
        said["under_gate"] = "no"
    loses = field_in_case(scenario, "money", "revenue_loss_per_month", "likely") > 0
    if said["losing"] == "unknown" and loses and said["from_scratch"] != "yes" and said["stable"] != "yes":
        said["losing"] = "yes"
    return said


def completeness_of(scenario):
    answered = 0
    for question in QUESTIONS:
        if answer(scenario, question) in ("yes", "no"):
            answered += 1
    return answered / len(QUESTIONS)


def share_yes(said, questions):
    return sum(1 for question in questions if said[question] == "yes") / len(questions)


# ---------------------------------------------------------------------------------------------------- lenses


def conditions(said):
    """{lens: (the freelancer side's conditions, the alternative's)}, each True or False."""

    def yes(question):
        return said[question] == "yes"

    def no(question):
        return said[question] == "no"

    return {
        "prodfirm": (
            [
                yes("leadership"),
                yes("isolated"),
                yes("specialist"),
                yes("stable"),
                yes("under_gate") and yes("bounded"),
            ],
            [
                no("bounded") and yes("unknown_cause"),
                yes("shifting"),
                yes("ai_generated"),
                yes("losing") and yes("deadline"),
                no("leadership"),
            ],
        ),
        "insoftex": (
            [yes("bounded"), yes("verifiable"), yes("contained"), no("architecture"), no("long"), yes("leadership")],
            [
                yes("from_scratch"),
                yes("regulated"),
                yes("ai_core"),
                yes("long"),
                yes("pushback"),
                yes("scope_evolves"),
                yes("ai_core") and no("leadership"),
            ],
        ),
        "esparkbiz": (
            [yes("one_off"), yes("experiment"), yes("specialist"), yes("quick")],
            [yes("ai_core"), yes("lifecycle"), yes("ip"), yes("scale")],
        ),
        "leval": (
            [yes("experiment"), yes("data_work"), yes("leadership") and yes("bounded")],
            [yes("vision") or yes("scope_evolves"), yes("failure_modes"), yes("iterate"), yes("parallel")],
        ),
        "buildingblocks": (
            [yes("one_off"), yes("experiment"), no("long"), yes("bounded")],
            [yes("ai_core"), yes("traction"), yes("lifecycle"), yes("long")],
        ),
    }


def ladder(said):
    """What the ladder of the first lens says: a model, or None."""
    if said["ai_generated"] == "yes":
        return "production_firm"
    if said["shifting"] == "yes":
        return "production_firm"
    if said["on_fire"] == "yes" and not (said["isolated"] == "yes" and said["bounded"] == "yes"):
        return "production_firm"
    if said["bounded"] == "yes":
        return "freelancer"
    return None


def hire_is_best_in_the_long_run(said):
    lasts = said["long"] == "yes" or said["lifecycle"] == "yes"
    return said["afford_hire"] == "yes" and said["can_wait"] == "yes" and said["on_fire"] != "yes" and lasts


def verdict(lens, lean, said):
    if lens == "prodfirm" and ladder(said):
        return ladder(said)
    if round(lean, 9) >= 0.2:
        return ALTERNATIVE[lens]
    if round(lean, 9) <= -0.2:
        return "freelancer"
    if lens == "insoftex" and said["conversations"] == "yes":
        return "engineering_partner"
    if lens == "insoftex" and said["conversations"] == "no":
        return "freelancer"
    return "either"


def lenses_of(said):
    lenses = {}
    for lens, (freelancer, alternative) in conditions(said).items():
        support = {"freelancer": sum(freelancer) / len(freelancer), "alternative": sum(alternative) / len(alternative)}
        lean = support["alternative"] - support["freelancer"]
        lenses[lens] = {"support": support, "lean": lean, "verdict": verdict(lens, lean, said)}
    return lenses


# ---------------------------------------------------------------------------------------------------- fit


def core_fits(scenario, said, lenses):
    """{model: how well it fits the core work}."""
    leans = {lens: lenses[lens]["lean"] for lens in lenses}
    if ladder(said) == "production_firm":
        leans["prodfirm"] = max(leans["prodfirm"], 0.2)
    if ladder(said) == "freelancer":
        leans["prodfirm"] = min(leans["prodfirm"], -0.2)
    fits = {ALTERNATIVE[lens]: lean for lens, lean in leans.items()}
    if hire_is_best_in_the_long_run(said):
        fits["full_time"] = max(fits["full_time"], 0.2)
    weights = scenario.get("weights") or {}
    weighted = 0
    weight_sum = 0
    for lens, lean in leans.items():
        weighted += weights.get(lens, 1) * lean
        weight_sum += weights.get(lens, 1)
    fits["freelancer"] = -weighted / weight_sum if weight_sum > 0 else 0
    fits["freelancer_team"] = fits["freelancer"]
    if said["conversations"] == "yes" or said["parallel"] == "yes":
        fits["freelancer_team"] -= 0.2
    return fits


def run_fit(model, phases, said, kinds):
    """How well a model fits the feature work afterwards."""
    if model in ("freelancer", "freelancer_team"):
        before = [phase for phase in phases if phase["work"] in ("audit", "core")]
        held = any_documented(before, kinds) or said["leadership"] == "yes" or said["stable"] == "yes"
        return (1 if held else 0) - share_yes(said, ["ai_core", "lifecycle", "iterate"])
    if model == "full_time":
        if said["afford_hire"] == "yes" and (said["long"] == "yes" or said["lifecycle"] == "yes"):
            return 1
        return share_yes(said, ["ai_core", "lifecycle", "iterate", "ip"])
    if model == "dedicated_engineer":
        return share_yes(said, ["ai_core", "lifecycle", "iterate", "traction"])
    if model == "engineering_partner":
        return share_yes(said, ["ai_core", "lifecycle", "iterate", "long"])
    if model == "fixed_price_shop":
        return share_yes(said, ["lifecycle", "iterate"])
    return 0


def first_step(phases, said):
    """0.2 for the right first step, else 0."""
    unclear = said["vision"] == "yes" or said["scope_evolves"] == "yes" or said["unknown_cause"] == "yes"
    if phases[0]["work"] == "audit" and unclear:
        return 0.2
    trial = (said["experiment"] == "yes" or said["one_off"] == "yes") and said["traction"] != "yes"
    cores = core_phases(phases)
    goes_on_with_another = any(phase["model"] != "freelancer" for phase in cores[1:])
    if cores[0]["model"] == "freelancer" and share_of(cores[0]) < 1 and goes_on_with_another and trial:
        return 0.2
    return 0


def core_phases(phases):
    return [phase for phase in phases if phase["work"] == "core"]


def path_fit(phases, fits, said, kinds, feature_hours):
    weighted = 0
    share_sum = 0
    for phase in core_phases(phases):
        weighted += share_of(phase) * fits[phase["model"]]
        share_sum += share_of(phase)
    core = weighted / share_sum
    step = first_step(phases, said)
    if feature_hours == 0:
        return core + step
    run_model = next(phase["model"] for phase in phases if phase["work"] == "run")
    return 0.75 * core + 0.25 * run_fit(run_model, phases, said, kinds) + step


# ---------------------------------------------------------------------------------------------------- gates


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


def too_few_heads(phases, scenario):
    """One person is deep in one or two specialties."""
    for phase in core_phases(phases):
        if share_of(phase) <= 0.5 or phase["model"] not in ("freelancer", "dedicated_engineer", "full_time"):
            continue
        people = field(scenario, "work", "hires") if phase["model"] == "full_time" else 1
        if field(scenario, "work", "specialists") > 2 * people:
            return True
    return False


def main_core(phases):
    """The core phase with the largest share, the later one on a tie."""
    chosen = None
    for phase in core_phases(phases):
        if chosen is None or share_of(phase) >= share_of(chosen):
            chosen = phase
    return chosen["model"]


def supported_models(scenario, said):
    """The models for which something that was answered speaks."""
    weights = scenario.get("weights") or {}
    found = set()
    for lens, (freelancer, alternative) in conditions(said).items():
        if any(alternative):
            found.add(ALTERNATIVE[lens])
        if any(freelancer) and weights.get(lens, 1) != 0:
            found.add("freelancer")
    if ladder(said):
        found.add(ladder(said))
    if said["conversations"] == "yes":
        found.add("engineering_partner")
    if said["conversations"] == "no":
        found.add("freelancer")
    if hire_is_best_in_the_long_run(said):
        found.add("full_time")
    if said["unknown_cause"] == "yes":
        found.add("production_firm")
    if "freelancer" in found:
        found.add("freelancer_team")
    return found


def gates_of(scenario, said, paths, kinds, costs, fit, evidence):
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
    stretched = any(too_few_heads(phases, scenario) for phases in paths.values())
    gate(
        "too_many_skills",
        stretched and not small_and_clear and not one_thing,
        lambda phases: too_few_heads(phases, scenario),
    )

    def left():
        excluded = {path for one in gates.values() for path in one["excludes"]}
        return [path for path in paths if path not in excluded]

    someone_finishes = any(evidence[path] and costs[path]["finished"] for path in left())
    late = [path for path in paths if not costs[path]["finished"]]
    gates["not_finished"] = {"fired": True, "excludes": late if someone_finishes else []}

    budget = budget_of(scenario)
    gates["over_budget"] = {"fired": budget is not None, "excludes": []}
    counted = [path for path in left() if evidence[path] and fit[path] > 0]
    if budget is not None and counted:
        invoiced = {path: round(costs[path]["invoiced"], 2) for path in paths}
        limit = budget
        if all(invoiced[path] > budget for path in counted):
            limit = max(budget, 1.25 * min(invoiced[path] for path in counted))
        gates["over_budget"]["excludes"] = [path for path in paths if round(invoiced[path] - limit, 2) > 0]
    return gates


# ---------------------------------------------------------------------------------------------------- choice


def first_lowest(paths, value):
    """The path with the lowest value, the earlier one on a tie; None of none."""
    chosen = None
    for path in paths:
        if chosen is None or value[path] < value[chosen]:
            chosen = path
    return chosen


def recommend(candidates, fit, same_scope):
    """The candidate that costs least for the same scope among those that fit about as well as the best."""
    if not candidates:
        return None
    best = max(fit[path] for path in candidates)
    return first_lowest([path for path in candidates if round(best - fit[path], 9) <= 0.15], same_scope)


def why_not(path, recommended, eligible, evidence, fit, same_scope, costs, gates):
    """{"kind", "gates", "amount", "break_even_chance"} of a path that is not recommended."""
    amount = round(same_scope[path] - same_scope[recommended], 2) if recommended else None
    excluding = [name for name, gate in gates.items() if path in gate["excludes"]]
    candidates = [other for other in eligible if evidence[other]]
    best = max((fit[other] for other in candidates), default=None)
    if excluding:
        kind = "excluded"
    elif not evidence[path]:
        kind = "no_evidence"
    elif round(best - fit[path], 9) > 0.15:
        kind = "fits_worse"
    else:
        kind = "dearer"
    chance = None
    if path in eligible and amount is not None and amount < 0:
        found = costs[path]
        lost = found["core_cost"] + found["damage_per_month"] * found["weeks_to_stable"] * 12 / 52
        chance = -amount / (-amount + lost)
    return {"kind": kind, "gates": excluding, "amount": amount, "break_even_chance": chance}


def frontier_of(eligible, fit, same_scope, costs):
    """The eligible paths to which no other is at least as good in everything and better in something."""

    def figures(path):
        return -fit[path], same_scope[path], round(costs[path]["weeks_to_stable"], 9)

    def beaten(path):
        mine = figures(path)
        return any(
            figures(other) != mine and all(a <= b for a, b in zip(figures(other), mine, strict=True))
            for other in eligible
        )

    return [path for path in eligible if not beaten(path)]


def decide(scenario, facts, costs):
    """Lenses, gates, fits and the recommendation; `costs` are those of the likely case."""
    kinds = facts["models"]
    paths = all_paths(scenario, facts)
    said = answers_of(scenario)
    lenses = lenses_of(said)
    fits = core_fits(scenario, said, lenses)
    feature_hours = field_in_case(scenario, "work", "feature_hours_per_month", "likely")
    fit = {path: round(path_fit(phases, fits, said, kinds, feature_hours), 9) for path, phases in paths.items()}
    supported = supported_models(scenario, said)
    evidence = {path: main_core(phases) in supported for path, phases in paths.items()}
    gates = gates_of(scenario, said, paths, kinds, costs, fit, evidence)

    same_scope = {path: round(costs[path]["same_scope"], 2) for path in paths}
    eligible = [path for path in paths if not any(path in gate["excludes"] for gate in gates.values())]
    candidates = [path for path in eligible if evidence[path]]
    recommended = recommend(candidates, fit, same_scope)
    completeness = completeness_of(scenario)
    if not eligible:
        status = "none_left"
    elif not candidates:
        status = "open"
    else:
        status = "provisional" if completeness < 1 / 3 else "firm"

    for lens in lenses.values():
        lens["lean"] = round(lens["lean"], 9)
    moved = same_place(scenario, facts)
    frontier = frontier_of(eligible, fit, same_scope, costs)
    return {
        "lenses": lenses,
        "gates": gates,
        "models": {model: {"fit": round(value, 9)} for model, value in fits.items()},
        "paths": {
            path: {
                "eligible": path in eligible,
                "fit": fit[path],
                "evidence": evidence[path],
                "frontier": path in frontier,
                "same_place": moved[path],
                "why_not": None
                if path == recommended
                else why_not(path, recommended, eligible, evidence, fit, same_scope, costs, gates),
            }
            for path in paths
        },
        "recommendation": {
            "path": recommended,
            "status": status,
            "provisional": completeness < 1 / 3,
            "completeness": completeness,
            "cheapest": first_lowest(eligible, same_scope),
            "best_fit": first_lowest(candidates, {path: -fit[path] for path in paths}),
            "runner_up": recommend([path for path in candidates if path != recommended], fit, same_scope),
        },
    }
