"""The simulation of the definition: every range is a modified PERT distribution, and figures that are one thing take one rank.

All share one normal draw; the core hours are lognormal through P10, the median and P90.
"""

import numpy as np
from scipy import stats

from .given import ESTIMATES, as_range, field
from .model import costs_at
from .parameters import HIGH_IS_BETTER, ranges_of

SHAPE = 4
CORRELATION = 0.2
# (model, or any; the figure that is drawn; the one that follows it; whether at the opposite end).
TIED = (
    (None, "rate", "run_rate", False),
    (None, "fee", "fee_covers_hours", False),
    ("fixed_price_shop", "rate", "price_overhead", True),
)


def drawn(ends, chances):
    """The values of a range at these chances."""
    low, likely, high = ends
    if low == high:
        return np.full(len(chances), float(likely))
    alpha = 1 + SHAPE * (likely - low) / (high - low)
    beta = 1 + SHAPE * (high - likely) / (high - low)
    return stats.beta.ppf(chances, alpha, beta, loc=low, scale=high - low)


def lognormal(ends, chances):
    """The same of a range with a tail: each side of the median has a spread of its own."""
    low, likely, high = ends
    z = stats.norm.ppf(chances) / stats.norm.ppf(0.9)
    return likely * np.where(z < 0, likely / low, high / likely) ** z


def together(own, common, worse_is_high):
    """Chances that are high together with the common ones, or low where the low end is the worse one."""
    side = 1 if worse_is_high else -1
    z = side * CORRELATION**0.5 * stats.norm.ppf(common) + (1 - CORRELATION) ** 0.5 * stats.norm.ppf(own)
    return stats.norm.cdf(z)


def trials(scenario, facts, count, seed=1):
    """[{path: results}, ...], one for each trial."""
    rng = np.random.default_rng(seed)
    ranges = ranges_of(scenario, facts)
    common = rng.random(count)
    chances = {
        (model, name): together(rng.random(count), common, name not in HIGH_IS_BETTER)
        for model in ranges
        for name in ranges[model]
    }
    for model, leader, follower, opposite in TIED:
        for tied_model in [model] if model else list(ranges):
            if {leader, follower} <= ranges[tied_model].keys():
                of_leader = chances[tied_model, leader]
                chances[tied_model, follower] = 1 - of_leader if opposite else of_leader
    values = {key: drawn(ranges[key[0]][key[1]], chance) for key, chance in chances.items()}
    estimates = {
        name: (lognormal if name == "core_hours" else drawn)(
            as_range(field(scenario, section, name)), together(rng.random(count), common, True)
        )
        for name, section in ESTIMATES.items()
    }
    found = []
    for number in range(count):
        of_models = {model: {name: float(values[model, name][number]) for name in ranges[model]} for model in ranges}
        of_fields = {name: float(drawn_values[number]) for name, drawn_values in estimates.items()}
        found.append(costs_at(scenario, facts, of_models, of_fields))
    return found


def cheapest(trial, paths):
    """The path with the lowest total and what lies beyond the horizon, undiscounted; the earlier one on a tie."""
    return min(paths, key=lambda path: trial[path]["total"] + sum(trial[path]["beyond"].values()))
