"""The whole space of sequences by plain loops: the grammar, the rule and the frontier, from the text of the definition."""

from . import decision, model
from .choice import frontier_of
from .paths import MODELS

OPENINGS = [None, ("production_firm", 1), ("engineering_partner", 3)]
PROTOTYPES = [None, 0.1, 0.2, 0.3, 0.4]


def grammar():
    """{number: phases} of every sequence, from 1, the retainer running fastest."""
    found = []
    for opening in OPENINGS:
        for prototype in PROTOTYPES:
            for core in MODELS:
                for run in MODELS:
                    for keeper in (None, "production_firm"):
                        phases = []
                        if opening is not None:
                            phases.append({"work": "audit", "model": opening[0], "weeks": opening[1]})
                        if prototype is not None:
                            phases.append({"work": "core", "model": "freelancer", "share": prototype})
                        phases.append({"work": "core", "model": core, "share": 1 - (prototype or 0)})
                        worked_before = keeper in [phase["model"] for phase in phases]
                        phases.append({"work": "run", "model": run})
                        if keeper is not None:
                            phases.append({"work": "retainer", "model": keeper})
                        before_another = prototype is None or core != "freelancer"
                        if before_another and (keeper is None or worked_before):
                            found.append(phases)
    return dict(enumerate(found, 1))


def searched(scenario, facts):
    """{"costs", "fit", "same_scope", "recommended", "frontier"} of all sequences, by number."""
    alone = {name: value for name, value in scenario.items() if name != "paths"}
    space = facts | {"paths": {number: {"phases": phases} for number, phases in grammar().items()}}
    costs = model.costs(alone, space, "likely")
    chosen = decision.choose(alone, space, costs)
    frontier = frontier_of(chosen["eligible"], chosen["fit"], chosen["same_scope"], costs)
    return {"costs": costs, "frontier": frontier} | {
        name: chosen[name] for name in ("fit", "same_scope", "recommended")
    }
