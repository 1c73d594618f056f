"""The folder for temporary files, which may be full, missing or read-only: such a fault is said of that folder."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

HELP = "make room there, or name another folder in TMPDIR"


class TemporaryError(OSError):
    """Nothing can be kept for a while; says where, why and what helps."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder that is removed in the end. Raises TemporaryError where there can be none."""
    with ExitStack() as kept:
        with kept_for_a_while():
            folder = kept.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        yield Path(folder)


@contextmanager
def temporary_file() -> Iterator[io.BufferedRandom]:
    """A new file that is gone in the end. What the system refuses of this file is a TemporaryError, wherever it shows."""
    with ExitStack() as kept:
        with kept_for_a_while():
            file = kept.enter_context(tempfile.TemporaryFile(buffering=0))
        yield kept.enter_context(io.BufferedRandom(_Kept(file)))


class _Kept(io.RawIOBase):
    """A temporary file whose faults say that they are its own."""

    def __init__(self, file: io.FileIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        with kept_for_a_while():
            return self._file.write(data)

    def readinto(self, place: Any) -> int:
        with kept_for_a_while():
            return self._file.readinto(place)

    def seek(self, offset: int, whence: int = 0) -> int:
        with kept_for_a_while():
            return self._file.seek(offset, whence)


@contextmanager
def kept_for_a_while() -> Iterator[None]:
    """While temporary files alone are written: what the system refuses becomes a TemporaryError, unless it names another file."""
    try:
        yield
    except TemporaryError:
        raise
    except OSError as error:
        if _is_elsewhere(error):
            raise
        # Where no folder can be found, the error itself names those that were tried.
        where = f" in {tempfile.tempdir}" if tempfile.tempdir else ""
        raise TemporaryError(f"no temporary file can be written{where}: {error.strerror or error}; {HELP}") from None


def _is_elsewhere(error: OSError) -> bool:
    """Whether the error names a file that is not in the folder for temporary ones."""
    folder, named = tempfile.tempdir, error.filename
    return folder is not None and isinstance(named, str) and not Path(named).is_relative_to(folder)
