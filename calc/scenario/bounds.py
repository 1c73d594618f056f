"""The limits of overrides, by the parameter's name and unit. Money is bounded in US dollars."""

from calc import catalogue
from calc.scenario.limits import Between
from calc.scenario.schema import MOST_MONTHS

LARGEST_OVERRIDE = 1e9
BY_NAME = {
    "unresolved": Between(0, 1),
    "rewrite": Between(0, 1),
    # A history holds underruns too.
    "rework": Between(-0.5, 5),
    "departures_per_month": Between(0, 1),
    "hours_per_week": Between(1, 168),
    "coordination_hours": Between(0, 168),
    "weeks_per_engagement": Between(0.1, 520),
    "fee_covers_hours": Between(1, 1e6),
    "support_included_months": Between(0, MOST_MONTHS),
}
BY_UNIT = {"share": Between(0, 10), "weeks": Between(0, 520)}
DECISION = "decision"


def bounds(model: str, name: str) -> Between | None:
    """The limit of an override, or None where the model has no such parameter.

    Overrides are in the project's currency, so bounds of money are converted. Settings of the decision keep their
    published unit.
    """
    if model == DECISION:
        setting = catalogue.settings().get(name)
        if setting is None:
            return None
        return Between(setting.allowed.get("min", 0), setting.allowed.get("max", LARGEST_OVERRIDE))
    parameter = catalogue.parameters().get(model, {}).get(name)
    if parameter is None:
        return None
    usual = Between(0, LARGEST_OVERRIDE, money=parameter.in_dollars)
    return BY_NAME.get(name) or BY_UNIT.get(parameter.unit) or usual
