"""The simulation's figures for a path; the one place where they enter the results."""

from __future__ import annotations

from calc.results.evaluation import Evaluation, plain

FIGURES = ("p10", "p50", "p80", "p90", "chance_cheapest", "chance_cheapest_eligible", "chance_over_budget")
# What is paid, of the total: the median, and what four trials of five stay below.
CONTINGENCY = {"p50": "paid_p50", "p80": "paid_p80"}


def simulated_of(evaluation: Evaluation, row: int, path: int) -> dict[str, object]:
    """The range of the total, what may have to be paid, and the chances of being the cheapest and of exceeding the budget.

    null where no simulation was run, and where there is no budget; `standard_errors` holds the error of each by name.
    """
    if not evaluation.trials:
        return dict.fromkeys((*FIGURES, "standard_errors")) | {"contingency": dict.fromkeys(CONTINGENCY)}
    simulation = evaluation.simulations[row]

    def both(name: str) -> tuple[float, float]:
        figure = getattr(simulation, name)
        return plain(figure.value[path : path + 1], 1)[0], plain(figure.error[path : path + 1], 1)[0]

    values = {name: both(name) for name in FIGURES}
    contingency = {level: both(name) for level, name in CONTINGENCY.items()}
    errors: dict[str, object] = {name: error for name, (_, error) in values.items()}
    return {
        **{name: value for name, (value, _) in values.items()},
        "contingency": {level: value for level, (value, _) in contingency.items()},
        "standard_errors": errors | {"contingency": {level: error for level, (_, error) in contingency.items()}},
    }
