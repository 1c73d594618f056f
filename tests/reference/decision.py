"""The recommendation, written separately from the product from the definition of the rules, to judge it.

Questions, rules, gates and constants stand here in plain Python, on purpose a second time: nothing is read from the
rules that the product publishes. Of the facts only the paths and the models' property "documents" are used.
"""

from .model import all_paths, answer, any_documented, field, field_in_case, share_of

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
    if said["losing"] == "unknown" and field_in_case(scenario, "money", "revenue_loss_per_month", "likely") > 0:
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
                no("bounded") or yes("unknown_cause"),
                yes("shifting"),
                yes("ai_generated"),
                yes("losing") or yes("deadline"),
                no("leadership"),
            ],
        ),
        "insoftex": (
            [yes("bounded"), yes("verifiable"), yes("contained"), no("architecture"), no("long"), yes("leadership")],
            [yes("from_scratch"), yes("regulated"), yes("ai_core"), yes("long"), yes("pushback"), yes("scope_evolves")],
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
    if said["bounded"] == "yes":
        return "freelancer"
    return None


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


def unprepared_freelancers(phases):
    """A core phase by freelancers that nobody audited or remediated for."""
    prepared = False
    for phase in phases:
        if phase["work"] == "core" and phase["model"] in ("freelancer", "freelancer_team") and not prepared:
            return True
        if phase["work"] == "audit" or (phase["work"] == "core" and phase["model"] == "production_firm"):
            prepared = True
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


def gates_of(scenario, said, paths, costs):
    """{gate: {"fired", "excludes"}}."""

    def yes(question):
        return said[question] == "yes"

    def no(question):
        return said[question] == "no"

    def gate(fired, test):
        return {"fired": fired, "excludes": [path for path, phases in paths.items() if fired and test(phases)]}

    gates = {}
    gates["small_and_clear"] = gate(
        yes("under_gate") and yes("bounded"), lambda phases: not core_only_by_freelancer(phases)
    )
    gates["one_thing"] = gate(
        yes("isolated") and yes("bounded") and not yes("shifting"), lambda phases: not core_only_by_freelancer(phases)
    )
    gates["unaudited_ai"] = gate(yes("ai_generated"), unprepared_freelancers)
    gates["keeps_shifting"] = gate(yes("shifting") or yes("unknown_cause"), unprepared_freelancers)
    gates["nobody_integrates"] = gate(
        no("leadership") and yes("parallel"), lambda phases: core_by(phases, ["freelancer_team"])
    )
    gates["unreviewed_risk"] = gate(
        yes("regulated") and no("leadership"), lambda phases: core_by(phases, ["freelancer", "freelancer_team"])
    )
    gates["on_fire_now"] = gate(
        yes("on_fire") or no("can_wait"), lambda phases: core_phases(phases)[0]["model"] == "full_time"
    )
    gates["no_salary"] = gate(no("afford_hire"), lambda phases: any(phase["model"] == "full_time" for phase in phases))
    gates["too_many_skills"] = gate(
        any(too_few_heads(phases, scenario) for phases in paths.values()),
        lambda phases: too_few_heads(phases, scenario),
    )

    excluded = set()
    for other in gates.values():
        excluded.update(other["excludes"])
    budget = budget_of(scenario)
    gates["over_budget"] = {"fired": budget is not None, "excludes": []}
    if budget is not None:
        above = [path for path in paths if round(costs[path]["core_cost"] - budget, 2) > 0]
        if any(path not in excluded and path not in above for path in paths):
            gates["over_budget"]["excludes"] = above
    return gates


# ---------------------------------------------------------------------------------------------------- choice


def first_lowest(paths, value):
    """The path with the lowest value, the earlier one on a tie; None of none."""
    chosen = None
    for path in paths:
        if chosen is None or value[path] < value[chosen]:
            chosen = path
    return chosen


def decide(scenario, facts, costs):
    """Lenses, gates, fits and the recommendation; `costs` are those of the likely case."""
    kinds = facts["models"]
    paths = all_paths(scenario, facts)
    said = answers_of(scenario)
    lenses = lenses_of(said)
    fits = core_fits(scenario, said, lenses)
    gates = gates_of(scenario, said, paths, costs)
    feature_hours = field_in_case(scenario, "work", "feature_hours_per_month", "likely")

    fit = {path: round(path_fit(phases, fits, said, kinds, feature_hours), 9) for path, phases in paths.items()}
    npv = {path: round(costs[path]["npv"], 2) for path in paths}
    eligible = [path for path in paths if not any(path in gate["excludes"] for gate in gates.values())]
    recommended = cheapest = best_fit = None
    if eligible:
        cheapest = first_lowest(eligible, npv)
        best_fit = first_lowest(eligible, {path: -fit[path] for path in paths})
        near = [path for path in eligible if round(fit[best_fit] - fit[path], 9) <= 0.15]
        recommended = first_lowest(near, npv)
    completeness = completeness_of(scenario)

    for lens in lenses.values():
        lens["lean"] = round(lens["lean"], 9)
    return {
        "lenses": lenses,
        "gates": gates,
        "models": {model: {"fit": round(value, 9)} for model, value in fits.items()},
        "paths": {path: {"eligible": path in eligible, "fit": fit[path]} for path in paths},
        "recommendation": {
            "path": recommended,
            "provisional": completeness < 1 / 3,
            "completeness": completeness,
            "cheapest": cheapest,
            "best_fit": best_fit,
        },
    }
