"""Only one run at a time works in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbook.bulk.batch.file_names import LOCK
from workbook.files.lock import Lock, LockedError


class InUseError(RuntimeError):
    """Another run is using the folder."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of the folder meanwhile. Raises InUseError if there is one."""
    try:
        lock = Lock(folder / LOCK)
    except LockedError:
        raise InUseError(
            f"{folder}: another run is using this folder; wait for it to end, or name another folder"
        ) from None
    try:
        yield
    finally:
        lock.release()
