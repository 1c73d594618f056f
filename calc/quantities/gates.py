"""What gates look at that no answer says: whether a path's people and budget suffice. Shapes (..., path).

The gates themselves are data (gates.toml), from which their formulas are made: `fired_<id>`, `gate_<id>` and `eligible`.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import smallest_given, summed


@quantity("phase", unit="0/1", label="More skills than its people have")
def too_thin(share, main_share, works_alone, specialists, specialties_per_person, people):
    """A main core phase by one person or a few hires who cannot cover the specialties. Source: prodfirm, table."""
    stretched = (share > main_share) * (specialists > specialties_per_person * people)
    return np.where(stretched * works_alone == 1, 1, 0)


@quantity("path", unit="0/1", label="Too few people for the skills")
def overstretched(path, all_path_number, all_too_thin):
    """1 where a main core phase of the path needs more specialties than its people cover."""
    return np.minimum(1, summed((all_path_number == path) * all_too_thin))


@quantity(unit="0/1", label="Budget given")
def budget_given(budget):
    """1 where a budget is given."""
    return np.where(np.isnan(budget), 0, 1)


@quantity("path", unit="0/1", label="Above the budget")
def above_budget(budget, invoiced):
    """1 where a budget is given and the path is invoiced more, to the cent."""
    return np.where(np.isnan(budget), 0, np.where(rounded(invoiced - budget, 2) > 0, 1, 0))


@quantity(unit="0/1", label="Horizon given")
def horizon_given(horizon_months):
    """1 where there is a horizon to finish within: always."""
    return np.where(horizon_months > 0, 1, 0)


@quantity("path", unit="0/1", label="Late")
def late(finished):
    """1 where the core ends after the horizon."""
    return 1 - finished


@quantity(unit="paths", label="Finished in time, with evidence, not out otherwise")
def timely_paths(all_finished, all_evidence, all_excluded_before_not_finished):
    """How many paths with evidence finish within the horizon that no gate before it excludes."""
    return summed(all_finished * all_evidence * (all_excluded_before_not_finished == 0))


@quantity("path", unit="0/1", label="Late, another is not")
def overdue(late, timely_paths):
    """1 for a path that ends after the horizon while another with evidence finishes within it."""
    return late * np.minimum(1, timely_paths)


@quantity("path", unit="0/1", label="Counts against the budget")
def counted(excluded_before_over_budget, evidence, fit):
    """1 for a path that no gate before it excludes, with evidence and a fit above 0: worth bending a budget for."""
    return np.where((excluded_before_over_budget == 0) * (evidence == 1) * (rounded(fit, 9) > 0) == 1, 1, 0)


@quantity("path", unit="currency", label="Invoiced if it counts")
def counted_invoiced(counted, invoiced):
    """What a path that counts is invoiced, to the cent; empty for the others."""
    return np.where(counted == 1, rounded(invoiced, 2), np.nan)


@quantity(unit="paths", label="Paths that count against the budget")
def counted_paths(all_counted):
    """How many paths count against the budget."""
    return summed(all_counted)


@quantity(unit="currency", label="Least invoiced of these")
def least_invoiced(counted_paths, all_counted_invoiced):
    """The least that a path that counts is invoiced; empty where there is none."""
    return np.where(counted_paths > 0, smallest_given(all_counted_invoiced), np.nan)


@quantity(unit="0/1", label="The budget decides")
def budget_decides(budget_given, counted_paths):
    """1 where a budget is given and there are paths that it can be held against."""
    return budget_given * np.minimum(1, counted_paths)


@quantity(unit="0/1", label="No path that counts stays within the budget")
def budget_bent(budget_decides, budget, least_invoiced):
    """1 where every path that counts is invoiced more than the budget, so that it is bent as little as possible."""
    return np.where(budget_decides == 1, np.where(least_invoiced > budget, 1, 0), 0)


@quantity(unit="currency", label="Most that may be invoiced")
def budget_limit(budget_decides, budget_bent, budget, least_invoiced, over_budget_factor):
    """The budget where a path that counts stays within it; else so many times the least of them, or the budget."""
    stretched = np.where(budget_bent == 1, np.maximum(budget, least_invoiced * over_budget_factor), budget)
    return np.where(budget_decides == 1, stretched, np.nan)


@quantity("path", unit="0/1", label="Invoiced more than that")
def unaffordable(budget_decides, budget_limit, invoiced):
    """1 for a path that is invoiced more than the budget allows, to the cent."""
    above = np.where(rounded(rounded(invoiced, 2) - budget_limit, 2) > 0, 1, 0)
    return np.where(budget_decides == 1, above, 0)
