"""The points that a chart shows before anything is calculated: written beside every range that it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from typing import Any

import numpy as np

from workbook.write.book import Book
from workbook.write.pack.digits import json_numbers, number_text, significant
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

    def kept(self) -> dict[str, Any]:
        """The layout without any values, as plain data."""
        return {"between": [part.decode() for part in self._between], "ranges": self._ranges}

    @classmethod
    def of_kept(cls, data: Mapping[str, Any]) -> ChartPart:
        """The layout from what was kept; `again` gives it values."""
        made = cls.__new__(cls)
        made._between, made._ranges = [part.encode() for part in data["between"]], [(k, a) for k, a in data["ranges"]]
        made._caches = []
        return made

    def _fill(self, book: Book) -> None:
        """Take the values of the ranges from the book."""
        self._caches = [Cache(kind, _values(book, address)) for kind, address in self._ranges]

    def forget(self) -> None:
        """Drop the values and keep the layout."""
        self._caches = []

    def again(self, book: Book) -> ChartPart:
        """The chart of a book with the same layout and other values."""
        renewed = copy(self)
        renewed._fill(book)
        return renewed

    def xml(self, scenario: int) -> bytes:
        """The chart with the points of one scenario."""
        parts: list[bytes] = []
        for before, cache in zip(self._between, self._caches, strict=False):
            parts += (before, cache.xml(scenario))
        return b"".join((*parts, self._between[-1]))


class Cache:
    """The cached points of a range, without missing ones. values: constants, or arrays of shape (scenario,)."""

    def __init__(self, kind: str, values: list) -> None:
        self._kind, self._values = kind, values
        arrays = [value for value in values if isinstance(value, np.ndarray)]
        self._same = None if arrays else self._written(values)
        self._numbers: np.ndarray | None = None
        numeric = arrays and all(value.dtype.kind in "fiub" for value in arrays) and kind == "num"
        if numeric and not any(isinstance(value, str) or value is None for value in values):
            self._numbers = significant(np.stack(np.broadcast_arrays(*values), axis=-1).astype(float))
            self._heads = [f'<c:pt idx="{at}"><c:v>'.encode() for at in range(len(values))]

    def xml(self, scenario: int) -> bytes:
        if self._same is not None:
            return self._same
        if self._numbers is None or np.isnan(self._numbers[scenario]).any():
            return self._written([v[scenario] if isinstance(v, np.ndarray) else v for v in self._values])
        numbers = json_numbers(self._numbers[scenario])
        points = [b"".join((head, number, b"</c:v></c:pt>")) for head, number in zip(self._heads, numbers, strict=True)]
        return self._framed(b"".join(points))

    def _written(self, values: list) -> bytes:
        points = []
        for at, value in enumerate(values):
            if value is None or value == "" or value != value or (self._kind == "num" and isinstance(value, str)):
                continue
            text = escaped(value) if isinstance(value, str) else number_text(value)
            points.append(f'<c:pt idx="{at}"><c:v>{text}</c:v></c:pt>')
        return self._framed("".join(points).encode())

    def _framed(self, points: bytes) -> bytes:
        head = "<c:formatCode>General</c:formatCode>" if self._kind == "num" else ""
        opened = f'<c:{self._kind}Cache>{head}<c:ptCount val="{len(self._values)}"/>'
        return b"".join((opened.encode(), points, f"</c:{self._kind}Cache></c:{self._kind}Ref>".encode()))


def _values(book: Book, address: str) -> list:
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(f"{address} is not the address of a range")
    quoted, plain, column, row, last_column, last_row = match.groups()
    cells = book.sheets[quoted.replace("''", "'") if quoted else plain].cells
    rows = range(int(row), int(last_row or row) + 1)
    columns = range(_number(column), _number(last_column or column) + 1)
    return [cells[r, c].value for r in rows for c in columns]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
