"""Until the model delivers them: same scope, the same place and what is invoiced. This file goes when it does."""

from calc.quantity import quantity
from calc.reductions import summed


@quantity("path", unit="currency", label="Same scope")
def same_scope(npv):
    """Stand-in: the net present value."""
    return npv * 1


@quantity("path", unit="currency", label="Same scope, all in one place")
def same_place(npv):
    """Stand-in: the net present value."""
    return npv * 1


@quantity("path", unit="currency", label="Invoiced")
def invoiced(path, all_path_number, all_labour_cost, all_hidden_scope_cost, all_rework_cost, all_onboarding_cost):
    """Labour, hidden scope, rework and onboarding of the audit and core phases, whole."""
    cost = all_labour_cost + all_hidden_scope_cost + all_rework_cost + all_onboarding_cost
    return summed((all_path_number == path) * cost)
