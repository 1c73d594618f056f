"""The workbook as an attachment: its type, and a file name that no mail program stumbles over."""

from __future__ import annotations

import unicodedata
from pathlib import Path

TYPES = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ods": ("application", "vnd.oasis.opendocument.spreadsheet"),
}
ZIP = b"PK\x03\x04"
LONGEST = 100
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


class NoWorkbookError(ValueError):
    """The file is none that goes out by mail."""


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
