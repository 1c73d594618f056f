"""The simulation's figures for a path; the one place where they enter the results."""

from __future__ import annotations

from calc.results.evaluation import Evaluation, plain

FIGURES = ("p10", "p50", "p90", "chance_cheapest", "chance_over_budget")


def simulated_of(evaluation: Evaluation, row: int, path: int) -> dict[str, object]:
    """P10, P50 and P90 of the total, the chances of being the cheapest and of exceeding the budget, and their errors.

    null where no simulation was run, and where there is no budget; `standard_errors` holds the error of each by name.
    """
    if not evaluation.trials:
        return dict.fromkeys(FIGURES) | {"standard_errors": None}
    figures = {name: getattr(evaluation.simulations[row], name) for name in FIGURES}
    values = {name: plain(figure.value[path : path + 1], 1)[0] for name, figure in figures.items()}
    errors = {name: plain(figure.error[path : path + 1], 1)[0] for name, figure in figures.items()}
    return values | {"standard_errors": errors}
