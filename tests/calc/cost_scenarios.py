"""Random scenarios for whatever changes a cost: estimates, place, reviews, answers, own figures and own paths.

As plain data in the form of a scenario file; the same generator state gives the same scenario.
"""

from __future__ import annotations

from random import Random
from typing import Any

from calc import catalogue

RATES = {"EUR": 0.92, "JPY": 151.37, "KWD": 0.307}
ANSWERS = ("yes", "no", "unknown")
DECIDING = ("unknown_cause", "shifting", "ai_generated", "from_scratch", "architecture", "one_off", "contained")
SHARES = ([1], [0.25, 0.75], [0.5, 0.5], [0.25, 0.25, 0.5])


def random_scenario(random: Random) -> dict[str, Any]:
    """A scenario that the product takes, with fields left out now and then."""
    rate = 1.0
    project: dict[str, Any] = {"name": "Any project", "start": "2026-12-01"}
    if random.random() < 0.3:
        project["currency"] = random.choice(sorted(RATES))
        project["usd_rate"] = rate = RATES[project["currency"]]
    project["horizon_months"] = random.choice([3, 6, 9, 10, 12, 24, 36, 60])
    project["discount_rate"] = random.choice([0, 0.08, 0.3, 1])
    scenario = {
        "project": project,
        "work": _work(random),
        "money": _money(random, rate),
        "answers": {question: random.choice(ANSWERS) for question in DECIDING},
        "overrides": _overrides(random, rate),
        "paths": {f"own_{at}": _path(random) for at in range(random.choice([0, 0, 1]))},
    }
    return {section: fields for section, fields in scenario.items() if fields}


def _work(random: Random) -> dict[str, Any]:
    largest = random.choice([10, 400, 4000, 60_000])
    work = {
        "core_hours": _estimate(random, 1, largest),
        "feature_hours_per_month": random.choice([0, _estimate(random, 0, 300), _estimate(random, 0, 5000)]),
        "specialists": random.choice([1, 2, 3, 4, 10, 50]),
        "hires": random.choice([1, 2, 5]),
        "location": random.choice(["published", "us", "eastern_europe"]),
        "reviews_per_year": random.choice([0, 1, 4, 12]),
    }
    return {name: value for name, value in work.items() if random.random() < 0.8}


def _money(random: Random, rate: float) -> dict[str, Any]:
    money = {
        "leader_rate": random.choice([0, 100 * rate, 1500 * rate]),
        "revenue_loss_per_month": _estimate(random, 0, 50_000 * rate),
        "incidents_per_month": _estimate(random, 0, 8),
        "incident_cost": _estimate(random, 0, 2000 * rate),
    }
    return {name: value for name, value in money.items() if random.random() < 0.6}


def _estimate(random: Random, low: float, high: float) -> float | list[float]:
    ends = sorted(round(random.uniform(low, high), random.choice([0, 3])) for _ in range(3))
    return ends if random.random() < 0.4 else ends[1]


def _overrides(random: Random, rate: float) -> dict[str, dict[str, Any]]:
    """Own figures, of any size between nothing and some times what is published."""
    overrides: dict[str, dict[str, Any]] = {}
    for model, name, parameter in random.sample(catalogue.parameter_rows(), random.choice([0, 0, 3, 20])):
        factor = rate if parameter.in_dollars else 1
        usual = (parameter.range.high or 0.3) * factor
        low = 1 if name in ("hours_per_week", "fee_covers_hours", "weeks_per_engagement") else 0
        high = 1 if name in ("unresolved", "departures_per_month", "rewrite") else max(usual * 2, low)
        overrides.setdefault(model, {})[name] = _estimate(
            random, low, min(high, 100) if name == "hours_per_week" else high
        )
    return overrides


def _path(random: Random) -> dict[str, Any]:
    """Audits, core phases that follow each other, and who runs it, by any model; sometimes a retainer."""
    models = list(catalogue.models())
    phases: list[dict[str, Any]] = []
    for share in random.choice(SHARES):
        if random.random() < 0.4:
            phases.append({"work": "audit", "model": random.choice(models), "weeks": random.choice([1, 2.5])})
        phases.append({"work": "core", "model": random.choice(models), "share": share})
    phases.append({"work": "run", "model": random.choice(models)})
    if random.random() < 0.3:
        phases.append({"work": "retainer", "model": "production_firm"})
    return {"label": "A path of one's own", "phases": phases}
