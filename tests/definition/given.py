"""What a scenario says, its defaults, and what all of its paths have in common in a case."""

from .settings import settings_of

DEFAULTS = {
    "project": {
        "owner": "",
        "currency": "USD",
        "usd_rate": 1,
        "horizon_months": 12,
        "discount_rate": 0.08,
        "fiscal_month": 1,
    },
    "work": {
        "core_hours": 400,
        "feature_hours_per_month": 40,
        "specialists": 2,
        "hires": 1,
        "location": "published",
        "reviews_per_year": 4,
        "systemic_chance": 0.5,
    },
    "money": {
        "revenue_loss_per_month": 0,
        "incidents_per_month": 0,
        "incident_cost": 0,
        "budget": None,
    },
}
LEADER_RATE_IN_USD = 130
# The fields that may be a range, by section.
ESTIMATES = {
    "core_hours": "work",
    "feature_hours_per_month": "work",
    "revenue_loss_per_month": "money",
    "incidents_per_month": "money",
    "incident_cost": "money",
}


def field(scenario, section, name):
    """A field as it stands in the scenario, or its default."""
    if name == "leader_rate":
        return scenario.get("money", {}).get(name, LEADER_RATE_IN_USD * field(scenario, "project", "usd_rate"))
    return scenario.get(section, {}).get(name, DEFAULTS[section].get(name))


def as_range(value):
    """(low, likely, high) of a number, a list of three, or a dict."""
    if isinstance(value, dict):
        return value["low"], value["likely"], value["high"]
    if isinstance(value, (list, tuple)):
        return tuple(value)
    return value, value, value


def field_in_case(scenario, section, name, case):
    """A field that may be a range: low in the best case, high in the worst."""
    low, likely, high = as_range(field(scenario, section, name))
    return {"best": low, "likely": likely, "worst": high}[case]


def estimates_in_case(scenario, case):
    """{field: number} of everything that may be a range."""
    return {name: field_in_case(scenario, section, name, case) for name, section in ESTIMATES.items()}


def answer(scenario, question):
    return scenario.get("answers", {}).get(question, "unknown")


def is_systemic(scenario):
    for question in ("unknown_cause", "shifting", "ai_generated"):
        if answer(scenario, question) == "yes":
            return 1
    return 0


def describe_job(scenario, estimates):
    """What all paths have in common, with these values of the fields that may be a range."""
    damage = estimates["revenue_loss_per_month"] + estimates["incidents_per_month"] * estimates["incident_cost"]
    return {
        "horizon": field(scenario, "project", "horizon_months"),
        "discount_rate": field(scenario, "project", "discount_rate"),
        "core_hours": estimates["core_hours"],
        "feature_hours": estimates["feature_hours_per_month"],
        "specialists": field(scenario, "work", "specialists"),
        "hires": field(scenario, "work", "hires"),
        "reviews_per_year": field(scenario, "work", "reviews_per_year"),
        "leader_rate": field(scenario, "money", "leader_rate"),
        "systemic": is_systemic(scenario),
        "damage_per_month": damage,
        "constrains_later": "yes" in (answer(scenario, "from_scratch"), answer(scenario, "architecture")),
        "one_off": answer(scenario, "one_off") == "yes",
        "contained": answer(scenario, "contained") == "yes",
        "settings": settings_of(scenario),
    }
