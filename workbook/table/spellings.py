"""The notes on values that a file spells in another way: one for each spelling in a column, and how many more there are."""

from __future__ import annotations

import re
from collections.abc import Iterable

DIGITS = re.compile(r"\d+")
# More are only counted, so that a file of any size needs no more memory.
MOST_SHOWN = 200


class Spellings:
    """Which spellings were shown."""

    def __init__(self) -> None:
        self._more = 0
        self._shown: set[str] = set()

    def new(self, notes: Iterable[str]) -> list[str]:
        """The notes that do not differ in digits alone from one that was shown: `line 2: hours: '80,5' was read as 80.5`."""
        new = []
        for note in notes:
            spelling = DIGITS.sub("0", note.partition(" was read as ")[0])
            if spelling in self._shown or len(self._shown) >= MOST_SHOWN:
                self._more += 1
            else:
                self._shown.add(spelling)
                new.append(note)
        return new

    @property
    def rest(self) -> str:
        """A sentence on the notes that were not shown, empty where all were."""
        if self._more < 2:
            return "1 more value, spelled like one above, was read in the same way" if self._more else ""
        return f"{self._more:,} more values, spelled like those above, were read in the same way"
