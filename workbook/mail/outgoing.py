"""What goes to whom, before it is a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from calc.scenario.faults import Fault


@dataclass(frozen=True)
class Outgoing:
    """One workbook for one recipient.

    recipient: the address, without a name; name: how the person is addressed; fields: what the templates may show;
    attachment: the workbook; where: what a fault calls this, such as "recipients.csv, row 3"; sha256: what the workbook
    must be, None where nobody said, or content its `packed_hash`; faults: what is known to be
    wrong with it, which `composed` tells with all others.
    """

    recipient: str
    name: str
    fields: Mapping[str, str]
    attachment: Path
    where: str = field(default="", compare=False)
    sha256: str | None = None
    content: str = ""
    faults: tuple[Fault, ...] = ()
