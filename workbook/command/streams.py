"""Standard input, output and error of this process, which may be closed or full.

If standard output cannot be written, one line says so; messages that cannot be written are lost and stop nothing.
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
        super().__init__(f"standard output: {error.strerror or error}; the result was not written")


def prepare() -> None:
    """Make the streams of this process safe to use. Called once, before anything is read or written."""
    for number, name in enumerate(NAMES):
        if getattr(sys, name) is None:
            _open_closed(number, name)
    sys.stdout = _rebuilt(sys.stdout, _Output)
    sys.stderr = _rebuilt(sys.stderr, _Messages)


def _open_closed(number: int, name: str) -> None:
    """Put a stream that fails in place of a closed one, lest the next file that is opened gets its number."""
    # It is opened for the other direction, so that using it fails.
    flags = os.O_RDONLY if name == "stdout" else os.O_WRONLY
    handle = os.open(os.devnull, flags)
    if handle != number:
        os.dup2(handle, number)
        os.close(handle)
    kind = "r" if name == "stdin" else "w"
    setattr(sys, name, open(number, kind, encoding="utf-8", closefd=False))  # noqa: SIM115


def _rebuilt(stream: Any, kind: type[_Watched]) -> Any:
    """The same stream with its writes watched. A stream that is not the system's, as in tests, stays as it is."""
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(kind(stream, raw)),
        encoding=stream.encoding,
        # A character that the terminal's encoding lacks is shown by its number instead of raising.
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=kind is _Messages,
    )


class _Watched(io.RawIOBase):
    """Writes to a stream of the system. stream: kept, since it would close the raw one when it is collected."""

    def __init__(self, stream: Any, raw: io.RawIOBase) -> None:
        self._stream, self._raw = stream, raw

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()


class _Output(_Watched):
    """Standard output: a write that fails raises OutputError."""

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
    """Standard error: a write that fails is ignored."""

    def write(self, data: Any) -> int:
        try:
            written = self._raw.write(data)
        except OSError:
            written = None
        return len(data) if written is None else written


def discard_output() -> None:
    """Discard what is still buffered, so that the process ends quietly."""
    try:
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, sys.stdout.fileno())
        os.close(handle)
    except (OSError, ValueError, AttributeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
