"""What an override of a parameter may be, by the parameter's name and unit."""

from calc import catalogue
from calc.scenario.schema import MOST_MONTHS

LARGEST_AMOUNT = 1e9
BY_NAME = {
    "unresolved": (0, 1),
    "departures_per_month": (0, 1),
    "hours_per_week": (1, 168),
    "coordination_hours": (0, 168),
    "weeks_per_engagement": (0.1, 520),
    "fee_covers_hours": (1, 1e6),
    "support_included_months": (0, MOST_MONTHS),
}
BY_UNIT = {"share": (0, 10), "weeks": (0, 520)}


def bounds(model: str, name: str) -> tuple[float, float] | None:
    """Lowest and highest value that an override may take, or None where the model has no such parameter."""
    if model == "decision":
        setting = catalogue.settings().get(name)
        return None if setting is None else (setting.allowed.get("min", 0), setting.allowed.get("max", LARGEST_AMOUNT))
    parameter = catalogue.parameters().get(model, {}).get(name)
    if parameter is None:
        return None
    return BY_NAME.get(name) or BY_UNIT.get(parameter.unit) or (0, LARGEST_AMOUNT)
