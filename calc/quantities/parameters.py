"""From a published or overridden range, low / likely / high, to the value that the chosen case takes."""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity


@quantity("parameter", unit="factor", label="Published place to chosen place")
def place_factor(in_dollars, located, place, location_factor):
    """What the place of work makes of a published price. located, place: 1 the US, -1 Eastern Europe, place 0 as published."""
    moved = np.where(place > 0, 1 / location_factor, location_factor)
    return np.where(in_dollars * located * place < 0, moved, 1)


@quantity("parameter", unit="factor", label="Published unit to project currency")
def conversion(in_dollars, usd_rate, place_factor):
    """Currency units per published unit: exchange rate and place of work for money, 1 for everything else."""
    return np.where(in_dollars == 1, usd_rate, 1) * place_factor


@quantity("parameter", unit="factor", label="In the US for one in force")
def in_us(in_dollars, located, location_factor, place_factor, override_likely):
    """What the figure would be in the US for one unit of what it is; an override is never converted."""
    there = np.where(in_dollars * located < 0, 1 / location_factor, 1)
    return np.where(np.isnan(override_likely), there / place_factor, 1)


@quantity(unit="currency/h", label="Leader's time in force")
def leader_rate_in_force(leader_rate, usual_leader_rate, usd_rate):
    """What an hour of the founder, CTO or lead is worth: as the project says, else the published figure, converted."""
    return np.where(np.isnan(leader_rate), usual_leader_rate * usd_rate, leader_rate)


@quantity("parameter", unit="as named", label="Low")
def low(published_low, conversion, override_low, override_likely):
    """Low end in force. An override (in project currency) replaces the range; its empty low end follows its likely value."""
    return np.where(
        np.isnan(override_likely),
        published_low * conversion,
        np.where(np.isnan(override_low), override_likely, override_low),
    )


@quantity("parameter", unit="as named", label="Likely")
def likely(published_likely, conversion, override_likely):
    """Likely value in force: the override where there is one, else the published figure in project currency."""
    return np.where(np.isnan(override_likely), published_likely * conversion, override_likely)


@quantity("parameter", unit="as named", label="High")
def high(published_high, conversion, override_high, override_likely):
    """High end in force, like the low end."""
    return np.where(
        np.isnan(override_likely),
        published_high * conversion,
        np.where(np.isnan(override_high), override_likely, override_high),
    )


@quantity("parameter", unit="0/1", label="Has a tail")
def tail(is_overrun, low, likely, high, history_low, history_likely, history_high):
    """1 where the range in force is P10, median and P90 of one's own past overruns, which go on beyond them; else 0."""
    off = np.maximum(
        np.abs(likely - history_likely), np.maximum(np.abs(low - history_low), np.abs(high - history_high))
    )
    return np.where(np.isnan(history_likely), 0, is_overrun * (rounded(off, 9) == 0))


@quantity("parameter", unit="as named", label="Published, low, in project currency")
def published_from(published_low, conversion):
    """Low end of the published range, in the currency and at the place of the project."""
    return published_low * conversion


@quantity("parameter", unit="as named", label="Published, high, in project currency")
def published_to(published_high, conversion):
    """High end of the published range, in the currency and at the place of the project."""
    return published_high * conversion


@quantity("parameter", unit="share", label="Own figure beside the published range")
def beside_published(override_likely, published_from, published_to):
    """How far an own figure or a quote lies above the published range, or below it (negative); 0 within it."""
    above = np.maximum(override_likely - published_to, 0) / published_to
    below = np.minimum(override_likely - published_from, 0) / published_from
    return np.where(np.isnan(override_likely), 0, np.where(published_from > 0, above + below, 0))


@quantity("parameter", unit="as named", label="Best for the payer")
def best(high_is_better, low, high):
    """The end of the range that is better for the payer."""
    return np.where(high_is_better == 1, high, low)


@quantity("parameter", unit="as named", label="Worst for the payer")
def worst(high_is_better, low, high):
    """The end of the range that is worse for the payer."""
    return np.where(high_is_better == 1, low, high)


@quantity("parameter", unit="as named", label="In the chosen case")
def value(case_number, best, likely, worst):
    """The value that the case takes. case_number: 1 best, 2 likely, 3 worst."""
    return np.choose(case_number - 1, [best, likely, worst])


@quantity("estimate", unit="as named", label="Low")
def estimate_low(given_low, given_likely):
    """Low end of the project's own estimate; follows the likely value while it is empty."""
    return np.where(np.isnan(given_low), given_likely, given_low)


@quantity("estimate", unit="as named", label="High")
def estimate_high(given_high, given_likely):
    """High end of the project's own estimate; follows the likely value while it is empty."""
    return np.where(np.isnan(given_high), given_likely, given_high)


@quantity("estimate", unit="as named", label="In the chosen case")
def estimate(case_number, estimate_low, given_likely, estimate_high):
    """The estimate that the case takes: low in the best case, high in the worst. case_number: 1 best, 2 likely, 3 worst."""
    return np.choose(case_number - 1, [estimate_low, given_likely, estimate_high])


@quantity("setting", unit="as named", label="In force")
def setting(published_setting, override_setting):
    """A single value of the decision or the calendar: the override where there is one."""
    return np.where(np.isnan(override_setting), published_setting, override_setting)
