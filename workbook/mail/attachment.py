"""The workbook as an attachment: its type, and a file name that no mail program stumbles over."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from workbook.files.archive import contents
from workbook.files.content import content_hash, is_packed
from workbook.receive.intake import WHOLE, Members, Unsafe

TYPES = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ods": ("application", "vnd.oasis.opendocument.spreadsheet"),
}
# What no workbook is without.
NEEDED = {".xlsx": "xl/workbook.xml", ".ods": "content.xml"}
ZIP = b"PK\x03\x04"
LONGEST = 100
# How a SHA-256 is written.
DIGEST = re.compile("[0-9a-f]{64}")
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


class NoWorkbookError(ValueError):
    """The file is none that goes out by mail. allowed: what would be."""

    def __init__(self, why: str, allowed: str = "an .xlsx or .ods workbook") -> None:
        super().__init__(why)
        self.allowed = allowed


class Workbook(NamedTuple):
    """What a workbook was when it was looked at. content: its `content_hash`."""

    sha256: str
    content: str
    size: int


class Workbooks:
    """Looks at workbooks before they go out; one that goes to many is taken apart once. largest: in bytes."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._contents: dict[tuple[str, str], str] = {}

    def checked(self, path: Path, sha256: str | None = None, content: str = "") -> Workbook:
        """Hashes and size of a sound workbook. Raises NoWorkbookError with what is wrong.

        sha256: what it must be, unless its zip was packed anew since and its `packed_hash` still is content; one that is
        no SHA-256 vouches for nothing, whatever content says.
        """
        if sha256 is not None and not DIGEST.fullmatch(sha256):
            raise NoWorkbookError("its recorded SHA-256 is missing or malformed", "64 hexadecimal digits")
        data = workbook_bytes(path, self._largest)
        found = hashlib.sha256(data).hexdigest()
        if sha256 is not None and found != sha256 and not (content and is_packed(data, content)):
            raise NoWorkbookError("not what it was when it was made", "the workbook as the batch made it")
        kind = path.suffix.lower()
        if (found, kind) not in self._contents:
            self._contents[found, kind] = content_hash(_sound(data, kind, found == sha256))
        return Workbook(found, self._contents[found, kind], len(data))


def _sound(data: bytes, kind: str, is_ours: bool) -> Mapping[str, bytes | bytearray]:
    """The members of a zip that is whole, with a workbook of that kind in it."""
    try:
        members = contents(data) if is_ours else _members(data)
    except NoWorkbookError:
        raise
    except ValueError:  # packed by another program
        members = _members(data)
    if NEEDED[kind] not in members:
        raise NoWorkbookError(f"a zip without {NEEDED[kind]}, so no {kind} workbook")
    return members


def _members(data: bytes) -> Members:
    try:
        return Members(data)
    except Unsafe as unsafe:
        place, found, _ = unsafe.findings[0]
        raise NoWorkbookError(found if place == WHOLE else f"{place}, {found}") from None


def workbook_bytes(path: Path, largest: int) -> bytes:
    """The bytes of a workbook that is small enough. Raises NoWorkbookError with what is wrong."""
    if path.suffix.lower() not in TYPES:
        raise NoWorkbookError(f"no workbook: {path.suffix or 'no ending'}")
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise NoWorkbookError(f"not readable: {error.strerror}") from None
    if len(data) > largest:
        raise NoWorkbookError(f"larger than {largest / 1_000_000:,.1f} MB")
    if not data.startswith(ZIP):
        raise NoWorkbookError("no workbook inside")
    return data


def safe_name(name: str) -> str:
    """The file name with letters, digits, spaces and . _ - ( ) alone, not hidden, not reserved, not too long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    stem, dot, suffix = name.rpartition(".")
    stem = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in stem).strip(" .")[:LONGEST].rstrip(" .")
    if not stem or stem.partition(".")[0].casefold() in RESERVED:
        stem = f"workbook_{stem}".rstrip("_")
    return f"{stem}{dot}{suffix.lower()}"
