"""One run at a time: a lock that the system gives back when its owner dies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockedError(OSError):
    """Another run holds the lock."""


class Lock:
    """Held from its making until `release`, or until the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        try:
            _take(self._file)
        except OSError:
            self._file.close()
            raise LockedError(path) from None

    def release(self) -> None:
        self._file.close()
