"""Random valid scenarios, written separately from the product from the definition of the model, to judge it.

A scenario comes in the form of a scenario file (JSON-ready: the start is an ISO date), often with fields left out, so
that defaults are judged too. The same generator state gives the same scenario.
"""

import datetime

from .answers import QUESTIONS
from .lenses import ALTERNATIVE
from .paths import MODELS

HOURLY = ["freelancer", "freelancer_team", "fixed_price_shop", "engineering_partner", "dedicated_engineer"]
RATES = {"USD": 1, "EUR": 0.92, "GBP": 0.79, "CHF": 0.885, "JPY": 151.37, "INR": 83.4, "KWD": 0.307}

# Parameter: (models that have it, lowest, highest sensible value, is it money).
PARAMETERS = {
    "rate": (HOURLY, 20, 300, True),
    "run_rate": (HOURLY + ["production_firm"], 20, 300, True),
    "price_overhead": (HOURLY, 0, 1, False),
    "fee": (["production_firm"], 2000, 80000, True),
    "fee_covers_hours": (["production_firm"], 50, 600, False),
    "weeks_per_engagement": (["production_firm"], 1, 12, False),
    "annual_cost": (["full_time"], 40000, 400000, True),
    "hours_per_week": (MODELS, 10, 45, False),
    "lead_weeks": (MODELS, 0, 20, False),
    "onboarding_weeks": (MODELS, 0, 12, False),
    "rework": (MODELS, 0, 0.8, False),
    "hidden_scope": (MODELS, 0, 1, False),
    "coordination_hours": (MODELS, 0, 15, False),
    "review": (MODELS, 0, 0.4, False),
    "departures_per_month": (MODELS, 0, 0.2, False),
    "replacement_weeks": (MODELS, 0, 15, False),
    "replacement_share": (MODELS, 0, 0.6, False),
    "support": (MODELS, 0, 0.1, False),
    "support_included_months": (MODELS, 0, 6, False),
    "unresolved": (MODELS, 0, 1, False),
    "retainer_per_quarter": (["production_firm"], 500, 15000, True),
    "recruiting": (["full_time"], 0, 0.5, False),
    "rewrite": (MODELS, 0, 0.8, False),
}

# The assumptions of the decision and of the model that a scenario may replace, with sensible ends.
SETTINGS = {
    "core_weight": (0.4, 1),
    "verdict_threshold": (0.05, 0.5),
    "recommendation_tolerance": (0, 0.5),
    "first_step_bonus": (0, 0.4),
    "team_penalty": (0, 0.4),
    "rework_after_documentation": (0, 1),
    "specialties_per_person": (1, 4),
    "main_share": (0.2, 0.8),
    "provisional_below": (0.1, 0.9),
    "over_budget_factor": (1, 2),
    "location_factor": (0.2, 1),
    "weeks_of_full_onboarding": (1, 12),
    "people_stopped_by_one": (1, 10),
    "person_weeks_at_risk": (10, 200),
    "rewrite_month": (1, 24),
}

# What tends to be answered yes, and no, together.
THEMES = [
    (
        "bounded isolated verifiable contained leadership stable",
        "architecture long shifting unknown_cause ai_generated",
    ),
    ("ai_generated bounded isolated", "unknown_cause shifting regulated on_fire"),
    ("ai_generated unknown_cause shifting losing deadline", "bounded isolated leadership stable"),
    ("on_fire losing deadline", "can_wait bounded from_scratch"),
    ("from_scratch regulated ai_core long pushback scope_evolves", "leadership bounded on_fire shifting"),
    ("vision scope_evolves failure_modes iterate parallel", "leadership shifting unknown_cause ai_generated"),
    ("ai_core lifecycle ip scale afford_hire can_wait long", "on_fire shifting unknown_cause ai_generated"),
    ("experiment one_off quick data_work specialist", "traction long conversations parallel shifting"),
    ("ai_core traction lifecycle long iterate", "afford_hire shifting unknown_cause ai_generated"),
]

# Shares of core phases; each adds up to exactly 1 in binary arithmetic too.
SHARES = [[1], [0.2, 0.8], [0.25, 0.75], [0.5, 0.5], [0.6, 0.4], [0.9, 0.1], [0.25, 0.25, 0.5], [0.2, 0.3, 0.5]]


def chance(rng, probability):
    return rng.random() < probability


