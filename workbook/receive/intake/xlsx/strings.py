"""The shared strings of an .xlsx, rich text without its looks, phonetic guides left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from workbook.receive.intake import limits
from workbook.receive.intake.markup import Listener, listen
from workbook.receive.intake.members import Members
from workbook.receive.intake.texts import Collector, unescaped
from workbook.receive.intake.unsafe import Unsafe, strange, too_large
from workbook.receive.intake.xlsx import MAIN

# What a text, and a run of it with looks of its own, may hold; the text of a guide to its sound is not shown.
OF_TEXT = {1: ("t", "r", "rPh", "phoneticPr", "extLst"), 2: ("t", "rPr")}


def is_shown(path: Sequence[str], name: str, strange: Callable[[str], Unsafe]) -> bool:
    """Whether an element of a text holds letters that a cell shows. Raises what `strange` makes of one that cannot be there.

    path: from the element that is the whole text (si or is) down to the element's parent.
    """
    is_run = len(path) == 2 and path[1] == "r"
    if (len(path) == 1 or is_run) and name not in OF_TEXT[len(path)]:
        raise strange(name)
    return name == "t" and (len(path) == 1 or is_run)


class _Strings(Listener):
    spaces: Mapping[str, str] = MAIN
    root = "sst"

    def __init__(self, member: str) -> None:
        super().__init__()
        self._showing = False
        self._member, self._text = member, Collector()
        self.texts: list[str] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._showing or (len(self.path) == 1 and name not in ("si", "extLst")):
            raise self._strange(name)
        if self.path[1:2] == ["si"]:
            self._showing = is_shown(self.path[1:], name, self._strange)

    def characters(self, text: str) -> None:
        if self._showing:
            self._text.add(text, self._place)

    def _strange(self, name: str) -> Unsafe:
        return strange(self._place(), name)

    def _place(self) -> str:
        return f"{self._member}, text {len(self.texts) + 1}"

    def closed(self, name: str) -> None:
        self._showing = False
        if name == "si":
            if len(self.texts) >= limits.SHARED_STRINGS:
                raise too_large(self._member, "too many shared texts", f"{limits.SHARED_STRINGS:,}")
            self.texts.append(unescaped(self._text.taken()))


def shared_strings(members: Members, member: str) -> list[str]:
    """The shared strings, in order."""
    heard = _Strings(member)
    listen(member, members.chunks(member), heard)
    return heard.texts
