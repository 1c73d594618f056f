"""What gates look at that no answer says: whether a path's people and budget suffice. Shapes (..., path).

The gates themselves are data (gates.toml), from which their formulas are made: `fired_<id>`, `gate_<id>` and `eligible`.
"""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import summed


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
def above_budget(budget, core_cost):
    """1 where a budget is given and the audit and core phases cost more, to the cent."""
    return np.where(np.isnan(budget), 0, np.where(rounded(core_cost - budget, 2) > 0, 1, 0))


@quantity(unit="paths", label="Within the budget and not out otherwise")
def affordable_paths(all_above_budget, all_excluded_before_over_budget):
    """How many paths the budget allows that no gate before it excludes."""
    return summed((all_above_budget == 0) * (all_excluded_before_over_budget == 0))


@quantity("path", unit="0/1", label="Above the budget, another is not")
def unaffordable(above_budget, affordable_paths):
    """1 for a path above the budget while another that no gate before it excludes stays within it."""
    return above_budget * np.minimum(1, affordable_paths)
