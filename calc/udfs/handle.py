"""A scenario as the text of one cell, which the other functions take in place of its range.

A function sees values only, and so the text is the scenario itself: it survives reopening, copying, another computer and
rows that move, and a changed input is another text. Figures are not in it: they are always calculated from it anew.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import json
import zlib
from decimal import Decimal
from typing import Any

from calc.udfs.cells import Cell, Grid, UnusableError, grid, text
from calc.udfs.ranges import Found

PREFIX = "scenario:"
DIGITS = 12
# What a cell of Excel holds, and what a text of that length may unfold to: more than every field there is.
LONGEST_CELL, LONGEST_CONTENT = 32_767, 1_000_000
# Up to here every whole number has a form of its own.
LARGEST_WHOLE = 2**53
ALLOWED = "the text that tco_scenario gives, as it is; calculate its cell again"


def packed(fields: Found) -> str:
    """The fields as the text of a cell, the same whatever the order of their rows.

    Raises UnusableError if that is longer than a cell holds, which only long texts in the fields can make it.
    """
    lines = sorted([field.dotted, _plain(cell)] for field, cell in fields.items())
    content = json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()
    made = f"{PREFIX}{_digest(content)}:{base64.urlsafe_b64encode(zlib.compress(content, 9)).decode()}"
    if len(made) > LONGEST_CELL or len(content) > LONGEST_CONTENT:
        raise UnusableError("scenario", f"takes {len(made):,} characters", f"up to {LONGEST_CELL:,}, in shorter texts")
    return made


def handle_in(cells: Any) -> str | None:
    """The text of a scenario in an argument of one cell; None where the argument is something else."""
    rows = grid(cells)
    if len(rows) != 1 or len(rows[0]) != 1 or not isinstance(rows[0][0], str):
        return None
    cell = rows[0][0].strip()
    return cell if cell.startswith(PREFIX) else None


def unpacked(argument: str, handle: str) -> Grid:
    """The rows of field and value in a text of `packed`. Raises UnusableError where the text is cut or changed."""
    digest, _, packed_content = handle.removeprefix(PREFIX).partition(":")
    unfolding = zlib.decompressobj()
    try:
        content = unfolding.decompress(base64.b64decode(packed_content, altchars=b"-_", validate=True), LONGEST_CONTENT)
    except (binascii.Error, zlib.error, ValueError):
        content = b""
    if not unfolding.eof or unfolding.unused_data or _digest(content) != digest:
        raise UnusableError(argument, "found the text of a scenario that is cut or changed", ALLOWED)
    return tuple((name, value) for name, value in json.loads(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def _plain(cell: Cell) -> str | float | bool:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        cell = float(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < LARGEST_WHOLE:
        # One program hands over 300 as a whole number, another as 300.0.
        return int(cell)
    return cell if isinstance(cell, bool | int | float) else text(cell)
