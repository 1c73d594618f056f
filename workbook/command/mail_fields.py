"""What a message may say about a workbook: the names of the fields, and their contents as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calc.scenario import Scenario

ANSWER, NO_ANSWER = "recommendation", "no_recommendation"
AMOUNTS = ("total", "paid", "own_time", "losses", "same_scope", "invoiced", "p10", "p50", "p80", "p90")
# All of them exist, if only empty: a template may name any.
FIELDS = (
    "project", "currency", ANSWER, NO_ANSWER, "status", "path", *AMOUNTS, "weeks_to_stable", "besides", "budget", "alerts",
    "why", "cost", "cheapest", "why_not", "runner_up", "runner_up_total", "runner_up_same_scope",
)  # fmt: skip


def fields_of(scenario: Scenario) -> dict[str, str]:
    """The fields of a message about a scenario: what its workbook shows."""
    from workbook.write.answer import answer, reading
    from workbook.write.build import book
    from workbook.write.edition import Edition

    # The light edition holds every figure that the full one shows, and is laid out in half the time.
    made = book([scenario], 0, edition=Edition.light)
    made.finish()
    return fields(answer(made, reading(made, 0)), scenario.project.name, scenario.project.currency)


def fields(answer: Mapping[str, Any], project: str, currency: str) -> dict[str, str]:
    """The fields from an answer of `workbook.write.answer`, or from a line of a manifest, which has the same names."""
    known = dict.fromkeys(FIELDS, "") | {"project": project, "currency": currency}
    known |= {ANSWER: answer["answer"], "status": answer["status"].replace("_", " "), "path": answer["label"] or ""}
    known |= {NO_ANSWER: "" if answer["label"] else answer["answer"]}
    known |= {name: _amount(answer[name]) for name in AMOUNTS}
    if answer["weeks_to_stable"] is not None:
        known["weeks_to_stable"] = f"{answer['weeks_to_stable']:.0f}"
    known |= {"besides": _besides(answer, currency), "why": answer["why"], "cost": answer["cost"]}
    known["alerts"] = "\n".join(alert["text"] for alert in answer["alerts"])
    if answer["budget"]:
        known["budget"] = answer["budget"]["text"]
    if answer["why_not"]:
        known |= {"cheapest": answer["why_not"]["label"], "why_not": answer["why_not"]["text"]}
    if second := answer["runner_up"]:
        known |= {"runner_up": second["label"]}
        known |= {f"runner_up_{name}": _amount(second[name]) for name in ("total", "same_scope")}
    return known


def _besides(answer: Mapping[str, Any], currency: str) -> str:
    """What nobody invoices: time of one's own people, and what is lost meanwhile; empty where there is neither."""
    parts = {"own_time": "for the time of your own people", "losses": "of expected losses"}
    said = [f"{currency} {_amount(answer[name])} {words}" for name, words in parts.items() if round(answer[name] or 0)]
    return " and ".join(said)


def _amount(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"
