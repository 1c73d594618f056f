"""Hashes of a workbook's content, independent of how its zip was packed: equal ones mean the same workbook."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import NamedTuple

from workbook.files.dated import undated

# Numbers of more digits than these are cut to them: the rest is rounding.
DIGITS = 10
NUMBER = re.compile(rb"(?<=<v>)-?[0-9.]{%d,}(?:[eE][-+]?[0-9]+)?(?=</v>)" % (DIGITS + 1))
# Who saved the file and when.
ABOUT_THE_FILE = ("docProps/", "meta.xml")


class ContentHashes(NamedTuple):
    """undated: equal for workbooks that differ in the day on which they were made at most; dated: unequal for those."""

    undated: str
    dated: str


def content_hashes(members: Mapping[str, bytes | bytearray]) -> ContentHashes:
    """Equal for workbooks whose members say the same, their numbers to ten digits. members: name -> content."""
    without_day = undated(members)
    of_all = hashlib.sha256(), hashlib.sha256()
    for name in sorted(members):
        if not name.startswith(ABOUT_THE_FILE):
            dated = NUMBER.sub(_cut, members[name])
            without = NUMBER.sub(_cut, without_day[name]) if name in without_day else dated
            for digest, text in zip(of_all, (without, dated), strict=True):
                digest.update(b"%d %s %d " % (len(name.encode()), name.encode(), len(text)))
                digest.update(text)
    return ContentHashes(*(digest.hexdigest() for digest in of_all))


def _cut(match: re.Match[bytes]) -> bytes:
    try:
        return b"%.*g" % (DIGITS, float(match[0]))
    except ValueError:
        return match[0]


def packed_hash(data: bytes) -> str:
    """Equal for zips that hold the same members, however they are deflated: of names, sizes and checksums, unread."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return hash_of_entries((entry.filename, entry.file_size, entry.CRC) for entry in archive.infolist())


def hash_of_entries(entries: Iterable[tuple[str, int, int]]) -> str:
    """The `packed_hash` of a zip with these members: the name, size and checksum of each."""
    return hashlib.sha256(repr(sorted(entries)).encode()).hexdigest()


def is_packed(data: bytes, known: str) -> bool:
    """Whether a zip is whole and holds what has that `packed_hash`."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return packed_hash(data) == known and archive.testzip() is None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return False
