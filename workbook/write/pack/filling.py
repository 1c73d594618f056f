"""Constant XML around blanks: what differs between scenarios is filled in for one scenario after another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbook.files.digits import json_numbers

BLANK = b"%b"
# How a missing number comes from `json_numbers`.
MISSING = b"null"


def kept(xml: bytes) -> bytes:
    """XML as it stands between blanks, where a percent sign would be taken for one."""
    return xml.replace(b"%", b"%%")


class Filling:
    """The blanks of a text for the scenarios of a chunk, one formatting each: half the time of joining pieces.

    text: with `BLANK` for each value, and all else as `kept` returns it; numbers: shape (scenario, blank); optional: the
    blanks that hold a number only where there is one, each with what stands around it and what stands there instead;
    others: the remaining blanks, each with what stands there by scenario.
    """

    def __init__(
        self,
        text: bytes,
        numbers: np.ndarray,
        optional: Sequence[tuple[int, tuple[bytes, bytes, bytes]]] = (),
        others: Sequence[tuple[int, Sequence[bytes]]] = (),
    ) -> None:
        self._text, self._numbers, self._optional, self._others = text, numbers, optional, others

    def enclosed(self, head: bytes, tail: bytes) -> Filling:
        """The same between what comes before and after: joining them to each text that is filled would copy all of it again."""
        return Filling(b"".join((kept(head), self._text, kept(tail))), self._numbers, self._optional, self._others)

    @property
    def blanks(self) -> int:
        return self._numbers.shape[1]

    def filled(self, scenario: int) -> bytes:
        """The text for one scenario."""
        if not self._numbers.size:
            return self._text % ()
        values = json_numbers(self._numbers[scenario])
        for at, (before, after, instead) in self._optional:
            values[at] = instead if values[at] == MISSING else b"%b%b%b" % (before, values[at], after)
        for at, texts in self._others:
            values[at] = texts[scenario]
        return self._text % tuple(values)
