"""Reads a portfolio file in any form: its rows, numbered, their ids checked against each other."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from calc.scenario import Defaults
from calc.scenario.faults import Fault, Refused, problem, shown
from workbook.bulk.portfolio import delimited, ids, lines, spreadsheet
from workbook.bulk.portfolio.portfolio_row import PortfolioRow
from workbook.bulk.portfolio.raw_row import RawRow
from workbook.bulk.portfolio.source import BLOCK, FORMS, Source

SAVE_AS_UTF_8 = "save it as UTF-8; in Excel: Save As, CSV UTF-8 (Comma delimited)"
READERS: dict[str, Callable[[Source], Iterable[RawRow]]] = {
    ".csv": delimited.rows,
    ".jsonl": lines.rows,
    ".ndjson": lines.rows,
    ".xlsx": spreadsheet.rows,
}


class Portfolio:
    """The rows of a file, which is read anew for each iteration, except an xlsx, which is small.

    defaults: what holds where a row says nothing. Raises Refused if the file is not a portfolio.
    """

    def __init__(self, path: Path, defaults: Defaults | None = None) -> None:
        self.path, self._defaults = path, defaults
        kind = path.suffix.lower()
        if kind not in READERS:
            raise Refused(str(path), [Fault("the file's name", shown(path.name), FORMS, "portfolio.csv")])
        self._source = Source(path, defaults.currency if defaults else None)
        self.sha256 = _fingerprint(self._source, is_text=kind != ".xlsx")
        self._read = READERS[kind]
        if kind == ".xlsx":
            held = list(self._read(self._source))
            self._source.bytes().close()  # checks that the file is still the one of the fingerprint
            self._read = lambda source: held

    def __iter__(self) -> Iterator[PortfolioRow]:
        """Every row in order.

        An id that an earlier row has, or that cannot be the name of a file, is a fault of the row.
        """
        taken: dict[str, tuple[int, str]] = {}
        for number, row in enumerate(self._read(self._source), 1):
            id, fault = _id(row.id, number)
            # The number of a row that cannot be read does not count as its id.
            if fault is None and (row.fields is not None or row.id):
                earlier, same = taken.setdefault(ids.key(id), (number, id))
                if earlier != number:
                    how = "" if same == id else ", to a file system that treats these letters as the same"
                    says = f"{shown(id)} is also the id of row {earlier}{how}"
                    fault = problem("id", says, "give each row its own id")
            where = f"{self.path.name}, row {number} ({row.place})"
            faults = (*row.faults, *([fault] if fault else []))
            yield PortfolioRow(number, where, id, row.fields, faults, row.notes, self._defaults)

    @cached_property
    def _count(self) -> int:
        return sum(1 for _ in self._read(self._source))

    def __len__(self) -> int:
        return self._count


def _id(given: Any, number: int) -> tuple[str, Fault | None]:
    """The id of a row as text, and its fault. It may be a whole number; by default it is the number of the row."""
    if given is None or given == "":
        return str(number), None
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        return shown(given), Fault("id", shown(given), ids.ALLOWED, ids.EXAMPLE)
    return given, ids.fault(given)


def _fingerprint(source: Source, is_text: bool) -> str:
    """The SHA-256 of the file. Raises Refused if it is a text file that is not UTF-8."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    beginning = b""
    try:
        with source.bytes() as file:
            while block := file.read(BLOCK):
                beginning = beginning or block[:2]
                digest.update(block)
                if is_text:
                    decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        utf_16 = beginning in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        says = "UTF-16, not UTF-8" if utf_16 else "not UTF-8, but perhaps Windows-1252"
        raise Refused(str(source.path), [problem("", says, SAVE_AS_UTF_8)]) from None
    return digest.hexdigest()
