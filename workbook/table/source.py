"""A file that is read several times: a regular file that must not change meanwhile."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import stat
from pathlib import Path
from typing import Any, TextIO

from calc.scenario.faults import Refused, problem
from workbook.files.not_text import LONGEST, SAVE_AS_UTF_8, not_text
from workbook.table.late_refusal import StoppedError

# Read at once; before each block, the file is checked for changes.
BLOCK = 1 << 16
State = tuple[int, int, int]


class Source:
    """The file at a path, read up to its first size. Raises Refused if it is not a regular file or cannot be read.

    wanted: what kind of file it should be, in words.
    """

    def __init__(self, path: Path, wanted: str) -> None:
        self.path = path
        hint = f"name {wanted}"
        try:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
                raise Refused(str(path), [problem("", f"{kind}, not a regular file", hint)])
            with path.open("rb") as file:
                self._state = _state(file.fileno())
        except Refused:
            raise
        except FileNotFoundError:
            raise Refused(str(path), [problem("", "no such file", hint)]) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise Refused(str(path), [problem("", f"cannot be read: {reason}", hint)]) from None

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

    def fingerprint(self, is_text: bool) -> str:
        """The SHA-256 of the file. Raises Refused if it should be text and is not, or not in UTF-8."""
        digest = hashlib.sha256()
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            with self.bytes() as file:
                if is_text and (kind := not_text(file.peek(LONGEST), SAVE_AS_UTF_8)):
                    raise Refused(str(self.path), [problem("", *kind)])
                while block := file.read(BLOCK):
                    digest.update(block)
                    if is_text:
                        decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            says = "not UTF-8, but perhaps Windows-1252"
            raise Refused(str(self.path), [problem("", says, SAVE_AS_UTF_8)]) from None
        return digest.hexdigest()

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
