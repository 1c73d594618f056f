"""What the simulation says of a path. This is the one place where its figures enter the results."""

from __future__ import annotations

from calc.results.evaluation import Evaluation

FIGURES = ("p10", "p50", "p90", "chance_cheapest")


def simulated_of(evaluation: Evaluation, row: int, path: int) -> dict[str, float | None]:
    """P10, P50 and P90 of the total, and the chance of being the cheapest; null until a simulation is run."""
    return dict.fromkeys(FIGURES)
