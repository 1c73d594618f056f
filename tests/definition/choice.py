"""Which path is recommended, why not the others, and which of them nothing beats."""

from .phases import WEEKS_PER_MONTH


def first_lowest(paths, value):
    """The path with the lowest value, the earlier one on a tie; None of none."""
    chosen = None
    for path in paths:
        if chosen is None or value[path] < value[chosen]:
            chosen = path
    return chosen


def in_the_band(paths, fit, settings):
    """Those that fit about as well as the best of them."""
    best = max((fit[path] for path in paths), default=None)
    return [path for path in paths if round(best - fit[path], 9) <= settings["recommendation_tolerance"]]


def recommend(candidates, fit, same_scope, settings):
    """The candidate that costs least for the same scope among those that fit about as well as the best."""
    return first_lowest(in_the_band(candidates, fit, settings), same_scope)


def break_even_chance(saving, found):
    """With a larger chance than this that it fails, a cheaper path is no longer cheaper."""
    lost = found["core_cost"] + found["damage_per_month"] * found["weeks_to_stable"] / WEEKS_PER_MONTH
    return saving / (saving + lost)


def why_not(path, recommended, eligible, candidates, band, evidence, same_scope, costs, gates):
    """{"kind", "gates", "amount", "break_even_chance"} of a path that is not recommended."""
    amount = round(same_scope[path] - same_scope[recommended], 2) if recommended else None
    excluding = [name for name, gate in gates.items() if path in gate["excludes"]]
    if excluding:
        kind = "excluded"
    elif not evidence[path]:
        kind = "no_evidence"
    elif path not in band:
        kind = "fits_worse"
    else:
        kind = "dearer"
    chance = None
    if path in eligible and amount is not None and amount < 0:
        chance = break_even_chance(-amount, costs[path])
    return {"kind": kind, "gates": excluding, "amount": amount, "break_even_chance": chance}


def frontier_of(eligible, fit, same_scope, costs):
    """The eligible paths to which no other is at least as good in everything and better in something."""

    def figures(path):
        return -fit[path], same_scope[path], round(costs[path]["weeks_to_stable"], 9)

    def beaten(path):
        mine = figures(path)
        return any(
            figures(other) != mine and all(a <= b for a, b in zip(figures(other), mine, strict=True))
            for other in eligible
        )

    return [path for path in eligible if not beaten(path)]
