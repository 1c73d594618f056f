"""What goes to whom, before it is a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Outgoing:
    """One workbook for one recipient.

    recipient: the address, without a name; name: how the person is addressed; fields: what the templates may show;
    attachment: the workbook; where: what a fault calls this, such as "recipients.csv, row 3".
    """

    recipient: str
    name: str
    fields: Mapping[str, str]
    attachment: Path
    where: str = field(default="", compare=False)
