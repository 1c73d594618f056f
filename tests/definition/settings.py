"""The figures that belong to no model and can be changed: assumptions of the definition, by the names of the product."""

SETTINGS = {
    # Costs.
    "rework_after_documentation": 0.5,
    "location_factor": 0.49,
    "weeks_of_full_onboarding": 4,
    "people_stopped_by_one": 3,
    "person_weeks_at_risk": 52,
    "rewrite_month": 9,
    # Decision.
    "core_weight": 0.75,
    "verdict_threshold": 0.2,
    "recommendation_tolerance": 0.15,
    "first_step_bonus": 0.2,
    "team_penalty": 0.2,
    "under_gate_budget": 3000,
    "over_budget_factor": 1.25,
    "specialties_per_person": 2,
    "main_share": 0.5,
    "provisional_below": 1 / 3,
    "performance_low": 0.2,
    "performance_high": 2,
}


def settings_of(scenario):
    """{setting: number}: the scenario's own value, or the definition's; the likely one of a range."""
    own = (scenario.get("overrides") or {}).get("decision") or {}
    return {name: likely(own.get(name, value)) for name, value in SETTINGS.items()}


def likely(value):
    if isinstance(value, dict):
        return value["likely"]
    return value[1] if isinstance(value, (list, tuple)) else value
