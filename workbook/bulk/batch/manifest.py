"""The manifest of a folder of workbooks: JSON Lines, a line a row, written before the workbook gets its final name.

So a workbook under its final name is always one that the manifest tells of; a line without its workbook, or with
another one, is a row that has to be made again. While a batch runs, lines are added; when it ends they are put into the
order of the rows. A last line that was cut off is forgotten.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import orjson

from workbook.bulk.batch.manifest_line import Record
from workbook.files.whole import replaced, synced

NAME = "manifest.jsonl"
# A cut-off line is looked for from the end, so many bytes at a time.
BLOCK = 1 << 16
# So every line of a manifest begins.
BEGIN = b'{"row":'
# One of them says what came of the row.
OUTCOMES = {"file", "refused", "failed"}
LONGEST_FIRST = 1 << 20


class Manifest:
    """The lines of a run, and those of earlier ones by id, in an open file. Only their places are kept in memory."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._file = self.path.open("ab", buffering=0)
        self._reader = self.path.open("rb")
        self._by_id: dict[str, int] = {}
        self._by_row: dict[int, int] = {}
        self._end = 0
        for start, record in _records(self.path):
            if isinstance(record.get("id"), str) and "sha256" in record:
                self._by_id[record["id"]] = start
        self._cut()

    def _cut(self) -> None:
        """Forget what follows the last whole line."""
        size = os.fstat(self._file.fileno()).st_size
        self._end = _last_line_end(self.path, size)
        if self._end < size:
            self._file.truncate(self._end)

    def earlier(self, id: str) -> Record | None:
        """What is known of the workbook of that id."""
        return self._read(self._by_id[id]) if id in self._by_id else None

    def add(self, record: Record) -> None:
        """Tell of a row. Raises OSError where that is not possible; what is half written is taken back."""
        line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
        try:
            if self._file.write(line) != len(line):
                raise OSError("the manifest could not be written to the end of the line")
        except OSError:
            self._cut()
            raise
        self._by_row[record["row"]] = self._end
        self._end += len(line)

    def keep(self, record: Record, row: int) -> None:
        """Tell that what is known of a row still holds; adds a line only where its number has changed."""
        if record["row"] == row:
            self._by_row[row] = self._by_id[record["id"]]
        else:
            self.add(record | {"row": row})

    def sync(self) -> None:
        os.fsync(self._file.fileno())

    def finish(self) -> None:
        """Leave the lines of this run, in the order of the rows, and nothing else."""
        try:
            replaced(self.path, self._ordered())
        finally:
            self._reader.close()
        synced(self.path.parent)

    def _ordered(self) -> Iterator[bytes]:
        for row in sorted(self._by_row):
            yield self._line(self._by_row[row])
        # Before another file takes the place of this one, which not every system does with one that is open.
        self.close()

    def close(self) -> None:
        self._file.close()
        self._reader.close()

    def _line(self, start: int) -> bytes:
        self._reader.seek(start)
        return self._reader.readline()

    def _read(self, start: int) -> Record:
        return orjson.loads(self._line(start))


def is_one(folder: Path) -> bool:
    """Whether the file of that name is a manifest, though perhaps one that was cut off right at its start."""
    with (folder / NAME).open("rb") as file:
        first = file.readline(LONGEST_FIRST)
    if not first.endswith(b"\n"):
        return BEGIN.startswith(first[: len(BEGIN)])
    try:
        record = orjson.loads(first)
    except orjson.JSONDecodeError:
        return False
    return (
        isinstance(record, dict)
        and type(record.get("row")) is int
        and "id" in record
        and not OUTCOMES.isdisjoint(record)
    )


def records(folder: Path) -> Iterator[Record]:
    """Every line of a folder's manifest, in order; what is no line of a manifest is passed over."""
    return (record for _, record in _records(folder / NAME))


def _records(path: Path) -> Iterator[tuple[int, Record]]:
    start = 0
    with path.open("rb") as file:
        for line in file:
            try:
                record = orjson.loads(line) if line.endswith(b"\n") else None
            except orjson.JSONDecodeError:
                record = None
            if isinstance(record, dict) and type(record.get("row")) is int:
                yield start, record
            start += len(line)


def _last_line_end(path: Path, size: int) -> int:
    """Where the last whole line ends."""
    with path.open("rb") as file:
        while size > 0:
            start = max(0, size - BLOCK)
            file.seek(start)
            at = file.read(size - start).rfind(b"\n")
            if at >= 0:
                return start + at + 1
            size = start
    return 0
