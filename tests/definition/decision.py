"""The recommendation, written separately from the product from the definition of the rules, to judge it.

Questions, rules, gates and constants stand in plain Python, on purpose a second time: nothing is read from the rules that
the product publishes. Of the facts only the paths, the models' properties and their figures are used.
"""

from .alerts import alerts_of, budget_told
from .answers import answers_of, completeness_of
from .choice import first_lowest, frontier_of, in_the_band, recommend, why_not
from .fit import core_fits, path_fit, supported_models
from .gates import gates_of
from .given import field_in_case
from .lenses import lenses_of
from .model import same_place
from .paths import all_paths, main_core
from .settings import settings_of


def choose(scenario, facts, costs):
    """What the decision rests on, without what is only told of it; `costs` are those of the likely case."""
    kinds = facts["models"]
    paths = all_paths(scenario, facts)
    settings = settings_of(scenario)
    said = answers_of(scenario, settings)
    lenses = lenses_of(said, settings)
    fits = core_fits(scenario, said, lenses, settings)
    feature_hours = field_in_case(scenario, "work", "feature_hours_per_month", "likely")
    fit = {
        path: round(path_fit(phases, fits, said, kinds, feature_hours, settings), 9) for path, phases in paths.items()
    }
    supported = supported_models(scenario, said)
    evidence = {path: main_core(phases) in supported for path, phases in paths.items()}
    gates = gates_of(scenario, said, paths, kinds, costs, fit, evidence, settings)

    same_scope = {path: round(costs[path]["same_scope"], 2) for path in paths}
    eligible = [path for path in paths if not any(path in gate["excludes"] for gate in gates.values())]
    candidates = [path for path in eligible if evidence[path]]
    return {
        "paths": paths,
        "settings": settings,
        "said": said,
        "lenses": lenses,
        "fits": fits,
        "fit": fit,
        "evidence": evidence,
        "gates": gates,
        "same_scope": same_scope,
        "eligible": eligible,
        "candidates": candidates,
        "recommended": recommend(candidates, fit, same_scope, settings),
    }


def status_of(eligible, candidates, completeness, settings):
    if not eligible:
        return "none_left"
    if not candidates:
        return "open"
    return "provisional" if completeness < settings["provisional_below"] else "firm"


def decide(scenario, facts, costs):
    """Lenses, gates, fits and the recommendation with everything that is told of it in the likely case."""
    chosen = choose(scenario, facts, costs)
    settings, lenses, gates = chosen["settings"], chosen["lenses"], chosen["gates"]
    fit, evidence, same_scope = chosen["fit"], chosen["evidence"], chosen["same_scope"]
    eligible, candidates, recommended = chosen["eligible"], chosen["candidates"], chosen["recommended"]
    completeness = completeness_of(scenario)
    status = status_of(eligible, candidates, completeness, settings)
    band = in_the_band(candidates, fit, settings)
    moved = same_place(scenario, facts)
    frontier = frontier_of(eligible, fit, same_scope, costs)
    paths = {}
    for path in chosen["paths"]:
        reason = None
        if path != recommended:
            reason = why_not(path, recommended, eligible, candidates, band, evidence, same_scope, costs, gates)
        paths[path] = {
            "eligible": path in eligible,
            "fit": fit[path],
            "evidence": evidence[path],
            "frontier": path in frontier,
            "same_place": moved[path],
            "why_not": reason,
        }
    others = [path for path in candidates if path != recommended]
    return {
        "lenses": {lens: found | {"lean": round(found["lean"], 9)} for lens, found in lenses.items()},
        "gates": gates,
        "models": {model: {"fit": round(value, 9)} for model, value in chosen["fits"].items()},
        "paths": paths,
        "recommendation": {
            "path": recommended,
            "status": status,
            "provisional": completeness < settings["provisional_below"],
            "completeness": completeness,
            "cheapest": first_lowest(eligible, same_scope),
            "best_fit": first_lowest(candidates, {path: -fit[path] for path in fit}),
            "runner_up": recommend(others, fit, same_scope, settings),
            "alerts": alerts_of(scenario, facts, chosen, status, costs),
            "budget": budget_told(scenario, recommended, costs),
        },
    }
