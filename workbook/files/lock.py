"""One run at a time: locks that the system gives back when their owner dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    @contextlib.contextmanager
    def shared(folder: Path, alone: Callable[[], None]) -> Iterator[None]:
        """A folder cannot be locked here, so nobody knows whether he is alone in it."""
        yield
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    @contextlib.contextmanager
    def shared(folder: Path, alone: Callable[[], None]) -> Iterator[None]:
        """Share a folder with others who do the same. alone: done first, while no other has it; never where nobody can tell."""
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            yield
            return
        try:
            with contextlib.suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                alone()
            with contextlib.suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_SH)
            yield
        finally:
            os.close(handle)


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
