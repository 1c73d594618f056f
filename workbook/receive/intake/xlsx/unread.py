"""Sheets that are left out of what is read: only whether anything in them is dangerous or damaged is looked for."""

from __future__ import annotations

from workbook.receive.intake.markup import well_formed
from workbook.receive.intake.outside import FIRST_LOOK

# A link, an element that leads to another member, and whatever can hide a formula from a look at the bytes.
DOUBTFUL = (b"|", b"://", b"&#", b"<!", b"<?", b"r:id")
FUNCTIONS = tuple(word.encode() for word in FIRST_LOOK)
# In none of them, and half of all bytes: the rest is looked through in half the time. What stands to both sides is then side
# by side, so that more may look doubtful, never less.
INNOCENT = b'0123456789."=> '


def is_harmless(member: str, content: bytes) -> bool:
    """Whether a worksheet needs no reading to be judged, since nothing in it looks as if it reached outside the workbook.

    What looks so may as well be a text; reading it will tell. Raises Unsafe for invalid XML.
    """
    before, cells, rest = content.partition(b"<sheetData>")
    if not cells or b"<!" in before or b"\x00" in content:
        return False
    rest = rest.translate(None, INNOCENT)
    if any(mark in rest for mark in DOUBTFUL):
        return False
    large = rest.upper()
    if any(function in large for function in FUNCTIONS):
        return False
    well_formed(member, content)
    return True
