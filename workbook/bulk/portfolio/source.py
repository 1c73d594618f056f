"""The file that a portfolio is read from, again and again: an ordinary one, which must stay as it is meanwhile."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import Any, TextIO

from calc.scenario.faults import Fault, Refused
from workbook.bulk.portfolio.late_refusal import StoppedError

FORMS = "a portfolio as .csv, .jsonl or .xlsx"
# Read at once; so often it is looked at whether the file is still the same.
BLOCK = 1 << 16
State = tuple[int, int, int]


class Source:
    """Never more of the file is read than was there at first. Raises Refused where it is no file or not readable."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                found = "a folder" if stat.S_ISDIR(mode) else "no ordinary file but a pipe or a device"
                raise Refused(str(path), [Fault("the whole file", found, FORMS)])
            with path.open("rb") as file:
                self._state = _state(file.fileno())
        except (OSError, ValueError) as error:
            if isinstance(error, Refused):
                raise
            why = getattr(error, "strerror", None) or str(error)
            raise Refused(str(path), [Fault("the whole file", f"not readable: {why}", FORMS)]) from None

    def bytes(self) -> io.BufferedReader:
        """The file from its start. Raises StoppedError, now or while it is read, where it is no longer the same."""
        try:
            file = self.path.open("rb", buffering=0)
        except OSError as error:
            raise self._changed(f"is not readable any more: {error.strerror}") from None
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
        """Raise StoppedError where the open file is not the one of the start; else its size."""
        if _state(handle) != self._state:
            raise self._changed("has changed while it was read")
        return self._state[0]

    def _changed(self, found: str) -> StoppedError:
        hint = "start again once it stays as it is; it must be no file that the batch writes"
        return StoppedError(str(self.path), [Fault("the whole file", found, "", hint)])


class _Bounded(io.RawIOBase):
    """An open file as long as it was at first."""

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
    """Size, time of the last change and number of an open file."""
    found = os.fstat(handle)
    return found.st_size, found.st_mtime_ns, found.st_ino
