"""The scenarios that calls have asked about lately: many cells of a sheet ask about the same ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how many bytes it takes by now."""

    @property
    def size(self) -> int: ...


S = TypeVar("S", bound=Sized)


class Remembered(Generic[S]):
    """What was made last, as much of it as fits into `most` bytes together, and the newest whatever its size.

    Bound by memory and not by number: a sheet may calculate column by column, and so come back to its first scenario
    only after all the others.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._made: OrderedDict[Hashable, S] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], S]) -> S:
        """What was made for the key, made now if it is not remembered. What cannot be made is not remembered."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            self._made[key] = made
            # Each may have grown since it was made.
            over = sum(one.size for one in self._made.values()) - self.most
            while over > 0 and len(self._made) > 1:
                over -= self._made.popitem(last=False)[1].size
        return made

    def forget(self) -> None:
        """Drop everything."""
        with self._lock:
            self._made.clear()

    def __len__(self) -> int:
        return len(self._made)
