"""The figures of every model in the currency of the project, at the end of their range that a case wants."""

from .given import as_range, field
from .settings import settings_of

HIGH_IS_BETTER = ["hours_per_week", "price_overhead", "support_included_months"]
# What the place where people work multiplies.
OF_THE_PLACE = ["rate", "run_rate", "fee", "retainer_per_quarter", "annual_cost"]


def place_factor(model, name, scenario, facts):
    """What the place where everybody works makes of a published price."""
    location = field(scenario, "work", "location")
    if name not in OF_THE_PLACE or location in ("published", facts["models"][model]["located"]):
        return 1
    factor = settings_of(scenario)["location_factor"]
    return factor if location == "eastern_europe" else 1 / factor


def published(scenario, facts):
    """{model: {parameter: (low, likely, high)}} in the currency and at the place of the project, without overrides."""
    usd_rate = field(scenario, "project", "usd_rate")
    ranges = {}
    for model in facts["models"]:
        ranges[model] = {}
        for name, fact in facts["parameters"].get(model, {}).items():
            factor = usd_rate if fact["unit"].startswith("USD") else 1
            factor = factor * place_factor(model, name, scenario, facts)
            ranges[model][name] = (fact["low"] * factor, fact["likely"] * factor, fact["high"] * factor)
    return ranges


def ranges_of(scenario, facts):
    """The same with the scenario's own values, which nothing converts."""
    ranges = published(scenario, facts)
    overrides = scenario.get("overrides") or {}
    for model in facts["models"]:
        for name, value in (overrides.get(model) or {}).items():
            ranges[model][name] = as_range(value)
    return ranges


def parameters_in_case(scenario, facts, case):
    """{model: {parameter: number}}: the better or the worse end of each range, according to the case."""
    return {
        model: {name: pick(name, ends, case) for name, ends in of_model.items()}
        for model, of_model in ranges_of(scenario, facts).items()
    }


def pick(name, ends, case):
    low, likely, high = ends
    if case == "likely":
        return likely
    wants_high = name in HIGH_IS_BETTER
    if case == "worst":
        wants_high = not wants_high
    return high if wants_high else low
