"""The file of a portfolio, which is read several times: a regular file that must not change meanwhile."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import Any, TextIO

from calc.scenario.faults import Refused, problem
from workbook.bulk.portfolio.late_refusal import StoppedError

FORMS = "a portfolio as .csv, .jsonl or .xlsx"
HINT = f"name {FORMS}"
# Read at once; before each block, the file is checked for changes.
BLOCK = 1 << 16
State = tuple[int, int, int]


class Source:
    """The file at a path, read up to its first size. Raises Refused if it is not a regular file or cannot be read.

    currency: of rows that name none; None for US dollars.
    """

    def __init__(self, path: Path, currency: str | None = None) -> None:
        self.path, self.currency = path, currency
        try:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
                raise Refused(str(path), [problem("", f"{kind}, not a regular file", HINT)])
            with path.open("rb") as file:
                self._state = _state(file.fileno())
        except Refused:
            raise
        except FileNotFoundError:
            raise Refused(str(path), [problem("", "no such file", HINT)]) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise Refused(str(path), [problem("", f"cannot be read: {reason}", HINT)]) from None

    def bytes(self) -> io.BufferedReader:
        """The file from its start. Raises StoppedError, now or while it is read, if it has changed."""
        try:
            file = self.path.open("rb", buffering=0)
        except OSError as error:
            raise self._changed(f"can no longer be read: {error.strerror}") from None
        try:
            self.check(file.fileno())
        except StoppedError:
            file.close()
            raise
        return io.BufferedReader(_Bounded(self, file), BLOCK)

    def text(self, newline: str | None = None) -> TextIO:
        """The same as text."""
        return io.TextIOWrapper(self.bytes(), encoding="utf-8-sig", newline=newline)

    def check(self, handle: int) -> int:
        """The size of the open file. Raises StoppedError if it is not as it was at first."""
        if _state(handle) != self._state:
            raise self._changed("changed while it was being read")
        return self._state[0]

    def _changed(self, says: str) -> StoppedError:
        hint = "start again once it no longer changes; it must not be a file that the batch writes"
        return StoppedError(str(self.path), [problem("", says, hint)])


class _Bounded(io.RawIOBase):
    """An open file, up to the size that it had at first."""

    def __init__(self, source: Source, file: io.FileIO) -> None:
        self._source, self._file, self._at = source, file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._source.check(self._file.fileno()) - self._at
        count = self._file.readinto(memoryview(buffer)[:left]) if left else 0
        self._at += count or 0
        return count or 0

    def close(self) -> None:
        self._file.close()
        super().close()


def _state(handle: int) -> State:
    """Size, time of the last change and inode of an open file."""
    status = os.fstat(handle)
    return status.st_size, status.st_mtime_ns, status.st_ino
