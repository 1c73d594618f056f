"""Scenarios that are simulated, and figures drawn by scipy."""

import tomllib
from pathlib import Path

import numpy as np
from scipy import stats

from calc import catalogue
from calc.facts import facts
from calc.scenario import scenario

EXAMPLES = Path(__file__).parents[3] / "build" / "examples"
FACTS = facts()
FIGURES = (
    "p10", "p50", "p80", "p90", "mean", "paid_p50", "paid_p80", "chance_cheapest", "chance_cheapest_eligible",
    "chance_over_budget",
)  # fmt: skip
RHO = catalogue.settings()["correlation"].value
INDEPENDENT = {"decision": {"correlation": 0}}
LEVELS = {"p10": 0.1, "p50": 0.5, "p80": 0.8, "p90": 0.9}


def plain(**sections):
    return {"project": {"name": "Case", "start": "2026-12-01"}} | sections


def example(name):
    return scenario(tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")))


def every_example():
    return [example(path.stem) for path in sorted(EXAMPLES.glob("*.toml"))]


def certain():
    """Overrides that leave no range: every parameter has its likely value."""
    found = {}
    for model, name, parameter in catalogue.parameter_rows():
        found.setdefault(model, {})[name] = parameter.range.likely
    return found


def only_the_rate_is_uncertain():
    overrides = certain() | INDEPENDENT
    overrides["freelancer"]["rate"] = [60, 100, 150]
    return scenario(plain(overrides=overrides))


def in_common(chances, place):
    """The chance of a figure with what all figures of the trial have in common."""
    z = place.side * RHO**0.5 * stats.norm.ppf(chances[-1]) + (1 - RHO) ** 0.5 * stats.norm.ppf(chances[place.column])
    return stats.norm.cdf(-z if place.against else z)


def by_scipy(low, likely, high, chance):
    if low == high:
        return likely
    alpha, beta = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
    return float(stats.beta.ppf(chance, alpha, beta, loc=low, scale=high - low))


def lognormal(low, likely, high, chance):
    """Through P10, the median and P90, each side of the median with a spread of its own."""
    if low == high:
        return likely
    sigma = np.log(likely / low if chance < 0.5 else high / likely) / stats.norm.ppf(0.9)
    return float(stats.lognorm.ppf(chance, sigma, scale=likely))


def in_the_best_case(low, likely, high, chance, quantile_of=by_scipy):
    """A range whose ends are the figure drawn, so that the best case takes it and knows the likely value as well."""
    drawn = quantile_of(low, likely, high, chance)
    return drawn, likely, drawn
