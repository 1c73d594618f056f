"""Models, and paths as sequences of phases."""

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


def any_documented(phases, kinds):
    return any(kinds[phase["model"]]["documents"] for phase in phases)


def any_audit(phases):
    return any(phase["work"] == "audit" for phase in phases)


def prepared(phases, kinds):
    """Somebody audited, or a model that leaves documents worked on the core."""
    return any_audit(phases) or any_documented(phases, kinds)


def core_phases(phases):
    return [phase for phase in phases if phase["work"] == "core"]


def main_core(phases):
    """The core phase with the largest share, the later one on a tie."""
    chosen = None
    for phase in core_phases(phases):
        if chosen is None or share_of(phase) >= share_of(chosen):
            chosen = phase
    return chosen["model"]
