"""Sheets that are left out of what is read: only whether anything in them is dangerous or damaged is looked for."""

from __future__ import annotations

from workbook.receive.intake.markup import well_formed
from workbook.receive.intake.outside import FIRST_LOOK

# A link, an element that leads to another member, and whatever can hide a formula from a look at the bytes.
DOUBTFUL = (b"|", b"://", b"&#", b"<!", b"<?", b"r:id")
FUNCTIONS = tuple(word.encode() for word in FIRST_LOOK)


def is_harmless(member: str, content: bytes) -> bool:
    """Whether a worksheet needs no reading to be judged, since nothing in it looks as if it reached outside the workbook.

    What looks so may as well be a text; reading it will tell. Raises Unsafe for invalid XML.
    """
    before, cells, rest = content.partition(b"<sheetData>")
    if not cells or b"<!" in before or b"\x00" in content or any(mark in rest for mark in DOUBTFUL):
        return False
    large = rest.upper()
    if any(function in large for function in FUNCTIONS):
        return False
    well_formed(member, content)
    return True
