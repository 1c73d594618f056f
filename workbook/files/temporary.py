"""The folder for temporary files, which may be full, missing or read-only: such a fault is said of that folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

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
def kept_for_a_while() -> Iterator[None]:
    """While only temporary files are written: whatever the system refuses becomes a TemporaryError."""
    try:
        yield
    except TemporaryError:
        raise
    except OSError as error:
        # Where no folder can be found, the error itself names those that were tried.
        where = f" in {tempfile.tempdir}" if tempfile.tempdir else ""
        raise TemporaryError(f"no temporary file can be written{where}: {error.strerror or error}; {HELP}") from None
