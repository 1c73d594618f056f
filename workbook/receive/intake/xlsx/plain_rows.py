"""Rows as spreadsheet programs write them, taken apart at once: to hear each element of them takes four times as long.

What is not written in exactly this way is left to `sheet.SheetListener`, which hears any XML. So nothing is decided here:
neither what is allowed nor what a cell means.
"""

from __future__ import annotations

import re
from functools import lru_cache

from workbook.receive.intake import limits
from workbook.receive.intake.markup import well_formed
from workbook.receive.intake.unsafe import Unsafe

# Larger ones are heard, which needs no memory for all the pieces at once.
LARGEST = 16 * limits.MEGABYTE
DATA = "sheetData"
OPENED, CLOSED = f"<{DATA}>", f"</{DATA}>"
DECLARATION = "<?xml "
# What may hold what only looks like rows; and what a parser makes something else of.
DOUBTFUL_BEFORE, DOUBTFUL = ("<!", "<?"), ("&#", "\r")
# A namespace that is declared makes another element of its own, and one of another namespace may be one of these: of those
# with a prefix only Excel's own is known.
_ATTRIBUTES = r'((?: (?!xmlns)(?:\w+|x14ac:dyDescent)="[^"<&\s]*"){0,20})'
_TEXT = rf"([^<]{{0,{limits.CELL_TEXT}}})"
_SPACE = r'(?: xml:space="preserve")?'
ROW_OR_CELL = re.compile(
    r'<c(?: r="([A-Z]+[0-9]+)")?(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    rf"(?:/>|>(?:<(f){_ATTRIBUTES}(?:/>|>{_TEXT}</f>))?"
    rf"(?:<(v){_SPACE}>{_TEXT}</v>|<is><(t){_SPACE}>{_TEXT}</t></is>)?</c>)"
    rf"|<(row){_ATTRIBUTES}(/?)>|(</row>)|(.+)",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')
# The ampersand last.
SIGNS = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


# A cell, or a row that begins or ends, by the groups above; what it does not have is empty.
Piece = tuple[str, ...]


def taken_apart(member: str, content: bytes) -> tuple[bytes, list[Piece]] | None:
    """A worksheet without its rows, and these in pieces; None for one that has to be heard, if only to say what is wrong.

    Whether the rows stand where rows belong, what is left will tell.
    """
    # Each element has at least one of these signs.
    if len(content) > LARGEST or content.count(b"<") > limits.ELEMENTS:
        return None
    try:
        before, opened, rest = content.decode().partition(OPENED)
        rows, closed, after = rest.partition(CLOSED)
        if not (opened and closed) or DATA in before or DATA in after:
            return None
        if any(mark in before.removeprefix(DECLARATION) for mark in DOUBTFUL_BEFORE):
            return None
        if any(mark in rows for mark in DOUBTFUL):
            return None
        pieces = ROW_OR_CELL.findall(rows)
        if not _are_rows(pieces):
            return None
        well_formed(member, content)
    except (UnicodeDecodeError, Unsafe):
        return None
    return (before + opened + closed + after).encode(), pieces


def _are_rows(pieces: list[Piece]) -> bool:
    """Whether there is nothing but cells in rows."""
    in_row = False
    for *_, row, _, is_empty, end, other in pieces:
        if other or in_row == bool(row):
            return False
        if row or end:
            in_row = bool(row) and not is_empty
    return not in_row


@lru_cache(1000)
def attributes(text: str) -> dict[str, str]:
    """The attributes of a piece, by name."""
    return dict(ATTRIBUTE.findall(text))


def unescaped(text: str) -> str:
    """What the text of a piece stands for."""
    if "&" in text:
        for escape, sign in SIGNS.items():
            text = text.replace(escape, sign)
    return text
