"""The members of a received zip: names, sizes and ratios checked, every one inflated and counted once."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping

from workbook.receive.intake import limits
from workbook.receive.intake.container import NO_PASSWORD, megabytes, zip_archive
from workbook.receive.intake.unsafe import SAVE_AGAIN, WHOLE, Finding, Unsafe, damaged, too_large

CHUNK = 1024 * 1024
ENCRYPTED = 0x1 | 0x40
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# All that zipfile raises for members that are not as the zip records them; NotImplementedError is a RuntimeError.
FAILURES = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OverflowError, OSError)


class Members(Mapping[str, bytes]):
    """Read-only: name of a member -> its bytes. Only of a zip whose names and real sizes are within limits."""

    def __init__(self, data: bytes) -> None:
        self._archive = zip_archive(data)
        self._entries = _named(self._archive.infolist())
        left = limits.SIZE_IN_ALL
        for name in self._entries:
            left -= self._size(name, left)

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The member's bytes, piece by piece; more than its header says, or a wrong checksum, is refused."""
        entry = self._entries[name]
        count = 0
        try:
            with self._archive.open(entry) as member:
                while chunk := member.read(CHUNK):
                    count += len(chunk)
                    yield chunk
        except FAILURES as error:
            if isinstance(error, Unsafe):
                raise
            raise damaged(name, "its bytes do not match the zip's record of them") from None
        if count != entry.file_size:
            raise damaged(name, f"{count:,} bytes where the zip's record says {entry.file_size:,}")

    def _size(self, name: str, left: int) -> int:
        """The member's size as it comes out, refused as soon as it is too much."""
        packed, size = max(self._entries[name].compress_size, 1), 0
        for chunk in self.chunks(name):
            size += len(chunk)
            if size > limits.MEMBER_SIZE:
                raise too_large(
                    name, "a zip bomb or a sheet far too large", f"{megabytes(limits.MEMBER_SIZE)} unpacked"
                )
            if size > left:
                raise too_large(WHOLE, "too large once unpacked", f"{megabytes(limits.SIZE_IN_ALL)} unpacked in all")
            if size > limits.RATIO_COUNTS_FROM and size > packed * limits.RATIO:
                raise too_large(name, f"{size // packed:,} times its packed size: a zip bomb", f"{limits.RATIO} times")
        return size


class OwnMembers(Members):
    """The members of a workbook that was made here and never packed: there is nothing to doubt."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self._members = members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def chunks(self, name: str) -> Iterator[bytes]:
        yield self._members[name]


def _named(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The members by name, folders left out; every doubtful name, duplicated or leading out of the zip, is refused."""
    findings: list[Finding] = []
    named: dict[str, zipfile.ZipInfo] = {}
    taken: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if finding := _doubt(name, entry) or _twice(name, taken):
            findings.append(finding)
        elif not entry.is_dir():
            named[name] = entry
        elif entry.file_size:
            findings.append(Finding(_shown(name), "damaged: a folder with content", SAVE_AGAIN))
        taken.add(name.casefold())
    if findings:
        raise Unsafe(*dict.fromkeys(findings[:20]))
    return named


def _doubt(name: str, entry: zipfile.ZipInfo) -> Finding | None:
    parts = name.rstrip("/").split("/")
    if not name.isprintable() or "\\" in name or ":" in name or len(name) > limits.MEMBER_NAME:
        return Finding(_shown(name), "a member with a name that no spreadsheet program writes", SAVE_AGAIN)
    if any(part in ("", ".", "..") for part in parts):
        return Finding(_shown(name), "a member whose name leads out of the workbook", SAVE_AGAIN)
    if entry.flag_bits & ENCRYPTED:
        return Finding(_shown(name), "encrypted", NO_PASSWORD)
    if entry.compress_type not in METHODS:
        return Finding(_shown(name), f"packed with the unusual method {entry.compress_type}", SAVE_AGAIN)
    return None


def _twice(name: str, taken: set[str]) -> Finding | None:
    return Finding(_shown(name), "a duplicated member", SAVE_AGAIN) if name.casefold() in taken else None


def _shown(name: str) -> str:
    # Fetched for a refusal only: the child that reads sound files loads nothing of the calculator.
    from calc.text.printable import printable

    return printable(name[:80]) or "a member without a name"
