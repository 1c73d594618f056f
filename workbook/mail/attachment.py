"""The workbook as an attachment: its checks, its type, and a file name that every mail program accepts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from workbook.files.archive import contents
from workbook.files.content import ContentHashes, content_hashes, is_packed
from workbook.receive.intake import Members, Unsafe

TYPES = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ods": ("application", "vnd.oasis.opendocument.spreadsheet"),
}
# A member that every workbook has.
NEEDED = {".xlsx": "xl/workbook.xml", ".ods": "content.xml"}
ZIP = b"PK\x03\x04"
LONGEST = 100
LONGEST_PLAIN = 55
RESTORE = "run the batch again"
# How a SHA-256 is written.
DIGEST = re.compile("[0-9a-f]{64}")
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


class NoWorkbookError(ValueError):
    """The file cannot go out by mail. hint: what to do."""

    def __init__(self, why: str, hint: str = "attach an .xlsx or .ods workbook") -> None:
        super().__init__(why)
        self.hint = hint


class Workbook(NamedTuple):
    """Hashes and size of a workbook when it was checked."""

    sha256: str
    content: ContentHashes
    size: int


class Workbooks:
    """Checks workbooks before they go out; one for many recipients is unpacked once. largest: in bytes."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._contents: dict[tuple[str, str], ContentHashes] = {}

    def checked(self, path: Path, sha256: str | None = None, content: str = "") -> Workbook:
        """Check a workbook; returns its hashes and size. Raises NoWorkbookError with the reason.

        sha256: what it must be, unless its zip was packed anew since and its `packed_hash` still is content; one that is
        no SHA-256 vouches for nothing, whatever content says.
        """
        if sha256 is not None and not DIGEST.fullmatch(sha256):
            raise NoWorkbookError("its recorded SHA-256 is missing or malformed", RESTORE)
        data = workbook_bytes(path, self._largest)
        digest = hashlib.sha256(data).hexdigest()
        if sha256 is not None and digest != sha256 and not (content and is_packed(data, content)):
            raise NoWorkbookError("changed since the batch made it", RESTORE)
        kind = path.suffix.lower()
        if (digest, kind) not in self._contents:
            self._contents[digest, kind] = content_hashes(_sound(data, kind, digest == sha256))
        return Workbook(digest, self._contents[digest, kind], len(data))


def _sound(data: bytes, kind: str, is_ours: bool) -> Mapping[str, bytes | bytearray]:
    """The members of an intact zip that holds a workbook of that kind."""
    try:
        members = contents(data) if is_ours else _members(data)
    except NoWorkbookError:
        raise
    except ValueError:  # packed by another program
        members = _members(data)
    if NEEDED[kind] not in members:
        raise NoWorkbookError(f"a zip without {NEEDED[kind]}, so not an {kind} workbook")
    return members


def _members(data: bytes) -> Members:
    try:
        return Members(data)
    except Unsafe as unsafe:
        place, reason, _ = unsafe.findings[0]
        raise NoWorkbookError(f"{place}, {reason}" if place else reason) from None


def workbook_bytes(path: Path, largest: int) -> bytes:
    """Read a workbook that is small enough. Raises NoWorkbookError with the reason."""
    if path.suffix.lower() not in TYPES:
        raise NoWorkbookError(f"not a workbook ({path.suffix or 'no ending'})")
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise NoWorkbookError(f"cannot be read: {error.strerror}") from None
    if len(data) > largest:
        raise NoWorkbookError(f"larger than {largest / 1_000_000:,.1f} MB")
    if not data.startswith(ZIP):
        raise NoWorkbookError("not a zip file, so not a workbook")
    return data


def safe_name(name: str) -> str:
    """A file name of letters, digits, spaces and . _ - ( ) only, not hidden, not reserved, not too long.

    >>> safe_name("C:\\\\plans\\\\a;b.XLSX")
    'a_b.xlsx'
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    stem, dot, suffix = name.rpartition(".")
    stem = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in stem).strip(" .")[:LONGEST].rstrip(" .")
    if not stem or stem.partition(".")[0].casefold() in RESERVED:
        stem = f"workbook_{stem}".rstrip("_")
    return f"{stem}{dot}{suffix.lower()}"


def plain_name(name: str) -> str:
    """The safe name in ASCII and short enough for one line, for mail programs that read nothing else.

    >>> plain_name("Übersicht 表.xlsx")
    'Ubersicht _.xlsx'
    """
    apart = unicodedata.normalize("NFKD", name)
    plain = "".join(c if c.isascii() else "_" for c in apart if not unicodedata.combining(c))
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:LONGEST_PLAIN].rstrip(' .')}{dot}{suffix}"
