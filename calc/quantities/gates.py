"""Gates: which paths are out, whatever their fit. 1 where the gate excludes the path; shapes (..., path).

What is true of a path whoever asks (its core is by freelancers only, it hires, ...) comes with the path's structure.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import summed


@quantity(unit="0/1", label="Small and clear")
def fired_small_and_clear(answer_under_gate, answer_bounded):
    """A budget under the small-job limit and a bounded task. Source: prodfirm, when to hire a freelancer."""
    return np.where((answer_under_gate == 1) * (answer_bounded == 1) == 1, 1, 0)


@quantity(unit="0/1", label="One thing to fix")
def fired_one_thing(answer_isolated, answer_bounded, answer_shifting):
    """One isolated, bounded problem that does not shift. Source: prodfirm, FAQ on one thing fixed."""
    return np.where((answer_isolated == 1) * (answer_bounded == 1) * (answer_shifting != 1) == 1, 1, 0)


@quantity(unit="0/1", label="Unaudited AI code")
def fired_unaudited_ai(answer_ai_generated):
    """AI-generated, with nobody on the team who has audited it. Source: prodfirm, making the decision."""
    return np.where(answer_ai_generated == 1, 1, 0)


@quantity(unit="0/1", label="Problems keep shifting")
def fired_keeps_shifting(answer_shifting, answer_unknown_cause):
    """Fixes shift the problem, or nobody knows the cause. Source: prodfirm, when you need production engineering."""
    return np.where(np.maximum(answer_shifting, answer_unknown_cause) == 1, 1, 0)


@quantity(unit="0/1", label="Nobody integrates")
def fired_nobody_integrates(answer_leadership, answer_parallel):
    """Parallel work without an engineering leader. Source: leval, pattern 4."""
    return np.where((answer_leadership == -1) * (answer_parallel == 1) == 1, 1, 0)


@quantity(unit="0/1", label="Unreviewed risk")
def fired_unreviewed_risk(answer_regulated, answer_leadership):
    """Regulated data or money without an engineering leader who reviews. Source: insoftex, hidden costs."""
    return np.where((answer_regulated == 1) * (answer_leadership == -1) == 1, 1, 0)


@quantity(unit="0/1", label="On fire now")
def fired_on_fire_now(answer_on_fire, answer_can_wait):
    """It fails right now, or cannot wait for a hire. Source: prodfirm, FAQ on the full-time engineer."""
    return np.where((answer_on_fire == 1) + (answer_can_wait == -1) > 0, 1, 0)


@quantity(unit="0/1", label="No salary")
def fired_no_salary(answer_afford_hire):
    """A senior salary cannot be paid. Source: prodfirm, FAQ on the full-time engineer."""
    return np.where(answer_afford_hire == -1, 1, 0)


@quantity("path", unit="0/1", label="Out: Small and clear")
def gate_small_and_clear(fired_small_and_clear, core_only_freelancer):
    """Only paths whose core is by a freelancer."""
    return fired_small_and_clear * (1 - core_only_freelancer)


@quantity("path", unit="0/1", label="Out: One thing to fix")
def gate_one_thing(fired_one_thing, core_only_freelancer):
    """Only paths whose core is by a freelancer."""
    return fired_one_thing * (1 - core_only_freelancer)


@quantity("path", unit="0/1", label="Out: Unaudited AI code")
def gate_unaudited_ai(fired_unaudited_ai, unprepared_freelance_core):
    """No core by freelancers unless audited or remediated first."""
    return fired_unaudited_ai * unprepared_freelance_core


@quantity("path", unit="0/1", label="Out: Problems keep shifting")
def gate_keeps_shifting(fired_keeps_shifting, unprepared_freelance_core):
    """No core by freelancers unless audited or remediated first."""
    return fired_keeps_shifting * unprepared_freelance_core


@quantity("path", unit="0/1", label="Out: Nobody integrates")
def gate_nobody_integrates(fired_nobody_integrates, team_core):
    """No core by a freelance team."""
    return fired_nobody_integrates * team_core


@quantity("path", unit="0/1", label="Out: Unreviewed risk")
def gate_unreviewed_risk(fired_unreviewed_risk, freelance_core):
    """No core by freelancers."""
    return fired_unreviewed_risk * freelance_core


@quantity("path", unit="0/1", label="Out: On fire now")
def gate_on_fire_now(fired_on_fire_now, hire_first):
    """No path whose first core phase waits for a hire."""
    return fired_on_fire_now * hire_first


@quantity("path", unit="0/1", label="Out: No salary")
def gate_no_salary(fired_no_salary, hires_anyone):
    """No path with a phase by a full-time hire."""
    return fired_no_salary * hires_anyone


@quantity("phase", unit="0/1", label="More skills than its people have")
def too_thin(share, main_share, works_alone, specialists, specialties_per_person, people):
    """A main core phase by one person or a few hires who cannot cover the specialties. Source: prodfirm, table."""
    stretched = (share > main_share) * (specialists > specialties_per_person * people)
    return np.where(stretched * works_alone == 1, 1, 0)


@quantity("path", unit="0/1", label="Out: Too many skills")
def gate_too_many_skills(path, all_path_number, all_too_thin):
    """Not a path whose main core phase needs more specialties than its people cover."""
    return np.minimum(1, summed((all_path_number == path) * all_too_thin))


@quantity(unit="paths", label="Too many skills")
def fired_too_many_skills(all_gate_too_many_skills):
    """How many paths need more specialties than their people cover."""
    return summed(all_gate_too_many_skills)


@quantity("path", unit="0/1", label="Out by other gates")
def excluded_otherwise(
    gate_small_and_clear,
    gate_one_thing,
    gate_unaudited_ai,
    gate_keeps_shifting,
    gate_nobody_integrates,
    gate_unreviewed_risk,
    gate_on_fire_now,
    gate_no_salary,
    gate_too_many_skills,
):
    """1 where any gate but the budget's excludes the path."""
    by_size = gate_small_and_clear + gate_one_thing
    by_risk = gate_unaudited_ai + gate_keeps_shifting + gate_nobody_integrates + gate_unreviewed_risk
    return np.minimum(1, by_size + by_risk + gate_on_fire_now + gate_no_salary + gate_too_many_skills)


