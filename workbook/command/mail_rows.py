"""The messages to make, and what each may say: from a file of recipients, or from the folder of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from calc.scenario.faults import Fault, Refused
from workbook.command.mail_batch import from_batch
from workbook.command.mail_fields import ANSWER, FIELDS, fields_of
from workbook.mail import Outgoing, recipients


def rows(source: Path, column: str, name_column: str, answers: bool) -> list[Outgoing]:
    """Every message to make. source: a CSV file, or the folder of a batch, whose manifest has a column of addresses.

    answers: read the answer from each workbook where the source does not give it. The problems of a row come with
    it. Raises Refused where the source as a whole cannot be used.
    """
    if source.is_dir():
        return from_batch(source, column, name_column)
    outgoing = recipients(source)
    return _with_answers(outgoing) if answers else outgoing


def _with_answers(outgoing: Sequence[Outgoing]) -> list[Outgoing]:
    """Each message with the answer of its workbook in its fields, calculated again, unless it already has row.

    The problems of a workbook are reported for the first row that names it.
    """
    known: dict[Path, dict[str, str]] = {}
    answered = []
    for row in outgoing:
        if ANSWER in row.fields:
            answered.append(row)
            continue
        faults: list[Fault] = []
        if row.attachment not in known:
            known[row.attachment] = _answer(row, faults)
        fields = known[row.attachment] | dict(row.fields)
        answered.append(replace(row, fields=fields, faults=(*row.faults, *faults)))
    return answered


def _answer(row: Outgoing, faults: list[Fault]) -> dict[str, str]:
    """The fields of a workbook; empty where it is missing or cannot be read."""
    from workbook.receive.reading import read

    if row.attachment.is_file():
        try:
            return fields_of(read(row.attachment).scenario)
        except Refused as refused:
            faults += [_in_row(row, refused.where, fault) for fault in refused.faults]
    return dict.fromkeys(FIELDS, "")


def _in_row(row: Outgoing, workbook: str, fault: Fault) -> Fault:
    """A fault of a workbook as one of the row that names it: a value with its place after it, a problem after its place."""
    place = f"{workbook}, {fault.field}" if fault.field else workbook
    says = f"{fault.found} in {place}" if fault.allowed else f"{place}: {fault.found}"
    return Fault(f"{row.where}, workbook", says, fault.allowed, fault.example)
