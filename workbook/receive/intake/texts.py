"""Text and numbers as they stand in cells: escapes undone, lengths bounded, numbers strict."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from workbook.receive.intake import limits
from workbook.receive.intake.unsafe import WHOLE, too_large

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_", re.ASCII)
NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*", re.ASCII)


def unescaped(text: str) -> str:
    """Text as Excel shows it: _x000D_ stands for a carriage return, _x005F_ for an underscore."""
    return ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def number(text: str) -> float | None:
    """A finite number written plainly; None for anything else, such as nan, 1_000 or a thousand-digit exponent."""
    if len(text) > 400 or not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


class Collector:
    """Gathers text that comes in pieces, up to what a cell may hold, and counts what the whole book holds."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._left = limits.TEXT_IN_ALL

    def add(self, text: str, place: Callable[[], str]) -> None:
        """Another piece; place says where, should it be too much."""
        self._length += len(text)
        if self._length > limits.CELL_TEXT:
            raise too_large(place(), "a text too long for a cell", f"{limits.CELL_TEXT:,} characters")
        self._pieces.append(text)

    def taken(self) -> str:
        """The text gathered so far; the next begins."""
        text = "".join(self._pieces)
        self._pieces, self._length = [], 0
        return text

    def count(self, length: int) -> None:
        """Text that the book gives back; a short shared string used a million times is long."""
        self._left -= length
        if self._left < 0:
            raise too_large(WHOLE, "too much text in all its cells", f"{limits.TEXT_IN_ALL:,} characters")