@quantity("path", unit="0/1", label="Above the budget")
def above_budget(budget, core_cost):
    """1 where a budget is given and the audit and core phases cost more, to the cent."""
    return np.where(np.isnan(budget), 0, np.where(rounded(core_cost - budget, 2) > 0, 1, 0))


@quantity(unit="0/1", label="Over budget")
def fired_over_budget(budget):
    """1 where a budget is given."""
    return np.where(np.isnan(budget), 0, 1)


@quantity(unit="paths", label="Within the budget and not out otherwise")
def affordable_paths(all_above_budget, all_excluded_otherwise):
    """How many paths no other gate excludes and the budget allows."""
    return summed((all_above_budget == 0) * (all_excluded_otherwise == 0))


@quantity("path", unit="0/1", label="Out: Over budget")
def gate_over_budget(above_budget, affordable_paths):
    """Not a path above the budget while another that no gate excludes stays within it."""
    return above_budget * np.minimum(1, affordable_paths)


@quantity("path", unit="0/1", label="Eligible")
def eligible(excluded_otherwise, gate_over_budget):
    """1 where no gate excludes the path."""
    return (1 - excluded_otherwise) * (1 - gate_over_budget)


GATES = (
    "small_and_clear",
    "one_thing",
    "unaudited_ai",
    "keeps_shifting",
    "nobody_integrates",
    "unreviewed_risk",
    "on_fire_now",
    "no_salary",
    "too_many_skills",
    "over_budget",
)
