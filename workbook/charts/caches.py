"""The points that a chart shows before anything is calculated: written beside every range that it reads."""

from __future__ import annotations

import re

import numpy as np

from workbook.book import Book
from workbook.rows import escaped, number_text

RANGE = re.compile(rb"<(num|str)Ref><f>([^<]*)</f></(?:num|str)Ref>")
ADDRESS = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")


class ChartPart:
    """The XML of a chart, with the values of the ranges that it reads."""

    def __init__(self, xml: bytes, book: Book) -> None:
        self._between: list[bytes] = []
        self._ranges: list[tuple[str, list]] = []
        start = 0
        for found in RANGE.finditer(xml):
            kind, address = found.group(1).decode(), found.group(2).decode()
            self._between.append(xml[start : found.start()] + f"<{kind}Ref><f>{address}</f>".encode())
            self._ranges.append((kind, _values(book, address.replace("&apos;", "'").replace("&amp;", "&"))))
            start = found.end()
        self._between.append(xml[start:])

    def xml(self, scenario: int) -> bytes:
        """The chart with the points of one scenario."""
        parts = []
        for before, (kind, values) in zip(self._between, self._ranges, strict=False):
            parts += (before, _cache(kind, values, scenario), f"</{kind}Ref>".encode())
        return b"".join((*parts, self._between[-1]))


def _values(book: Book, address: str) -> list:
    quoted, plain, column, row, last_column, last_row = ADDRESS.fullmatch(address).groups()
    cells = book.sheets[quoted.replace("''", "'") if quoted else plain].cells
    rows = range(int(row), int(last_row or row) + 1)
    columns = range(_number(column), _number(last_column or column) + 1)
    return [cells[r, c].value for r in rows for c in columns]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cache(kind: str, values: list, scenario: int) -> bytes:
    points = []
    for at, value in enumerate(values):
        one = value[scenario] if isinstance(value, np.ndarray) else value
        if one is None or one == "" or one != one or (kind == "num" and isinstance(one, str)):
            continue
        text = escaped(one) if isinstance(one, str) else number_text(one)
        points.append(f'<pt idx="{at}"><v>{text}</v></pt>')
    head = "<formatCode>General</formatCode>" if kind == "num" else ""
    return f'<{kind}Cache>{head}<ptCount val="{len(values)}"/>{"".join(points)}</{kind}Cache>'.encode()
