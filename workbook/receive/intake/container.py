"""What kind of file was received, by its first bytes: a zip, or something else that can be called by its name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from workbook.receive.intake import limits
from workbook.receive.intake.unsafe import SAVE_AGAIN, WHOLE, Finding, Unsafe, too_large

ZIP = b"PK\x03\x04"
CENTRAL_ENTRY = b"PK\x01\x02"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_PASSWORD = "save it without a password (in Excel: File > Info > Protect Workbook > Encrypt with Password)"
OTHERS = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"<?xml": "an XML document",
    b"<html": "a web page",
    b"<!DOC": "a web page",
}


def content(path: Path) -> bytes:
    """The bytes of the file; its size is checked before it is read, and again while.

    Raises Unsafe where there is none, or too large a one.
    """
    try:
        if not path.is_file():
            kind = (
                "a folder, not a file" if path.is_dir() else "not a regular file" if path.exists() else "no such file"
            )
            raise Unsafe(Finding(WHOLE, kind, ""))
        with path.open("rb") as file:
            return _not_too_large(file.read(limits.FILE_SIZE + 1), path.stat().st_size)
    except (OSError, ValueError) as error:
        if isinstance(error, Unsafe):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise Unsafe(Finding(WHOLE, f"cannot be read: {reason}", "")) from None


def zip_archive(data: bytes) -> zipfile.ZipFile:
    """The zip in the data, with its members counted before they are listed.

    Raises Unsafe for anything else, by the name of what it is.
    """
    _not_too_large(data, len(data))
    if not data.startswith(ZIP):
        raise Unsafe(_other(data))
    count = data.count(CENTRAL_ENTRY)
    if count > limits.MEMBERS:
        raise too_large(WHOLE, f"a zip of {count:,} members", f"{limits.MEMBERS:,}")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError, EOFError):
        raise Unsafe(Finding(WHOLE, "incomplete zip file, as after a broken download", SAVE_AGAIN)) from None


def megabytes(size: int) -> str:
    return f"{size / limits.MEGABYTE:,.0f} MB"


def _not_too_large(data: bytes, size: int) -> bytes:
    if len(data) > limits.FILE_SIZE:
        raise too_large(WHOLE, f"too large: {megabytes(max(size, len(data)))}", megabytes(limits.FILE_SIZE))
    return data


def _other(data: bytes) -> Finding:
    if not data:
        return Finding(WHOLE, "empty file", SAVE_AGAIN)
    if data.startswith(COMPOUND):
        return _compound(data)
    for start, name in OTHERS.items():
        if data[:16].lstrip().lower().startswith(start.lower()):
            return Finding(WHOLE, f"{name}, not a workbook", SAVE_AGAIN)
    return Finding(WHOLE, "not a zip file, so not a workbook", SAVE_AGAIN)


def _compound(data: bytes) -> Finding:
    """An OLE compound file, by the names of its streams: an encrypted workbook, an old .xls, or something else."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return Finding(WHOLE, "a password-protected workbook", NO_PASSWORD)
    if holds("Workbook") or holds("Book"):
        return Finding(WHOLE, "an .xls workbook of Excel 97-2003", SAVE_AGAIN)
    return Finding(WHOLE, "an OLE compound file, such as an old Office document, not a workbook", SAVE_AGAIN)
