"""Zip files too large for the memory: made on the disk, member by member, and read back in pieces.

Their bytes follow from their members and from the zlib of this Python, whereas those of `archive` follow from the members
alone: libdeflate, which it uses, takes a member as a whole.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from workbook.files.archive import UNIX
from workbook.files.temporary import temporary_file

# Twice the size for a third of the time of level 6, where most of the text repeats itself.
LEVEL = 3
BLOCK = 1 << 20


def streamed(members: Iterable[tuple[str, Iterable[bytes]]], is_vast: bool = False) -> Iterator[bytes]:
    """The zip file of members, each a name and its content in pieces, in pieces. is_vast: one may have 4 GB or more.

    Raises TemporaryError where the disk has no room for it. What the making of the pieces raises stays as it is.
    """
    with temporary_file() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            for name, pieces in members:
                with archive.open(name, "w", force_zip64=is_vast) as member:
                    for piece in pieces:
                        member.write(piece)
                # The date is the first that a zip file knows, everywhere; the system is not.
                archive.getinfo(name).create_system = UNIX
        file.seek(0)
        while block := file.read(BLOCK):
            yield block
