"""What goes to whom, and what a message may say of it: from a file of recipients, or from the folder of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from calc.scenario.faults import Fault, Refused
from workbook.command.mail_batch import from_batch
from workbook.command.mail_fields import ANSWER, FIELDS, fields_of
from workbook.mail import Outgoing, recipients


def rows(source: Path, column: str, name_column: str, answers: bool) -> list[Outgoing]:
    """Every message to be. source: a CSV file, or the folder of a batch, whose manifest has a column of addresses.

    answers: read each workbook for the answer where the source does not give it. What is wrong with a row comes with
    it. Raises Refused where the source as a whole is none.
    """
    if source.is_dir():
        return from_batch(source, column, name_column)
    outgoing = recipients(source)
    return _with_answers(outgoing) if answers else outgoing


def _with_answers(outgoing: Sequence[Outgoing]) -> list[Outgoing]:
    """Each with the answer of its workbook in its fields, calculated anew, unless it has one already.

    What is wrong in a workbook is a fault of the first row that names it.
    """
    known: dict[Path, dict[str, str]] = {}
    answered = []
    for one in outgoing:
        if ANSWER in one.fields:
            answered.append(one)
            continue
        faults: list[Fault] = []
        if one.attachment not in known:
            known[one.attachment] = _answer(one, faults)
        fields = known[one.attachment] | dict(one.fields)
        answered.append(replace(one, fields=fields, faults=(*one.faults, *faults)))
    return answered


def _answer(one: Outgoing, faults: list[Fault]) -> dict[str, str]:
    """The fields of a workbook, without anything in them where it is not there, or says nothing that can be read."""
    from workbook.receive.reading import read

    if one.attachment.is_file():
        try:
            return fields_of(read(one.attachment).scenario)
        except Refused as refused:
            for fault in refused.faults:
                found = f"{refused.where}, {fault.field}: {fault.found}"
                faults.append(Fault(f"{one.where}, workbook", found, fault.allowed, fault.example))
    return dict.fromkeys(FIELDS, "")
