"""A workbook on its way to its final name: written beside it, read back, checked, and safe on the disk.

What is read back must be what was written, byte for byte. Whether that is a workbook is asked of one of those that were
laid out together, which is inflated and parsed: the others came from the same memory by the same way.

Nothing here gives a file its final name: whoever keeps the manifest does that, once the manifest lists the workbook.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

from workbook.bulk.batch.making import Made
from workbook.bulk.portfolio.ids import file_name
from workbook.files.archive import contents, entries
from workbook.files.content import hash_of_entries, is_packed
from workbook.files.whole import put_beside

# Parts that every workbook has.
NEEDED = {"[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"}


class Aside(NamedTuple):
    """A finished workbook that waits for its final name. temporary: its name in the folder until then, if it has
    another; content: its `packed_hash`."""

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
    """The file that was read back differs from what was written."""


def put_aside(made: Made, folder: Path) -> Aside:
    """Write a workbook beside its final name and verify it. Raises OSError, and leaves nothing behind then."""
    path = folder / file_name(made.id)
    if made.is_sample:
        check_parts(path, made.content)
    return described(made, verified_beside(path, made.content).name)


def described(made: Made, temporary: str) -> Aside:
    """A workbook that was written, without its bytes."""
    sha256, content = hashlib.sha256(made.content).hexdigest(), hash_of_entries(entries(made.content))
    size = len(made.content)
    return Aside(made.number, made.id, temporary, sha256, content, size, made.template, made.figures, made.seconds)


def verified_beside(path: Path, content: bytes) -> Path:
    """Write bytes beside the path, read them back, and return where they are. Raises OSError, leaving nothing behind."""
    place = put_beside(path, content)
    try:
        if place.read_bytes() != content:
            raise DamagedError(f"{path}: what was read back differs from what was written")
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return place


def check_parts(path: Path | str, content: bytes) -> None:
    """Raise DamagedError unless the content is a whole zip with the parts of a workbook, each of them well-formed XML."""
    try:
        members = contents(content)
        for member in members.values():
            expat.ParserCreate().Parse(bytes(member), True)
    except (ValueError, expat.ExpatError) as error:
        raise DamagedError(f"{path}: {error}") from None
    if missing := NEEDED - members.keys():
        raise DamagedError(f"{path}: without {', '.join(sorted(missing))}")


def is_there(path: Path, record: Mapping[str, Any]) -> bool:
    """Whether a file is the workbook that a line of the manifest describes, even if its zip was repacked since."""
    try:
        return is_described(path.read_bytes(), record)
    except OSError:
        return False


def is_described(content: bytes, record: Mapping[str, Any]) -> bool:
    """Whether these bytes are the workbook that a line of the manifest describes."""
    if hashlib.sha256(content).hexdigest() == record["sha256"]:
        return True
    # Earlier versions wrote lines without the hash of the content.
    return "content" in record and is_packed(content, record["content"])
