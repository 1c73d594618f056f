"""Writes a file completely or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from filecmp import cmp
from pathlib import Path

from workbook.files.as_written import NOT_AS_WRITTEN, is_as_written, sealed
from workbook.files.whole import put_beside, replaced, writing_over

USAGE, FAILED = 2, 1
# Errors for a name that the file system does not accept.
NAME_ERRORS = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)


class WriteError(Exception):
    """A file cannot be written; says why and what to do. code: the exit code, 2 for a wrong name, 1 otherwise."""

    def __init__(self, path: Path, why: str, code: int = USAGE) -> None:
        self.code = code
        super().__init__(f"{path}: {why}; nothing was written")


@contextmanager
def _placing(path: Path) -> Iterator[None]:
    """While a place is looked for, before anything is written there: what the system says of its name becomes WriteError."""
    try:
        yield
    except (FileExistsError, NotADirectoryError):
        raise WriteError(path, "a file stands where a folder is needed") from None
    except OSError as error:
        raise WriteError(path, error.strerror or str(error), FAILED) from None
    except ValueError as error:  # as of a null byte
        raise WriteError(path, str(error)) from None


def writable(path: Path, force: bool = True, why: str = "exists already") -> Path:
    """The file that the path stands for, links followed. Raises WriteError where no file can be placed.

    force: replace a file that is there; why: what is said of it otherwise.
    """
    with _placing(path):
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise WriteError(path, "is a folder; name a file in it")
        if not target.parent.is_dir():
            raise WriteError(path, f"there is no folder {target.parent}; make it first")
        if target.exists() and not target.is_file():
            raise WriteError(path, "not a regular file")
        if target.exists() and not force:
            raise WriteError(path, f"{why}; --force replaces it")
    return target


@contextmanager
def folder_made(path: Path) -> Iterator[None]:
    """The folder for what is written meanwhile. Where that fails, what was made of it goes again, unless something is in it.

    Raises WriteError where there can be none.
    """
    missing: list[Path] = []
    try:
        with _placing(path):
            missing += (folder for folder in (path, *path.parents) if not folder.exists())
            path.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError, ValueError):
                folder.rmdir()
        raise


def save(path: Path, content: bytes, force: bool = True) -> None:
    """Write the content: into a temporary file beside the target, down to the disk, then in its place in one step.

    Raises WriteError where that cannot be, as `writable` says, or where the system does not let it.
    """
    target = writable(path, force)
    try:
        replaced(target, content, stat.S_IMODE(target.stat().st_mode) if target.exists() else None)
    except PermissionError:
        raise WriteError(path, "no permission; close it where it is open, or choose another folder", FAILED) from None
    except OSError as error:
        raise WriteError(path, error.strerror or str(error), FAILED) from None


def writable_by(command: str, path: Path, force: bool, content: bytes | None = None) -> None:
    """Raise WriteError where the output of a command cannot be placed, or where something of somebody's would be lost.

    A file that is there is replaced if the same command wrote it and nobody changed it since, or if it holds that
    content; any other only by force.
    """
    writable(path, force or is_as_written(path, command, content), NOT_AS_WRITTEN.format(command=command))


def save_by(command: str, path: Path, content: bytes, force: bool) -> None:
    """Write the output of a command, sealed, so that the next run may replace it. Raises WriteError like `writable_by`."""
    writable_by(command, path, force, content)
    save(path, sealed(content, path, command))


def save_pieces(path: Path, pieces: Iterable[bytes], force: bool) -> None:
    """Write the content, given in pieces, completely or not at all. Raises WriteError like `save`.

    A file that is there is replaced if it holds the same, or by force: in a table there is no place for a seal.
    """
    target = writable(path)
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    try:
        with writing_over(target):
            place = put_beside(target, pieces, mode)
            try:
                if target.exists() and not force and not cmp(target, place, shallow=False):
                    raise WriteError(path, "exists already and holds something else; --force replaces it")
                place.replace(target)
            finally:
                place.unlink(missing_ok=True)
    except PermissionError:
        raise WriteError(path, "no permission; close it where it is open, or choose another folder", FAILED) from None
    except OSError as error:
        raise WriteError(path, error.strerror or str(error), FAILED) from None
