"""What the recommended path costs: what is asked for, and where the money goes, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.command.terminal import printable, table

if TYPE_CHECKING:
    from rich.table import Table

NOTHING = "-"


def asked_for(result: dict, trials: int) -> Table:
    """To be paid, the leader's time, the losses expected, their sum, the same scope, and how it stands to a budget.

    trials: how many cases were simulated.
    """
    project, budget = result["scenario"]["project"], result["recommendation"]["budget"]
    path, months = result["paths"][result["recommendation"]["path"]], project["horizon_months"]
    made = table(
        ("", "left"),
        ("Amount", "number"),
        ("", "left"),
        title=f"What it costs over {months} months, in {project['currency']}",
    )
    safe = path["contingency"]["p80"]
    between = (
        None if path["p10"] is None else f"8 in 10 of {trials:,} simulations: {path['p10']:,.0f} to {path['p90']:,.0f}"
    )
    made.add_row("To be paid", _whole(path["paid"]), _if(safe, "{:,.0f} is enough in 8 simulated cases in 10"))
    made.add_row("The leader's time", _whole(path["own_time"]), "inside the company, not invoiced")
    made.add_row("Losses expected", _whole(path["losses"]), "while the product is unstable")
    made.add_row("Total", _whole(path["total"]), between or "", style="bold")
    made.add_row(
        "For the same scope",
        _whole(path["same_scope"]),
        f"in today's money, with what is left to do after the {months} months; the ranking goes by it",
    )
    if budget:
        made.add_section()
        made.add_row(
            "Budget for the job", _whole(budget["amount"]), "for the core job, without the feature work afterwards"
        )
        made.add_row("Would be invoiced at", _whole(budget["invoiced"]), _if(budget["chance_above"], _chance))
        made.add_row("To spare" if budget["headroom"] >= 0 else "Over the budget", _whole(abs(budget["headroom"])), "")
    return made


_chance = "chance of exceeding the budget: {:.0%}"


def by_line(result: dict) -> Table:
    """The cost lines of the recommended path against the cheapest, or the next best where it is the cheapest."""
    from calc.quantities.lines import LINES
    from calc.quantity import QUANTITIES

    choice = result["recommendation"]
    other = choice["cheapest"] if choice["cheapest"] != choice["path"] else choice["runner_up"]
    shown = [result["paths"][path] for path in (choice["path"], other) if path]
    made = table(
        ("Cost line", "left"),
        *((printable(path["label"]), "right") for path in shown),
        *([("Difference", "number")] if len(shown) > 1 else []),
        title="Where the money goes",
    )
    for line, quantity in LINES.items():
        made.add_row(QUANTITIES[quantity].label, *_row([path["lines"][line] for path in shown]))
    made.add_section()
    for name, label in (("paid", "To be paid"), ("own_time", "The leader's time"), ("losses", "Losses expected")):
        made.add_row(label, *_row([path[name] for path in shown]))
    made.add_row("Total", *_row([path["total"] for path in shown]), style="bold")
    made.add_row("For the same scope", *_row([path["same_scope"] for path in shown]))
    return made


def _row(costs: list[float]) -> list[str]:
    shown = [_whole(cost) for cost in costs]
    return shown + ([f"{costs[0] - costs[1]:+,.0f}" if costs[0] != costs[1] else NOTHING] if len(costs) > 1 else [])


def _whole(cost: float) -> str:
    return f"{cost:,.0f}" if cost else NOTHING


def _if(value: float | None, sentence: str) -> str:
    return "" if value is None else sentence.format(value)
