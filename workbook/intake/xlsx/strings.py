"""The shared strings of an .xlsx, rich text without its looks, phonetic guides left out."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.intake import limits
from workbook.intake.markup import Listener, listen
from workbook.intake.members import Members
from workbook.intake.texts import Collector, unescaped
from workbook.intake.unsafe import too_large
from workbook.intake.xlsx import MAIN


class _Strings(Listener):
    spaces: Mapping[str, str] = MAIN

    def __init__(self, member: str) -> None:
        super().__init__()
        self._member, self._text = member, Collector()
        self.found: list[str] = []

    def said(self, text: str) -> None:
        if self.path[-3:] == ["sst", "si", "t"] or self.path[-4:] == ["sst", "si", "r", "t"]:
            self._text.add(text, self._place)

    def _place(self) -> str:
        return f"{self._member}, text {len(self.found) + 1}"

    def closed(self, name: str) -> None:
        if name == "si":
            if len(self.found) >= limits.SHARED_STRINGS:
                raise too_large(self._member, "too many shared texts", f"{limits.SHARED_STRINGS:,}")
            self.found.append(unescaped(self._text.taken()))


def shared_strings(members: Members, member: str) -> list[str]:
    """The shared strings, in order."""
    heard = _Strings(member)
    listen(member, members.chunks(member), heard)
    return heard.found
