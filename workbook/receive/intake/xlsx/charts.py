"""Which ranges the charts of an .xlsx read, and which cells their titles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbook.receive.intake import limits
from workbook.receive.intake.markup import Listener, listen
from workbook.receive.intake.members import Members
from workbook.receive.intake.texts import Collector

MEMBER = re.compile(r"xl/charts/chart\d+\.xml", re.IGNORECASE)


class _Ranges(Listener):
    spaces: Mapping[str, str] = {
        "http://schemas.openxmlformats.org/drawingml/2006/chart": "",
        "http://purl.oclc.org/ooxml/drawingml/chart": "",
    }

    def __init__(self, member: str) -> None:
        super().__init__()
        self._member, self._text = member, Collector()
        self.ranges: list[str] = []
        self.titles: list[str] = []

    def characters(self, text: str) -> None:
        if self.path[-1] == "f":
            self._text.add(text, lambda: self._member)

    def closed(self, name: str) -> None:
        if name == "f" and len(self.ranges) + len(self.titles) < limits.CHART_RANGES:
            (self.titles if "title" in self.path else self.ranges).append(self._text.taken())


def chart_ranges(members: Members) -> tuple[list[str], list[str]]:
    """The ranges in all charts, and the cells of their titles, both in order, each as often as it is read."""
    ranges: list[str] = []
    titles: list[str] = []
    for member in members:
        if MEMBER.fullmatch(member):
            heard = _Ranges(member)
            listen(member, members.chunks(member), heard)
            ranges += heard.ranges
            titles += heard.titles
    return sorted(ranges), sorted(titles)
