"""The defined names of a workbook: those that mean one cell each, and all others."""

from __future__ import annotations

from collections.abc import Iterable

from workbook.files.address import Place
from workbook.receive.intake import limits
from workbook.receive.intake.outside import NO_OUTSIDE, reaches_outside
from workbook.receive.intake.unsafe import Finding, too_large


class Names:
    """Gathers names. One for the whole workbook prevails over those of single sheets, which copying a sheet makes;
    of several sheets' own, none does.

    others: those that mean anything but one cell, with what they mean; findings: takes those that reach outside.
    """

    def __init__(self, member: str, findings: list[Finding]) -> None:
        self._member, self._count, self._findings = member, 0, findings
        self._global: dict[str, Place | None] = {}
        self._local: dict[str, Place | None] = {}
        self.others: dict[str, str] = {}

    def add(self, name: str, place: Place | None, local: bool, text: str) -> None:
        """A name with the cell that it means, None for anything else; local: it belongs to one sheet; text: as it stands."""
        self._count += 1
        if self._count > limits.NAMES:
            raise too_large(self._member, "too many defined names", f"{limits.NAMES:,}")
        if problem := reaches_outside(text):
            self._findings.append(Finding("a defined name", problem, NO_OUTSIDE))
        kept = self._local if local else self._global
        kept[name] = None if name in kept else place
        if place is None:
            self.others[name] = text[: limits.LONGEST_SHOWN]

    def within(self, sheets: Iterable[str]) -> dict[str, Place]:
        """The names that mean a cell of one of these sheets, which is found whatever its capitals."""
        known = {name.casefold(): name for name in sheets}
        places: dict[str, Place] = {}
        for name, place in {**self._local, **self._global}.items():
            if name and place and place[0].casefold() in known:
                places[name] = (known[place[0].casefold()], place[1], place[2])
        return places
