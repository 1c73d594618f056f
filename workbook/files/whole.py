"""Replaces a file completely or not at all: written beside its place under a temporary name, synced, then moved there.

replaced(path, content)      all of it, for one file
put_beside(path, content) -> place, place.replace(path), synced(folder)      its steps, for callers that do more
is_ours(name), clean(folder), writing(folder, names)                               files left unfinished
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from fnmatch import fnmatchcase
from functools import partial
from glob import escape
from hashlib import blake2b
from pathlib import Path
from threading import get_native_id

from workbook.files.lock import shared

ENDING = ".part"
# Processes and threads of different machines that share a folder may have the same numbers.
DRAWN = secrets.randbelow(10**8)
# Of the whole name, so that it fits where the final name does.
LONGEST_NAME = 200
OURS = re.compile(r"\.(?P<name>.+)\.(?P<seal>[0-9a-f]{16})-(?P<process>\d+)\.part", re.DOTALL)
EXCLUSIVE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def beside(path: Path) -> Path:
    """Where the content of a file is written first: a name that only this thread gives, and that `is_ours` knows again."""
    name = _kept(path.name)
    return path.with_name(f".{name}.{_seal(name)}-{os.getpid()}{get_native_id()}{DRAWN}{ENDING}")


def _kept(name: str) -> str:
    """As much of a name as the name beside it has of it."""
    return os.fsencode(name)[:LONGEST_NAME].decode(sys.getfilesystemencoding(), errors="ignore")


def is_ours(name: str) -> bool:
    """Whether `beside` made the name, in whatever process: a part of it is calculated from the rest."""
    match = OURS.fullmatch(name)
    return match is not None and match["seal"] == _seal(match["name"])


def _seal(name: str) -> str:
    return blake2b(name.encode(errors="surrogateescape"), digest_size=8, person=b"engagement.part").hexdigest()


def clean(folder: Path, names: str = "*") -> None:
    """Remove files that earlier runs left unfinished, and nothing else. names: of the final files, as a pattern."""
    for path in folder.iterdir():
        match = OURS.fullmatch(path.name)
        if match and is_ours(path.name) and fnmatchcase(match["name"], names):
            # A file that cannot be removed, since a process still holds it open, is in nobody's way.
            try:
                path.unlink()
            except OSError:
                continue


def writing(folder: Path, names: str) -> AbstractContextManager[None]:
    """While files of these names are written into the folder. What killed runs left of them is removed first, unless another
    run is writing there: a file that it has not finished is its own."""
    return shared(folder, partial(clean, folder, names))


def writing_over(path: Path) -> AbstractContextManager[None]:
    """The same for one file."""
    return writing(path.parent, escape(_kept(path.name)))


def written(path: Path, content: bytes | Iterable[bytes], mode: int = 0o666) -> None:
    """Write a new file, down to the disk. mode: its permissions, less those that the system withholds.

    Raises FileExistsError where anything is there already, be it a link; OSError where it cannot be written to its end.
    """
    with os.fdopen(os.open(path, EXCLUSIVE, mode), "wb", buffering=0) as file:
        for part in [content] if isinstance(content, bytes) else content:
            left = memoryview(part)
            while left:
                left = left[file.write(left) :]
        os.fsync(file.fileno())


def put_beside(path: Path, content: bytes | Iterable[bytes], mode: int | None = None) -> Path:
    """Write the content beside the path and return where. Raises OSError, and leaves nothing behind then."""
    place = beside(path)
    place.unlink(missing_ok=True)  # of an earlier process that had the same number
    try:
        written(place, content, 0o666 if mode is None else mode)
        if mode is not None:
            place.chmod(mode)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return place


def replaced(path: Path, content: bytes | Iterable[bytes], mode: int | None = None) -> None:
    """The content in the place of whatever file is there. mode: permissions that it gets, whatever the system withholds.

    Raises OSError; the earlier file is then unchanged, and nothing else is left behind.
    """
    with writing_over(path):
        place = put_beside(path, content, mode)
        try:
            place.replace(path)
        finally:
            place.unlink(missing_ok=True)


def synced(folder: Path) -> None:
    """Make sure that the names in the folder are on the disk too, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
