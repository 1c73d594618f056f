"""Formulas of .ods files in the form in which .xlsx files hold them."""

from __future__ import annotations

import re

PIECE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|\[(?P<reference>(?:[^\[\]']|'(?:[^']|'')*')*)\]|(?P<mark>;)|(?P<prefix>\$\$(?=_xlfn\.)|(?:COM\.MICROSOFT|ORG\.(?:GNUMERIC|LIBREOFFICE|OPENOFFICE))\.)"""
)
_CELL = r"(\$?[A-Z]{1,3}\$?[0-9]{1,7})"
_SHEET = r"(?:\$?('(?:[^']|'')+'|[^'.:]+))?"
REFERENCE = re.compile(rf"{_SHEET}\.{_CELL}(?::{_SHEET}\.{_CELL})?")


def excel_form(formula: str) -> str:
    """[.$B2]*SUM([$Values.C5:.C9]) -> $B2*SUM(Values!C5:C9); semicolons between arguments become commas."""
    return PIECE.sub(_piece, formula)


def _piece(match: re.Match[str]) -> str:
    if match["text"] is not None:
        return match["text"]
    if match["reference"] is None:
        return "," if match["mark"] else ""
    reference = REFERENCE.fullmatch(match["reference"])
    if reference is None or "#REF!" in match["reference"]:
        return "#REF!"
    sheet, first, of_last, last = reference.groups()
    through = f":{of_last}" if of_last and of_last != sheet else ""
    return (f"{sheet}{through}!" if sheet else "") + first + (f":{last}" if last else "")
