"""Refused input: every fault at once, each with its field, the value, what is allowed, and an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from calc.text.printable import printable

LONGEST_SHOWN = 60
# Faults that are shown one by one; of more, the number. Elements of a list that are shown, and lists within lists.
MOST_SHOWN, MOST_ELEMENTS, DEEPEST_SHOWN = 20, 8, 2
# Python writes no whole number of more than some thousand digits.
MOST_BITS = 10_000


@dataclass(frozen=True)
class Fault:
    """One fault: a value that may not stand where it does, or a problem in words, which `problem` makes.

    field: dotted name, or sheet and cell; empty for the whole file. found: the value, as `shown` shows it; allowed: what
    may stand there; example: one such value. Of a problem, found says what is wrong ("is given twice", "no such file"),
    nothing is allowed, and example says what to do, if that helps.
    """

    field: str
    found: str
    allowed: str
    example: str = ""

    def __str__(self) -> str:
        if not self.allowed:
            return "   ".join(part for part in (self.field, self.found, self.example) if part)
        example = f", for example {self.example}" if self.example else ""
        return f"{self.field}   found {self.found}   allowed: {self.allowed}{example}"


def problem(field: str, says: str, hint: str = "") -> Fault:
    """A fault in words. says: what is wrong, after the field's name; hint: what to do."""
    return Fault(field, says, "", hint)


class Refused(ValueError):
    """Input that is refused. where: the file, or the file and row; faults: all of them, the first of which are shown."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        self.where = where
        self.faults = tuple(faults)
        super().__init__(where, self.faults)

    def __str__(self) -> str:
        only = self.faults[0] if len(self.faults) == 1 else None
        if only and not only.field and not only.allowed:
            return f"{self.where}: " + "; ".join(part for part in (only.found, only.example) if part)
        return "\n".join([f"{self.where}: {counted(self.faults)}", *listed(self.faults)])


def counted(faults: Sequence[Fault]) -> str:
    return f"{len(faults):,} problem" + ("s" if len(faults) != 1 else "")


def listed(faults: Sequence[Fault]) -> list[str]:
    """A line for each fault that is shown, and one for all others."""
    return [f"  {fault}" for fault in first(faults)]


def first(faults: Sequence[Fault], more: int = 0) -> list[Fault]:
    """The faults that are shown, and one that counts the others. more: how many there are beyond these."""
    rest = max(len(faults) - MOST_SHOWN, 0) + more
    left = [problem("and", f"{rest:,} more problem{'s' if rest != 1 else ''}")] if rest else []
    return [*faults[:MOST_SHOWN], *left]


def short(text: str) -> str:
    """A text of the user, cut where it is too long to be shown."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}... ({len(text):,} characters)"


def shown(value: object) -> str:
    """A value as a fault shows it: on one line, printable, not too long, with its kind where that matters."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"{str(value).lower()} (yes/no value)"
    if isinstance(value, str):
        more = f"... ({len(value):,} characters)" if len(value) > LONGEST_SHOWN else ""
        return f'"{printable(value[:LONGEST_SHOWN])}"{more} (text)'
    if isinstance(value, dict):
        return "a table"
    text = _brief(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."


def _brief(value: object, depth: int = 0) -> str:
    """The value as Python writes it, cut where it is long, large or deep."""
    if isinstance(value, list | tuple | dict):
        begin, end = "{}" if isinstance(value, dict) else "[]"
        if depth == DEEPEST_SHOWN and value:
            return f"{begin}...{end}"
        elements = [_brief(element, depth + 1) for element in islice(value, MOST_ELEMENTS)]
        if isinstance(value, dict):
            elements = [f"{name}: {_brief(value[key], depth + 1)}" for name, key in zip(elements, value, strict=False)]
        return begin + ", ".join([*elements, *(["..."] if len(value) > MOST_ELEMENTS else [])]) + end
    if isinstance(value, str):
        return repr(value[:LONGEST_SHOWN])
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return f"a whole number of {value.bit_length():,} bits"
    return str(value)
