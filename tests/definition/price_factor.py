"""At which factor on its price a path that fits well enough would be recommended."""

from .given import describe_job, estimates_in_case
from .model import path_costs
from .parameters import parameters_in_case
from .paths import all_paths

PRICES = ("rate", "run_rate", "fee", "annual_cost")


def price_factor(scenario, facts, path, recommended):
    """What the prices of the path's models would have to be multiplied by; None where no price is low enough.

    What the recommended path costs stays, also where both have a model in common. The same scope is linear in the factor, so
    what it is at prices of nothing and as they are gives it.
    """
    values = parameters_in_case(scenario, facts, "likely")
    job = describe_job(scenario, estimates_in_case(scenario, "likely"))
    phases = all_paths(scenario, facts)

    def same_scope(of, factor):
        scaled = {
            model: {name: value * factor if name in PRICES else value for name, value in of_model.items()}
            for model, of_model in values.items()
        }
        return path_costs(phases[of], scaled, values, facts["models"], job)["same_scope"]

    wanted, at_nothing, as_it_is = same_scope(recommended, 1), same_scope(path, 0), same_scope(path, 1)
    if as_it_is <= at_nothing or wanted <= at_nothing:
        return None
    return (wanted - at_nothing) / (as_it_is - at_nothing)
