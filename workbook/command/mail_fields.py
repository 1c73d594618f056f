"""What a message may say about a scenario: the names of the fields, and their contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calc.scenario import Scenario

ANSWER, NO_PATH = "recommendation", "no_path"
# All of them exist, if only empty: a template may name any.
FIELDS = ("project", "currency", ANSWER, "total", "p10", "p90", "why", "runner_up", "runner_up_total", NO_PATH)
EXCLUDED = "gates exclude every one of them"
NOTHING_LEFT = {ANSWER: f"No path is left: {EXCLUDED}", NO_PATH: EXCLUDED}


def fields_of(scenario: Scenario) -> dict[str, str]:
    """The fields of a message about a scenario: the answer and its figures as text."""
    from calc.results import results
    from workbook.write.build import live_range

    [result] = results([scenario], flips=False, trials=0)
    choice, paths = result["recommendation"], result["paths"]
    fields = dict.fromkeys(FIELDS, "") | {"project": scenario.project.name, "currency": scenario.project.currency}
    if choice["path"]:
        chosen = paths[choice["path"]]
        fields |= {ANSWER: chosen["label"], "total": f"{chosen['total']:,.0f}"}
        # The range on the first page of the workbook, not that of a larger run: one message, one range.
        low, high = live_range(scenario, choice["path"])
        fields |= {"p10": f"{low:,.0f}", "p90": f"{high:,.0f}"}
        fields["why"] = next(iter(choice["reasons"][1:]), "")
    else:
        fields |= NOTHING_LEFT | {"why": next(iter(choice["reasons"]), "")}
    if choice["runner_up"]:
        second = paths[choice["runner_up"]]
        fields |= {"runner_up": second["label"], "runner_up_total": f"{second['total']:,.0f}"}
    return fields
