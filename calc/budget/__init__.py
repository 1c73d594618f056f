"""A budget for many projects: which path for which, so that they stay within it and cost least for the same scope.

chosen(choices, budget)     a position for each project, proved best or with the gap that is left
"""

from calc.budget.choosing import Choice, Chosen, NoSolverError, check_solver, chosen

__all__ = ["Choice", "Chosen", "NoSolverError", "check_solver", "chosen"]
