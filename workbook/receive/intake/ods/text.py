"""The text of an .ods cell: its paragraphs, with spaces, tabs and line breaks that are elements of their own.

White space is kept as it stands: LibreOffice Calc writes and reads two spaces as two, whatever OpenDocument says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbook.receive.intake import limits
from workbook.receive.intake.texts import Collector
from workbook.receive.intake.unsafe import damaged

MEANT = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}


class CellText:
    """Gathers the paragraphs of one cell after another."""

    def __init__(self, text: Collector) -> None:
        self._text = text
        self._paragraphs = 0

    def paragraph(self, place: Callable[[], str]) -> None:
        """A paragraph begins."""
        if self._paragraphs:
            self._text.add("\n", place)
        self._paragraphs += 1

    def element(self, name: str, attributes: Mapping[str, str], place: Callable[[], str]) -> None:
        """An element inside a paragraph; others than the known ones add nothing."""
        if name not in MEANT:
            return
        count = attributes.get("text:c", "1") if name == "text:s" else "1"
        if not (count.isascii() and count.isdigit() and len(count) < 9):
            raise damaged(place(), f"{count[:20]} spaces")
        self._text.add(MEANT[name] * min(int(count), limits.CELL_TEXT + 1), place)

    def characters(self, text: str, place: Callable[[], str]) -> None:
        self._text.add(text, place)

    def taken(self) -> str | None:
        """The cell's text, None if it holds no paragraph; the next cell begins."""
        paragraphs, self._paragraphs = self._paragraphs, 0
        text = self._text.taken()
        return text if paragraphs else None
