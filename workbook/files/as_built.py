"""Whether a workbook is still as `engagement build` left it, so that nothing of anybody is lost when it is replaced.

Every program that saves a workbook packs it in its own way: the date of each member, its order and its compression. A
file whose members are all packed as `archive` packs them, with their checksums right, was saved by no other program.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from workbook.files.agreed import CREATOR
from workbook.files.archive import contents, is_packed_here

# Far more than a workbook of ours has, packed and unpacked.
LARGEST, LARGEST_UNPACKED = 100_000_000, 500_000_000
MADE_BY = f"<dc:creator>{CREATOR}</dc:creator>".encode()
SHEETS = re.compile(rb'<sheet name="([^"]*)"')
# Every workbook that is built has the first; a copy with problems marked, which holds what somebody typed, has the second.
RECORD, PROBLEMS = b"Record", b"Problems"


def is_as_built(path: Path) -> bool:
    """Whether the file is a workbook of ours that nobody has saved since."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return False
        data = path.read_bytes()
        if not is_packed_here(data[:100]) or _unpacked(path) > LARGEST_UNPACKED:
            return False
        members = contents(data)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
    sheets = SHEETS.findall(members.get("xl/workbook.xml", b""))
    is_ours = MADE_BY in members.get("docProps/core.xml", b"") and RECORD in sheets
    return is_ours and not any(name.startswith(PROBLEMS) for name in sheets)


def _unpacked(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist())
