"""The option --budget: an amount for all projects of a portfolio together."""

from __future__ import annotations

import math
from typing import Annotated

import typer

BudgetAmount = Annotated[
    float | None,
    typer.Option("--budget", min=0, metavar="X", help="Also choose each project's path within a budget for all."),
]


def check_budget(budget: float | None) -> None:
    """Refuse, before anything is done, what is no amount, and any where nothing can solve it."""
    if budget is None:
        return
    if not math.isfinite(budget):
        raise typer.BadParameter(f"{budget} is not an amount, such as 2500000", param_hint="--budget")
    from calc.budget import NoSolverError, check_solver

    try:
        check_solver()
    except NoSolverError as error:
        raise typer.BadParameter(str(error), param_hint="--budget") from None
