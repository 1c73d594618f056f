"""A workbook on its way to its final name: written beside it, read again, checked, and down on the disk.

Nothing here gives a file its final name: that is done once the manifest says so, by who keeps the manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from workbook.bulk.batch.making import Made
from workbook.bulk.portfolio.ids import file_name
from workbook.files.archive import contents
from workbook.files.content import is_packed, packed_hash
from workbook.files.whole import beside, written

FOLDER = "workbooks"
# What no workbook is without.
NEEDED = {"[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"}


class Aside(NamedTuple):
    """A finished workbook that waits for its final name. temporary: its name in the folder until then; content: its
    `packed_hash`."""

    number: int
    id: str
    temporary: str
    sha256: str
    content: str
    size: int
    template: str
    figures: dict[str, Any]
    seconds: float


class DamagedError(OSError):
    """What was written is not what is read again."""


def put_aside(made: Made, folder: Path) -> Aside:
    """Write a workbook beside its final name, and make sure of it. Raises OSError, and leaves nothing behind then."""
    path = beside(folder / file_name(made.id))
    path.unlink(missing_ok=True)
    try:
        written(path, made.content)
        sha256 = verified(path, made.content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    content, size = packed_hash(made.content), len(made.content)
    return Aside(made.number, made.id, path.name, sha256, content, size, made.template, made.figures, made.seconds)


def verified(path: Path, content: bytes) -> str:
    """The SHA-256 of the file, which must hold the content, a zip with the parts of a workbook. Raises OSError."""
    found = path.read_bytes()
    try:
        missing = NEEDED - contents(found).keys()
    except ValueError as error:
        raise DamagedError(f"{path}: {error}") from None
    if found != content or missing:
        raise DamagedError(f"{path}: what was written is not what is read again")
    return hashlib.sha256(found).hexdigest()


def is_there(path: Path, record: Mapping[str, Any]) -> bool:
    """Whether a file is the workbook that a line of the manifest describes, even if its zip was packed anew since."""
    try:
        return is_described(path.read_bytes(), record)
    except OSError:
        return False


def is_described(content: bytes, record: Mapping[str, Any]) -> bool:
    """Whether these bytes are the workbook that a line of the manifest describes."""
    if hashlib.sha256(content).hexdigest() == record["sha256"]:
        return True
    # Lines of earlier versions say nothing of the content.
    return "content" in record and is_packed(content, record["content"])
