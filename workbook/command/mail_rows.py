"""What goes to whom, and what a message may say of it: from a file of recipients, or from the folder of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from calc.scenario.faults import Fault, Refused
from workbook.command.mail_batch import from_batch
from workbook.mail import Outgoing
from workbook.mail.recipients import recipients

if TYPE_CHECKING:
    from calc.scenario import Scenario

ANSWER = "recommendation"


def rows(source: Path, column: str, name_column: str, answers: bool) -> list[Outgoing]:
    """Every message to be. source: a CSV file, or the folder of a batch, whose manifest has a column of addresses.

    answers: read each workbook for the answer where the source does not give it. Raises Refused with every fault.
    """
    if source.is_dir():
        return from_batch(source, column, name_column)
    outgoing = recipients(source)
    return _with_answers(outgoing) if answers else outgoing


def _with_answers(outgoing: Sequence[Outgoing]) -> list[Outgoing]:
    """Each with the answer of its workbook in its fields, calculated anew, unless it has one already."""
    from workbook.reading import read

    known: dict[Path, dict[str, str]] = {}
    faults: list[Fault] = []
    for one in outgoing:
        if ANSWER in one.fields or one.attachment in known or not one.attachment.is_file():
            continue
        known[one.attachment] = {}
        try:
            known[one.attachment] = fields_of(read(one.attachment).scenario)
        except Refused as refused:
            for fault in refused.faults:
                field = f"{one.where}, {refused.where}, {fault.field}"
                faults.append(Fault(field, fault.found, fault.allowed, fault.example))
    if faults:
        raise Refused("mail", faults)
    return [replace(one, fields=known.get(one.attachment, {}) | dict(one.fields)) for one in outgoing]


def fields_of(scenario: Scenario) -> dict[str, str]:
    """What a message may say of a scenario: the answer and its figures as text."""
    from calc.results import results
    from workbook.build import live_range

    [found] = results([scenario], flips=False, trials=0)
    choice, paths = found["recommendation"], found["paths"]
    fields = {"project": scenario.project.name, "currency": scenario.project.currency}
    if choice["path"]:
        chosen = paths[choice["path"]]
        fields |= {ANSWER: chosen["label"], "total": f"{chosen['total']:,.0f}"}
        # Those that the first page of the workbook shows, not those of a larger run: one message, one range.
        low, high = live_range(scenario, choice["path"])
        fields |= {"p10": f"{low:,.0f}", "p90": f"{high:,.0f}"}
        fields["why"] = next(iter(choice["reasons"][1:]), "")
    if choice["runner_up"]:
        second = paths[choice["runner_up"]]
        fields |= {"runner_up": second["label"], "runner_up_total": f"{second['total']:,.0f}"}
    return fields
