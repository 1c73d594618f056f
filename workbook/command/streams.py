"""Standard input, output and error as this process got them, perhaps closed or full.

Where standard output cannot be written, that is told in one line; messages that cannot be written are lost, and stop
nothing.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any

NAMES = ("stdin", "stdout", "stderr")


class OutputError(Exception):
    """Standard output takes nothing more."""

    def __init__(self, error: OSError) -> None:
        super().__init__(f"standard output: {error.strerror or error}; what it should say was not written")


def prepare() -> None:
    """Make the streams of this process such as can be relied on. Called once, before anything is read or written."""
    for number, name in enumerate(NAMES):
        if getattr(sys, name) is None:
            _open_closed(number, name)
    sys.stdout = _rebuilt(sys.stdout, _Output)
    sys.stderr = _rebuilt(sys.stderr, _Messages)


def _open_closed(number: int, name: str) -> None:
    """Something that fails in the place of a closed stream, lest the next file that is opened gets its number."""
    # What is opened for the other direction can be neither read nor written, which is what happens to who tries.
    flags = os.O_RDONLY if name == "stdout" else os.O_WRONLY
    handle = os.open(os.devnull, flags)
    if handle != number:
        os.dup2(handle, number)
        os.close(handle)
    kind = "r" if name == "stdin" else "w"
    setattr(sys, name, open(number, kind, encoding="utf-8", closefd=False))  # noqa: SIM115


def _rebuilt(stream: Any, kind: type[_Watched]) -> Any:
    """The same stream whose writes are watched. What is no stream of the system, as in tests, stays as it is."""
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(kind(stream, raw)),
        encoding=stream.encoding,
        # A character that the terminal's encoding does not have is shown by its number, not as a crash.
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=kind is _Messages,
    )


class _Watched(io.RawIOBase):
    """What writes to a stream of the system. stream: kept, since it would close the raw one when nobody else has it."""

    def __init__(self, stream: Any, raw: io.RawIOBase) -> None:
        self._stream, self._raw = stream, raw

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()


class _Output(_Watched):
    """Says so where it cannot."""

    def write(self, data: Any) -> int:
        try:
            written = self._raw.write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(error) from None
        if written is None:
            raise OutputError(OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)))
        return written


class _Messages(_Watched):
    """Goes on where it cannot."""

    def write(self, data: Any) -> int:
        try:
            written = self._raw.write(data)
        except OSError:
            written = None
        return len(data) if written is None else written


def discard_output() -> None:
    """Let what is still buffered go nowhere, so that the end of the process is quiet."""
    try:
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, sys.stdout.fileno())
        os.close(handle)
    except (OSError, ValueError, AttributeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
