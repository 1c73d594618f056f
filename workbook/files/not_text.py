"""What a file is that should be text and is none, told by how it begins."""

from __future__ import annotations

BEGINNINGS = {
    b"PK\3\4": ("a workbook or another zip file, not text", "give a workbook its own ending, such as .xlsx"),
    b"\xd0\xcf\x11\xe0": ("a document of an older Excel or Word, not text", "save it as .xlsx, or as a text file"),
    b"%PDF": ("a PDF, not text", ""),
    b"{\\rtf": ("formatted text (RTF), not plain text", "save it as plain text in UTF-8"),
}
LONGEST = max(map(len, BEGINNINGS))
# What to do with a table.
SAVE_AS_UTF_8 = "save it as UTF-8; in Excel: Save As, CSV UTF-8 (Comma delimited)"
UTF_16 = "UTF-16, not UTF-8", ""


def not_text(beginning: bytes, otherwise: str) -> tuple[str, str] | None:
    """What it is, and what to do; None where it may be text in UTF-8.

    beginning: LONGEST bytes or more; otherwise: what to do where nothing better is known.

    Text in UTF-16 has a mark before it, or a zero byte in its first letter if that is a Latin one.
    """
    first = beginning[:2]
    is_utf_16 = first in (b"\xff\xfe", b"\xfe\xff") or (len(first) > 1 and first.count(0) == 1)
    kinds = (kind for mark, kind in BEGINNINGS.items() if beginning.startswith(mark))
    if kind := next(kinds, UTF_16 if is_utf_16 else None):
        says, hint = kind
        return says, hint or otherwise
    return None
