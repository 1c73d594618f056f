"""Formulas of .ods files in the form in which .xlsx files hold them."""

from __future__ import annotations

import re

PIECE = re.compile(r"""(?P<text>"(?:[^"]|"")*")|\[(?P<reference>(?:[^\[\]']|'(?:[^']|'')*')*)\]|(?P<mark>;)|(?P<prefix>COM\.MICROSOFT\.)""")
END = re.compile(r"(?:\$?(?P<sheet>'(?:[^']|'')+'|[^'.]+))?\.(?P<cell>[$A-Z0-9]+)")


def excel_form(formula: str) -> str:
    """[.$B2]*SUM([$Values.C5:.C9]) -> $B2*SUM(Values!C5:C9); semicolons between arguments become commas."""
    return PIECE.sub(_piece, formula)


def _piece(match: re.Match[str]) -> str:
    if match["text"] is not None:
        return match["text"]
    if match["mark"]:
        return ","
    if match["prefix"]:
        return ""
    return _reference(match["reference"])


def _reference(text: str) -> str:
    ends = END.findall(text)
    if not ends or ":".join((f"${sheet}" if f"${sheet}." in text else sheet) + "." + cell for sheet, cell in ends) != text:
        return "#REF!" if "#REF!" in text else f"[{text}]"
    sheet = ends[0][0]
    return (f"{sheet}!" if sheet else "") + ":".join(cell for _, cell in ends)