def number(rng, low, high):
    """Sometimes a whole number, sometimes with decimals, within the limits."""
    value = round(rng.uniform(low, high), rng.choice([0, 1, 2, 4]))
    value = min(max(value, low), high)
    return int(value) if value == int(value) and chance(rng, 0.5) else value


def three(rng, low, high):
    """Low, likely and high in order; sometimes two or all of them equal."""
    values = sorted(number(rng, low, high) for _ in range(3))
    if chance(rng, 0.1):
        values[1] = values[0]
    if chance(rng, 0.1):
        values[2] = values[1]
    return values


def number_or_range(rng, low, high):
    return three(rng, low, high) if chance(rng, 0.35) else number(rng, low, high)


def random_project(rng, wild):
    currency = "USD" if chance(rng, 0.6) else rng.choice(sorted(RATES))
    start = datetime.date(2024, 1, 1) + datetime.timedelta(days=rng.randrange(1500))
    if wild:
        start = rng.choice([datetime.date(2000, 1, 1), datetime.date(2100, 12, 31), datetime.date(2028, 2, 29), start])
    project = {"name": f"Case {rng.randrange(10**6)}", "start": start.isoformat()}
    if chance(rng, 0.5):
        project["owner"] = rng.choice(["", "Finance", "Ann Example", "Zoë Müller"])
    if currency != "USD":
        project["currency"] = currency
        project["usd_rate"] = 1 if chance(rng, 0.1) else RATES[currency]
    elif chance(rng, 0.3):
        project["currency"] = "USD"
        project["usd_rate"] = 1
    if chance(rng, 0.7):
        project["horizon_months"] = rng.choice([3, 60, 3, 60, 4, 59]) if wild else rng.choice([6, 9, 12, 18, 24, 36])
    if chance(rng, 0.5):
        project["discount_rate"] = rng.choice([0, 1]) if wild else round(rng.uniform(0, 0.3), 3)
    if chance(rng, 0.3):
        project["fiscal_month"] = rng.choice([1, 12, rng.randint(1, 12)])
    return project


def random_place_and_reviews(rng):
    work = {}
    if chance(rng, 0.4):
        work["location"] = rng.choice(["published", "us", "eastern_europe"])
    if chance(rng, 0.3):
        work["reviews_per_year"] = rng.choice([0, 1, 4, 12])
    if chance(rng, 0.3):
        work["systemic_chance"] = rng.choice([0, 1, round(rng.uniform(0, 1), 2)])
    return work


def random_work(rng, wild):
    work = random_place_and_reviews(rng)
    if wild:
        work["core_hours"] = rng.choice([1, 100000, [1, 1, 100000], [1, 500, 100000], number_or_range(rng, 1, 100000)])
        work["feature_hours_per_month"] = rng.choice([0, 10000, [0, 0, 10000], number_or_range(rng, 0, 10000)])
        work["specialists"] = rng.choice([1, 50, rng.randint(1, 50)])
        work["hires"] = rng.choice([1, 50, rng.randint(1, 50)])
        return work
    if chance(rng, 0.85):
        work["core_hours"] = number_or_range(rng, *rng.choice([(10, 100), (100, 800), (300, 4000)]))
    if chance(rng, 0.8):
        work["feature_hours_per_month"] = 0 if chance(rng, 0.15) else number_or_range(rng, 0, rng.choice([80, 400]))
    if chance(rng, 0.7):
        work["specialists"] = rng.choice([1, 1, 2, 3, 3, 4, 5, 8])
    if chance(rng, 0.5):
        work["hires"] = rng.choice([1, 1, 2, 3])
    return work


def random_budget(rng, wild):
    """In USD: below the small-job limit, around the cost of an engagement, or ample."""
    if wild and chance(rng, 0.5):
        return rng.choice([0, 2999.99, 3000, 10**9])
    return rng.choice(
        [number(rng, 0, 2999), number(rng, 3000, 20000), number(rng, 20000, 80000), number(rng, 80000, 400000)]
    )


def random_money(rng, wild, usd_rate):
    money = {}
    if chance(rng, 0.5):
        money["leader_rate"] = rng.choice([0, 2000 * usd_rate]) if wild else number(rng, 0, 300 * usd_rate)
    if chance(rng, 0.5):
        money["revenue_loss_per_month"] = number_or_range(rng, 0, rng.choice([2000, 30000]) * usd_rate)
    if chance(rng, 0.4):
        money["incidents_per_month"] = number_or_range(rng, 0, 12)
        money["incident_cost"] = number_or_range(rng, 0, 4000 * usd_rate)
    if wild and chance(rng, 0.5):
        money.update({"revenue_loss_per_month": rng.choice([0, [0, 0, 10**6], 10**7]), "incidents_per_month": 0})
    if chance(rng, 0.5):
        money["budget"] = round(random_budget(rng, wild) * usd_rate, 2)
    return money


