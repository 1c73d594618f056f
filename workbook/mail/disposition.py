"""The header that names an attached file, for mail programs old and new."""

from __future__ import annotations

import re
from urllib.parse import quote

from workbook.mail.attachment import plain_name

CHARSET = "utf-8''"
# Whole bytes of a percent-encoded name, in pieces that fit on a line.
PIECES = re.compile(r"(?:%[0-9A-F]{2}|[^%]){1,18}")


def disposition(name: str) -> str:
    """The value of Content-Disposition, folded: `filename` in short ASCII, and `filename*` of RFC 2231 if that is not all.

    Python's email package writes only one of the two, and some mail programs read only the other.
    """
    plain = plain_name(name)
    given = ["attachment", f'filename="{plain}"']
    if plain != name:
        pieces = PIECES.findall(CHARSET + quote(name, safe=""))
        numbers = [""] if len(pieces) == 1 else [f"{at}*" for at in range(len(pieces))]
        given += [f"filename*{number}={piece}" for number, piece in zip(numbers, pieces, strict=True)]
    return ";\r\n ".join(given)
