"""Where things stand, by a number or a text, in 16 bytes for each: a million of them take 16 MB, as a dict 200."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b

import numpy as np


class PlaceIndex:
    """Key -> the places that were added under it. Of texts only a digest is kept: whoever looks one up must compare."""

    def __init__(self) -> None:
        self._keys, self._places = array("q"), array("q")
        self._sorted: tuple[np.ndarray, np.ndarray] | None = None

    def add(self, key: int | str, place: int) -> None:
        self._keys.append(_number(key))
        self._places.append(place)
        self._sorted = None

    def places(self, key: int | str) -> list[int]:
        """The places of a key, the last one first; of a text, also those of any other with its digest."""
        keys, places = self._in_order()
        number = _number(key)
        begin, end = np.searchsorted(keys, number), np.searchsorted(keys, number, "right")
        return [int(place) for place in reversed(places[begin:end])]

    def last(self) -> Iterator[int]:
        """The last place of each key, in the order of the keys."""
        keys, places = self._in_order()
        for at in np.flatnonzero(np.append(keys[1:] != keys[:-1], True)[: len(keys)]):
            yield int(places[at])

    def shared(self) -> set[int]:
        """The places whose key has more than one."""
        keys, places = self._in_order()
        same = keys[1:] == keys[:-1]
        return set(places[np.append(same, False) | np.append(False, same)].tolist()) if len(keys) else set()

    def _in_order(self) -> tuple[np.ndarray, np.ndarray]:
        if self._sorted is None:
            keys, places = np.array(self._keys), np.array(self._places)
            order = np.lexsort((keys,))  # keeps the order of equals
            self._sorted = keys[order], places[order]
        return self._sorted


def _number(key: int | str) -> int:
    """The key itself, or the digest of a text."""
    if isinstance(key, int):
        return key
    return int.from_bytes(blake2b(key.encode(errors="surrogatepass"), digest_size=8).digest(), "big", signed=True)
