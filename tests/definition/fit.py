"""How well models and paths fit what was answered, and for which models anything that was answered speaks."""

from .answers import share_yes
from .lenses import ALTERNATIVE, conditions, hire_is_best_in_the_long_run, ladder
from .paths import any_documented, core_phases, share_of


def core_fits(scenario, said, lenses, settings):
    """{model: how well it fits the core work}."""
    leans = {lens: lenses[lens]["lean"] for lens in lenses}
    if ladder(said) == "production_firm":
        leans["prodfirm"] = max(leans["prodfirm"], settings["verdict_threshold"])
    if ladder(said) == "freelancer":
        leans["prodfirm"] = min(leans["prodfirm"], -settings["verdict_threshold"])
    fits = {ALTERNATIVE[lens]: lean for lens, lean in leans.items()}
    if hire_is_best_in_the_long_run(said):
        fits["full_time"] = max(fits["full_time"], settings["verdict_threshold"])
    weights = scenario.get("weights") or {}
    weighted = 0
    weight_sum = 0
    for lens, lean in leans.items():
        weighted += weights.get(lens, 1) * lean
        weight_sum += weights.get(lens, 1)
    fits["freelancer"] = -weighted / weight_sum if weight_sum > 0 else 0
    fits["freelancer_team"] = fits["freelancer"]
    if said["conversations"] == "yes" or said["parallel"] == "yes":
        fits["freelancer_team"] -= settings["team_penalty"]
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


def first_step(phases, said, settings):
    """What the right first step adds; a path takes one first step."""
    unclear = said["vision"] == "yes" or said["scope_evolves"] == "yes" or said["unknown_cause"] == "yes"
    if phases[0]["work"] == "audit" and unclear:
        return settings["first_step_bonus"]
    trial = (said["experiment"] == "yes" or said["one_off"] == "yes") and said["traction"] != "yes"
    cores = core_phases(phases)
    goes_on_with_another = any(phase["model"] != "freelancer" for phase in cores[1:])
    if cores[0]["model"] == "freelancer" and share_of(cores[0]) < 1 and goes_on_with_another and trial:
        return settings["first_step_bonus"]
    return 0


def path_fit(phases, fits, said, kinds, feature_hours, settings):
    weighted = 0
    share_sum = 0
    for phase in core_phases(phases):
        weighted += share_of(phase) * fits[phase["model"]]
        share_sum += share_of(phase)
    core = weighted / share_sum
    step = first_step(phases, said, settings)
    if feature_hours == 0:
        return core + step
    run_model = next(phase["model"] for phase in phases if phase["work"] == "run")
    weight = settings["core_weight"]
    return weight * core + (1 - weight) * run_fit(run_model, phases, said, kinds) + step


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
