"""One run at a time in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbook.bulk.batch.target import LOCK
from workbook.files.lock import Lock, LockedError


class InUseError(RuntimeError):
    """Another run works in the folder."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While this lasts, no other run works in the folder."""
    try:
        lock = Lock(folder / LOCK)
    except LockedError:
        raise InUseError(f"{folder}: another run is at work there; wait for its end, or name another folder") from None
    try:
        yield
    finally:
        lock.release()
