"""Refused input: every fault at once, each with its field, what was found, what is allowed, and an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Fault:
    """One fault. field: dotted name, or sheet and cell; allowed: what may stand there; example: one such value.

    Where the field itself is unknown, nothing is allowed there, and the example is a hint ("did you mean: shifting?").
    """

    field: str
    found: str
    allowed: str
    example: str = ""

    def __str__(self) -> str:
        if not self.allowed:
            return f"{self.field}   {self.found}   {self.example}"
        example = f", for example {self.example}" if self.example else ""
        return f"{self.field}   found {self.found}   allowed: {self.allowed}{example}"


class Refused(ValueError):
    """Input that is not taken. where: the file, or the file and row; faults: all of them."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        self.where = where
        self.faults = tuple(faults)
        super().__init__(where, self.faults)

    def __str__(self) -> str:
        count = f"{len(self.faults)} fault" + ("s" if len(self.faults) != 1 else "")
        return "\n".join([f"{self.where}: {count}, nothing was written", *(f"  {fault}" for fault in self.faults)])


def shown(value: object) -> str:
    """A value as it is shown in a fault: its text, on one line, printable, not too long, and its kind where that matters."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"{str(value).lower()} (yes/no value)"
    if isinstance(value, str):
        text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in value[:LONGEST_SHOWN])
        more = f"... ({len(value):,} characters)" if len(value) > LONGEST_SHOWN else ""
        return f'"{text}"{more} (text)'
    if isinstance(value, dict):
        return "a table"
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."
