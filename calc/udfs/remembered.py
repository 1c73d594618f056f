"""The scenarios that calls have asked about lately: many cells of a sheet ask about the same ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, Generic, TypeVar


class Kept:
    """Something that is remembered. size: the bytes that it takes by now; `Remembered.grown` alone changes it."""

    def __init__(self, size: int) -> None:
        self.size = size
        # Under how many keys it is remembered, how often it was asked for, and what was asked for next, the last time.
        self.keys = self.asked = 0
        self.next: Any = None


K = TypeVar("K", bound=Kept)


class Remembered(Generic[K]):
    """What was made last, as much of it as fits into `most` bytes together, and the newest whatever its size.

    Bound by memory and not by number: a sheet may calculate column by column, and so come back to its first scenario
    only after all the others.
    """

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._made: OrderedDict[Hashable, K] = OrderedDict()
        self._last: K | None = None
        # How often the last one was asked for in a row, and the one before it.
        self._in_a_row = self._before = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> K | None:
        """What is remembered under the key; None if nothing is."""
        with self._lock:
            if key not in self._made:
                return None
            self._made.move_to_end(key)
            return self._asked(self._made[key])

    def keep(self, key: Hashable, made: K) -> K:
        """Remember something, which may be remembered under another key already; its bytes count once."""
        with self._lock:
            if key not in self._made:
                self._made[key] = made
                made.keys += 1
                self.size += made.size if made.keys == 1 else 0
                self._fit()
            return self._asked(self._made[key])

    def grown(self, one: K, size: int) -> None:
        """Count the bytes by which one has grown."""
        with self._lock:
            one.size += size
            self.size += size if one.keys else 0
            self._fit()

    def following(self, one: K, most: int) -> list[K]:
        """Up to `most` of those that were asked for after this one the last time, in turn: a sheet keeps its order."""
        found: dict[K, None] = {}
        at = one.next
        while at is not None and at is not one and at.keys and at not in found and len(found) < most:
            found[at] = None
            at = at.next
        return list(found)

    @property
    def is_asked_one_by_one(self) -> bool:
        """Whether the one before the last was asked for several times in a row, as a sheet does that calculates row by row."""
        return self._before > 1

    def forget(self) -> None:
        """Drop everything."""
        with self._lock:
            self._drop(len(self._made))
            self._last, self._in_a_row, self._before = None, 0, 0

    def __len__(self) -> int:
        return len(self._made)

    def _asked(self, one: K) -> K:
        if self._last is not one:
            if self._last is not None:
                self._last.next = one
            self._last, self._in_a_row, self._before = one, 0, self._in_a_row
        self._in_a_row += 1
        one.asked += 1
        return one

    def _fit(self) -> None:
        while self.size > self.most and len(self._made) > 1:
            self._drop(1)

    def _drop(self, count: int) -> None:
        for _ in range(count):
            _, oldest = self._made.popitem(last=False)
            oldest.keys -= 1
            if not oldest.keys:
                self.size -= oldest.size
                # Else whoever still holds this one would hold all that came after it.
                oldest.next = None
