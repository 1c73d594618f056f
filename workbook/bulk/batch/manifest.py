"""The manifest of a folder of workbooks: JSON Lines, one line per row, written before the workbook gets its final name.

So the manifest lists every workbook that has its final name; a line whose workbook is missing or different is a row to be
made again. While a batch runs, lines are appended; at the end they are sorted by row. A truncated last line is ignored.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import orjson

from workbook.bulk.batch.manifest_line import Record
from workbook.bulk.batch.place_index import PlaceIndex
from workbook.files.whole import replaced, synced

NAME = "manifest.jsonl"
# A truncated last line is searched for from the end, this many bytes at a time.
BLOCK = 1 << 16
# Every line of a manifest begins with this.
BEGIN = b'{"row":'
# Each line has one of these keys.
OUTCOMES = {"file", "refused", "failed"}
LONGEST_FIRST = 1 << 20


class Manifest:
    """The lines of this run, and of earlier ones by id, in an open file. Only their places are kept in memory."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._file = self.path.open("ab", buffering=0)
        self._reader = self.path.open("rb")
        self._by_id, self._by_row = PlaceIndex(), PlaceIndex()
        self._end = 0
        for start, record in _records(self.path):
            if isinstance(record.get("id"), str) and "sha256" in record:
                self._by_id.add(record["id"], start)
        self._cut()

    def _cut(self) -> None:
        """Remove whatever follows the last complete line."""
        size = os.fstat(self._file.fileno()).st_size
        self._end = _last_line_end(self.path, size)
        if self._end < size:
            self._file.truncate(self._end)

    def earlier(self, id: str) -> Record | None:
        """What an earlier run recorded for the workbook of that id."""
        return next((record for _, record in self._earlier(id)), None)

    def _earlier(self, id: str) -> Iterator[tuple[int, Record]]:
        """The lines of that id and where they begin, the last one first."""
        for place in self._by_id.places(id):
            record: Record = orjson.loads(self._line(place))
            if record["id"] == id:
                yield place, record

    def add(self, record: Record) -> None:
        """Append a row. Raises OSError if it cannot be written; a partly written line is removed."""
        line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
        try:
            if self._file.write(line) != len(line):
                raise OSError("the line could not be written completely")
        except OSError:
            self._cut()
            raise
        self._by_row.add(record["row"], self._end)
        self._end += len(line)

    def keep(self, record: Record, row: int) -> None:
        """Keep the earlier record of a row; appends a line only if the number of the row has changed."""
        if record["row"] == row:
            place, _ = next(self._earlier(record["id"]))
            self._by_row.add(row, place)
        else:
            self.add(record | {"row": row})

    def sync(self) -> None:
        os.fsync(self._file.fileno())

    def finish(self) -> None:
        """Reduce the file to the lines of this run, sorted by row."""
        try:
            replaced(self.path, self._ordered())
        finally:
            self._reader.close()
        synced(self.path.parent)

    def _ordered(self) -> Iterator[bytes]:
        yield from map(self._line, self._by_row.last())
        # Some systems do not replace a file that is open.
        self.close()

    def close(self) -> None:
        self._file.close()
        self._reader.close()

    def _line(self, start: int) -> bytes:
        self._reader.seek(start)
        return self._reader.readline()


def is_one(folder: Path) -> bool:
    """Whether the file of that name is a manifest, even one truncated within its first line."""
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
    """Every line of a folder's manifest, in order; anything else is skipped."""
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
    """Where the last complete line ends."""
    with path.open("rb") as file:
        while size > 0:
            start = max(0, size - BLOCK)
            file.seek(start)
            newline = file.read(size - start).rfind(b"\n")
            if newline >= 0:
                return start + newline + 1
            size = start
    return 0
