"""Filling a folder with workbooks: what keeps that from being done, in words and with an exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

FAILED = 1
GO_ON = "What is done is whole, and the same command goes on from there once there is room"
NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """Tell of a full disk, a folder that cannot be written or is in use, workers that die, and end with code 1."""
    from workbook.bulk.batch import InUseError, NoClusterError, WorkersDieError
    from workbook.command.terminal import printable

    try:
        yield
    except (NoClusterError, InUseError, WorkersDieError) as error:
        said = str(error)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        said = _cannot_write(error, folder)
    else:
        return
    typer.echo(printable(said), err=True)
    raise typer.Exit(FAILED)


def _cannot_write(error: OSError, folder: Path) -> str:
    if error.errno in NO_ROOM:
        return f"{folder}: no room left on the disk. {GO_ON}"
    # Of a file that gets its final name, that name.
    place = next((name for name in (error.filename2, error.filename) if isinstance(name, str | Path)), folder)
    return f"{place}: {error.strerror or error}; nothing more was written"
