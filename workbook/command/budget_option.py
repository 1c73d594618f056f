"""The option --budget: an amount for all projects of a portfolio together."""

from __future__ import annotations

import math
from typing import Annotated, Any

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


def budget_sentence(choice: dict[str, Any]) -> str:
    """What came of a budget for all projects, of which `summary.json` has the choice."""
    code, projects, without = choice["currency"], len(choice["projects"]), choice["left_out"]
    left = f"; {without:,} row{'s' if without != 1 else ''} without a recommended path not counted" if without else ""
    if choice["short_by"]:
        way = len(choice["in_the_way"])
        return (
            f"the budget of {code} {choice['amount']:,.0f} cannot be met: even the lowest invoices are {code}"
            f" {choice['short_by']:,.0f} above it; {way:,} project{'s' if way != 1 else ''} in the way: see summary.md{left}"
        )
    others = sum(one["path"] != one["recommendation"] for one in choice["projects"])
    return (
        f"the budget of {code} {choice['amount']:,.0f} is met: {code} {choice['chosen']['invoiced']:,.0f} would be invoiced, with"
        f" another path for {others:,} of {projects:,} project{'s' if projects != 1 else ''}; the same scope costs"
        f" {code} {choice['costs_more']:,.0f} more{left}"
    )
