"""A file of rows in any form, read anew for each iteration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from calc.scenario.faults import Fault, Refused, shown
from workbook.table import delimited, lines, spreadsheet
from workbook.table.form import Form
from workbook.table.raw_row import RawRow
from workbook.table.source import Source

READERS: dict[str, Callable[[Source, Form], Iterable[RawRow]]] = {
    ".csv": delimited.rows,
    ".jsonl": lines.rows,
    ".ndjson": lines.rows,
    ".xlsx": spreadsheet.rows,
}


class Table:
    """The rows of a file, and its fingerprint. An xlsx is small and read once.

    Raises Refused if the file has no such form.
    """

    def __init__(self, path: Path, form: Form) -> None:
        self.path = path
        self._form = form
        self._source = Source(path, form.forms)
        kind = path.suffix.lower()
        if kind not in READERS:
            example = f"{form.what.split()[-1]}.csv"
            raise Refused(str(path), [Fault("the file's name", shown(path.name), form.forms, example)])
        self.sha256 = self._source.fingerprint(is_text=kind != ".xlsx")
        self._read = READERS[kind]
        if kind == ".xlsx":
            held = list(self._read(self._source, form))
            self._source.bytes().close()  # checks that the file is still the one of the fingerprint
            self._read = lambda source, form: held

    def __iter__(self) -> Iterator[RawRow]:
        return iter(self._read(self._source, self._form))

    @cached_property
    def _count(self) -> int:
        return sum(1 for _ in self)

    def __len__(self) -> int:
        return self._count
