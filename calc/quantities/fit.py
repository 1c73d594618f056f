"""How well a model fits the core work and the feature work, and a path both. Rules: docs/model.md, "Fit"."""

import numpy as np

from calc.quantity import quantity
from calc.reductions import summed


@quantity(unit="-1 to 1", label="Fit of a freelancer")
def freelancer_fit(all_settled_lean, all_weight):
    """Minus the weighted mean of the lenses' leans; 0 where all weights are 0."""
    weights = summed(all_weight)
    return np.where(weights > 0, -summed(all_settled_lean * all_weight) / weights, 0)


@quantity(unit="fit", label="What a freelance team loses")
def team_loss(answer_conversations, answer_parallel, team_penalty):
    """Fit that a freelance team loses where decisions are constant or work runs in parallel."""
    return team_penalty * np.where(np.maximum(answer_conversations, answer_parallel) == 1, 1, 0)


@quantity("model", unit="-1 to 1", label="Core fit")
def core_fit(
    settled_lean_of_own_lens,
    has_long_term,
    long_term,
    verdict_threshold,
    freelances,
    is_team,
    freelancer_fit,
    team_loss,
):
    """An alternative has the lean of its lens, or more where it is best in the long run; freelancers that of all, turned."""
    lifted = np.maximum(settled_lean_of_own_lens, verdict_threshold)
    own = np.where(has_long_term * long_term == 1, lifted, settled_lean_of_own_lens)
    return own + freelances * freelancer_fit - is_team * team_loss


@quantity("need", unit="0/1", label="Holds")
def need_holds(answer_of_need_question):
    """1 where a need of the feature work is there. Shape (..., need)."""
    return np.where(answer_of_need_question == 1, 1, 0)


@quantity("model", unit="share", label="Needs of the feature work that hold")
def run_share(kind, all_need_model, all_need_holds, can_inherit, inherits):
    """Share of the needs named for the model that hold, 0 where none are named; all of it for who inherits the system."""
    needs = summed((all_need_model == kind) * 1)
    held = np.where(needs > 0, summed((all_need_model == kind) * all_need_holds) / needs, 0)
    return np.where(can_inherit * inherits == 1, 1, held)


@quantity("path", unit="-1 to 1", label="Run fit")
def run_fit(freelances_of_runner, run_share_of_runner, core_documented, answer_leadership, answer_stable):
    """Staff and firms fit as far as their needs hold; freelancers fit a documented, led or stable system, less continuity."""
    safe = np.maximum(core_documented, np.where(np.maximum(answer_leadership, answer_stable) == 1, 1, 0))
    return np.where(freelances_of_runner == 1, safe - run_share_of_runner, run_share_of_runner)


@quantity(unit="0/1", label="Unclear job")
def unclear(answer_vision, answer_scope_evolves, answer_unknown_cause):
    """1 where it is still a vision, its scope evolves, or the cause is unknown: look first."""
    return np.where(np.maximum(answer_vision, np.maximum(answer_scope_evolves, answer_unknown_cause)) == 1, 1, 0)


@quantity(unit="0/1", label="A trial")
def trial(answer_experiment, answer_one_off, answer_traction):
    """1 for an experiment or a one-off of something without traction yet: prototype first."""
    return np.where((np.maximum(answer_experiment, answer_one_off) == 1) * (answer_traction != 1) == 1, 1, 0)


@quantity("path", unit="fit", label="First step")
def first_step(opens_with_audit, opens_with_prototype, unclear, trial, first_step_bonus):
    """Bonus of a path that looks before it leaps: an audit where the job is unclear, a prototype where it is a trial."""
    return first_step_bonus * np.maximum(opens_with_audit * unclear, opens_with_prototype * trial)


@quantity("path", unit="-1 to 1", label="Core fit of the path")
def path_core_fit(path, all_path_number, all_share, all_core_fit):
    """Core fit of the path's core models, weighted by their share."""
    return summed((all_path_number == path) * all_share * all_core_fit)


@quantity(unit="share", label="Weight of the core")
def core_share_of_fit(feature_hours_per_month, core_weight):
    """The core's weight in the fit; all of it where there is no feature work."""
    return np.where(feature_hours_per_month > 0, core_weight, 1)


@quantity("path", unit="fit", label="Fit")
def fit(core_share_of_fit, path_core_fit, run_fit, first_step):
    """Core and run fit by their weights, and the first step; differences are rounded before they are compared."""
    return core_share_of_fit * path_core_fit + (1 - core_share_of_fit) * run_fit + first_step
