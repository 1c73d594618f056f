"""A workbook and its recipient, before they become a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from calc.scenario.faults import Fault


@dataclass(frozen=True)
class Outgoing:
    """One workbook for one recipient.

    recipient: the address, without a name; name: how the person is addressed; fields: texts for the templates;
    attachment: the workbook; where: its name in faults, such as "recipients.csv, row 3"; sha256: the hash that the
    workbook must have, None for any; content: the `packed_hash` that is accepted instead, if the zip was packed anew;
    faults: known already, which `composed` reports with all others.
    """

    recipient: str
    name: str
    fields: Mapping[str, str]
    attachment: Path
    where: str = field(default="", compare=False)
    sha256: str | None = None
    content: str = ""
    faults: tuple[Fault, ...] = ()