def random_answers(rng, wild):
    """Sometimes a theme that belongs together, and whatever else comes up around it."""
    density = rng.choice([0, 1]) if wild else rng.choice([0, 0.1, 0.3, 0.5, 0.7, 0.9, 1])
    share_of_yes = rng.choice([0.2, 0.5, 0.5, 0.8])
    answers = {}
    for question in QUESTIONS:
        if chance(rng, density):
            answers[question] = "yes" if chance(rng, share_of_yes) else "no"
        elif chance(rng, 0.3):
            answers[question] = "unknown"
    if chance(rng, 0.4):
        yes, no = rng.choice(THEMES)
        themed = dict.fromkeys(yes.split(), "yes") | dict.fromkeys(no.split(), "no")
        answers |= {question: said for question, said in themed.items() if chance(rng, 0.9)}
    return answers


def random_overrides(rng, wild, usd_rate):
    overrides = {}
    if chance(rng, 0.5):
        return overrides
    for _ in range(rng.choice([1, 2, 5, 12])):
        name = rng.choice(sorted(PARAMETERS))
        models, low, high, is_money = PARAMETERS[name]
        factor = usd_rate if is_money else 1
        if chance(rng, 0.5):
            value = number(rng, low * factor, high * factor)
            if wild:
                value = rng.choice([low * factor, high * factor])
        else:
            value = three(rng, low * factor, high * factor)
            if chance(rng, 0.5):
                value = dict(zip(["low", "likely", "high"], value, strict=True))
        overrides.setdefault(rng.choice(models), {})[name] = value
    if chance(rng, 0.25):
        for name in rng.sample(sorted(SETTINGS), 2):
            overrides.setdefault("decision", {})[name] = round(rng.uniform(*SETTINGS[name]), 2)
    return overrides


def random_weights(rng):
    if chance(rng, 0.6):
        return {}
    if chance(rng, 0.1):
        return dict.fromkeys(ALTERNATIVE, 0)
    return {lens: rng.choice([0, 0.5, 1, 1, 2, 2.5, 5]) for lens in ALTERNATIVE if chance(rng, 0.8)}


def random_path(rng):
    """One user path: audits and core phases, one run, sometimes a retainer. Neighbouring core phases differ in model."""
    phases = []
    if chance(rng, 0.4):
        phases.append({"work": "audit", "model": rng.choice(MODELS), "weeks": rng.choice([1, 2, 3, 4.5])})
    previous = None
    for position, share in enumerate(rng.choice(SHARES)):
        if position > 0 and chance(rng, 0.2):
            phases.append({"work": "audit", "model": rng.choice(MODELS), "weeks": rng.choice([1, 2])})
        previous = rng.choice([model for model in MODELS if model != previous])
        phases.append({"work": "core", "model": previous, "share": share})
    phases.append({"work": "run", "model": rng.choice(MODELS)})
    if chance(rng, 0.3):
        phases.append({"work": "retainer", "model": "production_firm"})
    return phases


def random_paths(rng):
    if chance(rng, 0.7):
        return {}
    if chance(rng, 0.3):
        phases = [{"work": "core", "model": "fixed_price_shop", "share": 1}, {"work": "run", "model": "freelancer"}]
        return {"shop_then_freelancer": {"label": "Shop, then a freelancer", "phases": phases}}
    return {"my_own_path": {"label": "My own path", "phases": random_path(rng)}}


def random_scenario(rng, wild=False):
    """A valid scenario in the form of a scenario file; `wild` stretches it to the ends of what is allowed."""
    project = random_project(rng, wild)
    usd_rate = project.get("usd_rate", 1)
    scenario = {
        "project": project,
        "work": random_work(rng, wild),
        "money": random_money(rng, wild, usd_rate),
        "answers": random_answers(rng, wild),
    }
    optional = {
        "overrides": random_overrides(rng, wild, usd_rate),
        "weights": random_weights(rng),
        "paths": random_paths(rng),
    }
    for section, content in optional.items():
        if content:
            scenario[section] = content
    return scenario
