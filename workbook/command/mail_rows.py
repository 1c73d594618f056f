"""What goes to whom, and what a message may say of it: from a file of recipients, or from the manifest of a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calc.scenario.faults import Fault, Refused, shown
from workbook.mail import Outgoing
from workbook.mail.recipients import recipients

if TYPE_CHECKING:
    from calc.scenario import Scenario

ANSWER = "recommendation"
EXAMPLE = "ada@example.com"


def rows(source: Path, column: str, name_column: str, answers: bool) -> list[Outgoing]:
    """Every message to be. source: a CSV file, or the folder of a batch, whose manifest has a column of addresses.

    answers: read each workbook for the answer where the source does not give it. Raises Refused with every fault.
    """
    if source.is_dir():
        return _of_batch(source, column, name_column)
    outgoing = recipients(source)
    return _with_answers(outgoing) if answers else outgoing


def _of_batch(folder: Path, column: str, name_column: str) -> list[Outgoing]:
    from workbook.batch.manifest import NAME, records

    try:
        made = [record for record in records(folder) if isinstance(record.get("file"), str)]
    except OSError as error:
        found = f"no manifest ({error.strerror})"
        raise Refused(str(folder), [Fault(NAME, found, "a folder that engagement batch has filled")]) from None
    faults = [] if made else [Fault(NAME, "no workbook", "a row for each workbook")]
    outgoing = []
    for record in made:
        where = f"{NAME}, row {record['row']}"
        for name in filter(None, (column, name_column)):
            if not isinstance(record.get(name), str) or not record[name].strip():
                faults.append(Fault(f"{where}, {name}", shown(record.get(name)), "a text in this column", EXAMPLE))
        recipient, name = (str(record.get(one) or "").strip() for one in (column, name_column))
        outgoing.append(Outgoing(recipient, name, dict(_told(record)), folder / record["file"], where))
    if faults:
        raise Refused(str(folder), faults)
    return outgoing


def _told(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the manifest says of a workbook, under the names that the templates know."""
    known = {"project": "name", ANSWER: "label"} | {same: same for same in ("currency", "total", "p10", "p90", "id")}
    for field, column in known.items():
        value = record.get(column)
        if value is not None:
            yield field, f"{value:,.0f}" if isinstance(value, float) else str(value)


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
