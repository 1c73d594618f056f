"""A portfolio file, whatever its form: its rows, numbered and with their ids checked against each other."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from calc.scenario.faults import Fault, Refused, shown
from workbook.bulk.portfolio import delimited, ids, lines, spreadsheet
from workbook.bulk.portfolio.project import Entry
from workbook.bulk.portfolio.raw_row import Row
from workbook.bulk.portfolio.source import BLOCK, FORMS, Source

READERS: dict[str, Callable[[Source], Iterable[Row]]] = {
    ".csv": delimited.rows,
    ".jsonl": lines.rows,
    ".ndjson": lines.rows,
    ".xlsx": spreadsheet.rows,
}


class Portfolio:
    """The rows of a file; it is read anew each time that they are gone through, but for an xlsx, which is small.

    Raises Refused where the file as a whole is no portfolio.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        kind = path.suffix.lower()
        if kind not in READERS:
            raise Refused(str(path), [Fault("the file's name", shown(path.name), FORMS, "portfolio.csv")])
        self._source = Source(path)
        self.sha256 = _fingerprint(self._source, is_text=kind != ".xlsx")
        self._read = READERS[kind]
        if kind == ".xlsx":
            held = list(self._read(self._source))
            self._source.bytes().close()  # it is still the file of the fingerprint
            self._read = lambda source: held

    def __iter__(self) -> Iterator[Entry]:
        """Every row in order.

        An id that an earlier row has, or that can be no file's name, is a fault of the row.
        """
        taken: dict[str, tuple[int, str]] = {}
        for number, row in enumerate(self._read(self._source), 1):
            id, fault = _id(row.id, number)
            # A row that cannot be read has no id that it could take from another.
            if fault is None and (row.fields is not None or row.id):
                earlier, same = taken.setdefault(ids.key(id), (number, id))
                if earlier != number:
                    how = "" if same == id else ", to a file system that takes these letters for the same"
                    fault = Fault("id", f"{shown(id)}, the id of row {earlier} too{how}", "an id that no other row has")
            where = f"{self.path.name}, row {number} ({row.place})"
            yield Entry(number, where, id, row.fields, (*row.faults, *([fault] if fault else [])))

    @cached_property
    def _count(self) -> int:
        return sum(1 for _ in self._read(self._source))

    def __len__(self) -> int:
        return self._count


def _id(given: Any, number: int) -> tuple[str, Fault | None]:
    """The id of a row as text, and what is wrong with it. A whole number will do; none stands for the row's number."""
    if given is None or given == "":
        return str(number), None
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        return shown(given), Fault("id", shown(given), ids.ALLOWED, ids.EXAMPLE)
    return given, ids.fault(given)


def _fingerprint(source: Source, is_text: bool) -> str:
    """The SHA-256 of the file. Raises Refused where it should be text and is not UTF-8."""
    found = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with source.bytes() as file:
            while block := file.read(BLOCK):
                found.update(block)
                if is_text:
                    decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        where = str(source.path)
        raise Refused(where, [Fault("the whole file", "text that is not UTF-8", "text saved as UTF-8")]) from None
    return found.hexdigest()
