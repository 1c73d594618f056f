"""The day that a workbook bears, in the members of its .xlsx file: on its first page and on the sheet About.

Found by the name of its cell. Where a file has none, as one that another program made, the day counts as content.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from workbook.files.agreed import ABOUT, MADE_ON

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
NAMED = re.compile(rb"<definedName\b[^<>]*\bname=\"%b\"[^<>]*>'?([^<>!']+)'?!\$([A-Z]+)\$([0-9]+)<" % MADE_ON.encode())
SHEET = rb"<sheet\b[^<>]*\bname=\"%b\"[^<>]*\br:id=\"([^\"]*)\""
RELATION = re.compile(rb"<Relationship\b[^<>]*>")
# A cell that holds a number and no formula: its beginning, and the number.
CELL = rb"(<c\b(?![^<>]*\bt=\"s\")%b[^<>]*><v>)(%b)(?=</v></c>)"


def undated(members: Mapping[str, bytes | bytearray]) -> dict[str, bytes]:
    """Those members that bear the day, without it. members: name -> content, of any file."""
    named = NAMED.search(members.get(BOOK, b""))
    if named is None:
        return {}
    first, about = (_member(members, sheet) for sheet in (named[1], ABOUT.encode()))
    page = members.get(first, b"")
    cell = re.search(CELL % (rb"[^<>]*\br=\"%b\"" % (named[2] + named[3]), rb"[0-9]+"), page)
    if cell is None:
        return {}
    again = CELL % (b"", cell[2])
    return {first: bytes(page[: cell.start(2)] + page[cell.end(2) :])} | (
        {about: re.sub(again, rb"\1", members[about])} if about in members else {}
    )


def _member(members: Mapping[str, bytes | bytearray], sheet: bytes) -> str:
    """The name of the member of that sheet; empty where there is none."""
    listed = re.search(SHEET % re.escape(sheet), members[BOOK])
    for relation in RELATION.findall(members.get(RELATIONS, b"")):
        target = re.search(rb"\bTarget=\"([^\"]*)\"", relation)
        if listed and target and rb' Id="%b"' % listed[1] in relation:
            return posixpath.normpath(posixpath.join("/xl", target[1].decode(errors="replace")))[1:]
    return ""
