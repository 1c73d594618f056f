"""What a reader of the answer must not miss, and what the budget says of it."""

from .answers import budget_of
from .given import field
from .paths import any_audit, any_documented, core_phases, main_core

# The models whose prices come from a firm that sells them, and those prices: the dedicated engineer's are assumptions.
SOLD = {
    "production_firm": ("fee", "retainer_per_quarter"),
    "engineering_partner": ("rate", "run_rate"),
    "fixed_price_shop": ("rate", "run_rate"),
}


def budget_told(scenario, recommended, costs):
    """{"amount", "invoiced", "headroom"}, or None without a budget; the chance is the simulation's."""
    amount = budget_of(scenario)
    if amount is None:
        return None
    invoiced = costs[recommended]["invoiced"] if recommended else None
    return {"amount": amount, "invoiced": invoiced, "headroom": amount - invoiced if recommended else None}


def alerts_of(scenario, facts, chosen, status, costs):
    """The ids of the alerts, in the order of the definition, but for `out_of_date`, which is the workbook's own."""
    recommended, eligible, same_scope = chosen["recommended"], chosen["eligible"], chosen["same_scope"]
    raised = []

    def alert(name, when):
        if when:
            raised.append(name)

    budget = budget_of(scenario)
    alert("above_budget", recommended and budget is not None and is_above(costs[recommended]["invoiced"], budget))
    alert("provisional", status == "provisional")
    alert("open", status == "open")
    alert("late", recommended and not costs[recommended]["finished"])
    alert("one_left", len(eligible) == 1)
    if recommended:
        phases = chosen["paths"][recommended]
        untouched = not any_audit(phases) and not any_documented(core_phases(phases), facts["models"])
        alert("unaudited", chosen["said"]["ai_generated"] == "yes" and untouched)
    rate = field(scenario, "project", "usd_rate")
    alert("currency", field(scenario, "project", "currency") != "USD" and rate == 1)
    if recommended:
        alert("cheaper_exists", any(same_scope[path] < same_scope[recommended] for path in eligible))
        model = main_core(chosen["paths"][recommended])
        own = (scenario.get("overrides") or {}).get(model) or {}
        alert("seller", model in SOLD and not any(price in own for price in SOLD[model]))
    return raised


def is_above(invoiced, budget):
    return round(invoiced, 2) > round(budget, 2)
