"""Filling a folder with workbooks: what stops it, in a sentence and with an exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

FAILED = 1
RESUME = "Finished workbooks are complete; free some space and run the same command again to resume"
NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def local_folder(text: str) -> Path:
    """A folder of this machine, and no address. Raises BadParameter for one."""
    from workbook.bulk.batch import is_address

    if is_address(text):
        raise typer.BadParameter(
            f"{text!r} is an address; name a folder of this machine, and copy what is there into one"
        )
    return Path(text)


@contextmanager
def filling(folder: Path | str) -> Iterator[None]:
    """Report a full disk, a folder that is in use or cannot be written, or workers that die, and end with code 1."""
    from calc.budget import NoSolverError
    from workbook.bulk.batch import InUseError, NoClusterError, NoPlaceError, WorkersDieError
    from workbook.command.terminal import printable

    try:
        yield
    except (NoSolverError, NoClusterError, NoPlaceError, InUseError, WorkersDieError) as error:
        message = str(error)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        message = _cannot_write(error, folder)
    else:
        return
    typer.echo(printable(message), err=True)
    raise typer.Exit(FAILED)


def _cannot_write(error: OSError, folder: Path | str) -> str:
    if error.errno in NO_ROOM:
        return f"{folder}: no room left on the disk. {RESUME}"
    # For a file that gets its final name, that name.
    place = next((name for name in (error.filename2, error.filename) if isinstance(name, str | Path)), folder)
    return f"{place}: {error.strerror or error}; nothing more was written"
