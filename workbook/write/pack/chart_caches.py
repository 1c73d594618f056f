"""The points that a chart shows before anything is calculated: written beside every range that it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from workbook.files.address import column_number
from workbook.files.digits import FEWER_DIGITS, number_text, significant
from workbook.write.book import Book, side_by_side
from workbook.write.pack.filling import BLANK, Filling, kept
from workbook.write.pack.rows import escaped

RANGE = re.compile(rb"<c:(num|str)Ref><c:f>([^<]*)</c:f></c:(?:num|str)Ref>")
ADDRESS = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")


class ChartPart:
    """The XML of a chart, with the values of the ranges that it reads."""

    def __init__(self, xml: bytes, book: Book) -> None:
        self._between: list[bytes] = []
        self._ranges: list[tuple[str, str]] = []
        start = 0
        for match in RANGE.finditer(xml):
            kind, address = match.group(1).decode(), match.group(2).decode()
            self._between.append(xml[start : match.start()] + f"<c:{kind}Ref><c:f>{address}</c:f>".encode())
            self._ranges.append((kind, address.replace("&apos;", "'").replace("&amp;", "&")))
            start = match.end()
        self._between.append(xml[start:])
        self._fill(book)

    def plain(self) -> dict[str, Any]:
        """The layout without any values, as plain data."""
        return {"between": [part.decode() for part in self._between], "ranges": self._ranges}

    @classmethod
    def of_plain(cls, data: Mapping[str, Any]) -> ChartPart:
        """The layout from its plain data; `again` gives it values."""
        made = cls.__new__(cls)
        made._between, made._ranges = [part.encode() for part in data["between"]], [(k, a) for k, a in data["ranges"]]
        return made

    def _fill(self, book: Book) -> None:
        """Take the values of the ranges from the book."""
        parts: list[bytes] = []
        numbers: list[np.ndarray] = []
        others: list[tuple[int, list[bytes]]] = []
        blanks = 0
        # The series of a chart have many ranges in common.
        caches = {(kind, address): Cache(kind, _values(book, address)) for kind, address in self._ranges}
        for before, one in zip(self._between, self._ranges, strict=False):
            parts.append(kept(before))
            cache = caches[one]
            if cache.same is not None:
                parts.append(kept(cache.same))
                continue
            if cache.numbers is not None:
                parts.append(cache.framed(b"".join(point(at, BLANK) for at in range(cache.length))))
                numbers.append(cache.numbers)
            else:
                parts.append(BLANK)
                others.append((blanks, cache.written))
                numbers.append(np.zeros((cache.count, 1)))
            blanks += numbers[-1].shape[1]
        text = b"".join((*parts, kept(self._between[-1])))
        shown = np.concatenate(numbers, axis=1) if numbers else np.empty((1, 0))
        self._filling = Filling(text, significant(shown, FEWER_DIGITS), others=others)

    def forget(self) -> None:
        """Drop the values and keep the layout."""
        del self._filling

    def again(self, book: Book) -> ChartPart:
        """The chart of a book with the same layout and other values."""
        renewed = copy(self)
        renewed._fill(book)
        return renewed

    @property
    def blanks(self) -> int:
        """How many of its values differ between scenarios, as far as is known."""
        return self._filling.blanks

    def xml(self, scenario: int) -> bytes:
        """The chart with the points of one scenario."""
        return self._filling.filled(scenario)


class Cache:
    """The cached points of a range, without missing ones. values: constants, or arrays of shape (scenario,).

    same: the points, where every scenario has the same; numbers: of each scenario, shape (scenario, point), where none is
    missing; count: of scenarios.
    """

    def __init__(self, kind: str, values: list) -> None:
        self._kind, self.length = kind, len(values)
        is_same = not any(isinstance(value, np.ndarray) for value in values)
        self.same = self._framed(values) if is_same else None
        self._columns = [] if is_same else [np.atleast_1d(value) for value in values]
        self.count = max(map(len, self._columns), default=1)
        self.numbers: np.ndarray | None = None
        if self._columns and kind == "num" and all(column.dtype.kind in "fiub" for column in self._columns):
            numbers = side_by_side(self._columns)
            if not np.isnan(numbers).any():
                self.numbers = numbers

    @cached_property
    def written(self) -> list[bytes]:
        """The points by scenario."""
        columns = [np.broadcast_to(column, self.count).tolist() for column in self._columns]
        return [self._framed(values) for values in zip(*columns, strict=True)]

    def _framed(self, values: Sequence) -> bytes:
        points = []
        for at, value in enumerate(values):
            if value is None or value == "" or value != value or (self._kind == "num" and isinstance(value, str)):
                continue
            is_text = isinstance(value, str)
            points.append(text_point(at, value) if is_text else point(at, number_text(value, FEWER_DIGITS).encode()))
        return self.framed(b"".join(points))

    def framed(self, points: bytes) -> bytes:
        """The points in their element."""
        head = "<c:formatCode>General</c:formatCode>" if self._kind == "num" else ""
        opened = f'<c:{self._kind}Cache>{head}<c:ptCount val="{self.length}"/>'
        return b"".join((opened.encode(), points, f"</c:{self._kind}Cache></c:{self._kind}Ref>".encode()))


def point(at: int, text: bytes) -> bytes:
    """One point with its value."""
    return b'<c:pt idx="%d"><c:v>%b</c:v></c:pt>' % (at, text)


@lru_cache(maxsize=4096)
def text_point(at: int, text: str) -> bytes:
    """One point with its text: a label of a path, say, which nearly all workbooks have at one place or another."""
    return point(at, escaped(text).encode())


def _values(book: Book, address: str) -> list:
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(f"{address} is not the address of a range")
    quoted, plain, column, row, last_column, last_row = match.groups()
    cells = book.sheets[quoted.replace("''", "'") if quoted else plain].cells
    rows = range(int(row), int(last_row or row) + 1)
    columns = range(column_number(column), column_number(last_column or column) + 1)
    return [cells[r, c].value for r in rows for c in columns]
