"""The notes on values that a portfolio spells in another way: one for each spelling in a column, and how many more there are."""

from __future__ import annotations

import re
from collections.abc import Iterable

DIGITS = re.compile(r"\d+")
# More are only counted, so that a portfolio of any size needs no more memory.
MOST_SHOWN = 200


class Spellings:
    """Which spellings were shown. more: how many notes were not, since they are like one that was."""

    def __init__(self) -> None:
        self.more = 0
        self._shown: set[str] = set()

    def new(self, notes: Iterable[str]) -> list[str]:
        """The notes whose column had no value yet that differs in its digits alone."""
        new = []
        for note in notes:
            spelling = DIGITS.sub("0", note.partition(" was read as ")[0])
            if spelling in self._shown or len(self._shown) >= MOST_SHOWN:
                self.more += 1
            else:
                self._shown.add(spelling)
                new.append(note)
        return new
