"""The cost lines of a path within the horizon that come from its audit and core phases. Shapes: (..., path)."""

from calc.quantity import quantity
from calc.reductions import summed


@quantity("path", unit="currency", label="Labour")
def labour_total(path, all_path_number, all_within, all_labour_cost):
    """Labour of the path's phases within the horizon."""
    return summed((all_path_number == path) * all_within * all_labour_cost)


@quantity("path", unit="currency", label="Hidden scope")
def hidden_scope_total(path, all_path_number, all_within, all_hidden_scope_cost):
    """Hidden scope of the path's phases within the horizon."""
    return summed((all_path_number == path) * all_within * all_hidden_scope_cost)


@quantity("path", unit="currency", label="Rework")
def rework_total(path, all_path_number, all_within, all_rework_cost):
    """Rework of the path's phases within the horizon."""
    return summed((all_path_number == path) * all_within * all_rework_cost)


@quantity("path", unit="currency", label="Onboarding")
def onboarding_total(path, all_path_number, all_within, all_onboarding_cost):
    """Onboarding of the path's phases within the horizon."""
    return summed((all_path_number == path) * all_within * all_onboarding_cost)


@quantity("path", unit="currency", label="Coordination")
def coordination_total(path, all_path_number, all_within, all_coordination_cost, run_coordination_total):
    """The leader's time within the horizon, on the path's phases and on its feature work."""
    of_phases = summed((all_path_number == path) * all_within * all_coordination_cost)
    return of_phases + run_coordination_total


@quantity("path", unit="currency", label="Review")
def review_total(path, all_path_number, all_within, all_review_cost):
    """Review of the path's phases within the horizon."""
    return summed((all_path_number == path) * all_within * all_review_cost)


@quantity("path", unit="currency", label="Replacement")
def replacement_total(path, all_path_number, all_within, all_replacement_cost, run_replacement_total):
    """Replacing those who leave the path's phases and its feature work, within the horizon."""
    of_phases = summed((all_path_number == path) * all_within * all_replacement_cost)
    return of_phases + run_replacement_total


@quantity("path", unit="currency", label="Hiring")
def hiring_total(path, all_path_number, all_within, all_hiring_cost, run_hiring_total):
    """Hiring for the path's phases and for its feature work, within the horizon."""
    return summed((all_path_number == path) * all_within * all_hiring_cost) + run_hiring_total


# The cost lines, in the order in which they are shown, and the quantity that gives each.
LINES = {
    "labour": "labour_total",
    "hidden_scope": "hidden_scope_total",
    "rework": "rework_total",
    "onboarding": "onboarding_total",
    "coordination": "coordination_total",
    "review": "review_total",
    "replacement": "replacement_total",
    "rewrite": "rewrite_total",
    "hiring": "hiring_total",
    "run": "run_total",
    "retainer": "retainer_total",
    "support": "support_total",
    "instability": "instability_total",
}

# The lines that nobody is paid for: the leader's own time, and what is lost. All others have to be approved and paid.
OWN_TIME, LOSSES = ("coordination",), ("instability",)
# Line -> its kind of cost, by the quantity that sums up all lines of the kind.
KINDS = {line: "own_time" if line in OWN_TIME else "losses" if line in LOSSES else "paid" for line in LINES}

# The cost lines that an audit or core phase has, and the quantity of the whole phase.
PHASE_LINES = {
    "labour": "labour_cost",
    "hidden_scope": "hidden_scope_cost",
    "rework": "rework_cost",
    "onboarding": "onboarding_cost",
    "coordination": "coordination_cost",
    "review": "review_cost",
    "replacement": "replacement_cost",
    "hiring": "hiring_cost",
}

# Those of the feature work, and the quantity of what falls within the horizon.
RUN_LINES = {
    "run": "run_total",
    "coordination": "run_coordination_total",
    "replacement": "run_replacement_total",
    "hiring": "run_hiring_total",
}
