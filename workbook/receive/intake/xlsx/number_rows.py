"""Rows of numbers, taken out of a sheet before it is read: no input is found in them.

They are the trials, five cells of six in a workbook: a row of them ends with hundreds of numbers side by side. These are
taken out only where every byte of them is as expected, and so would have been read without a word; what stands before them in
their rows, and all other rows, stay, and are judged as ever.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from workbook.receive.intake.grid import LAST_ROW, column_of
from workbook.receive.intake.outside import reaches_outside
from workbook.receive.intake.texts import ESCAPE
from workbook.receive.intake.xlsx import MAIN

# So many numbers side by side are no inputs: those by month are sixty.
FEWEST = 200
# Printable ASCII without < and &, and the escapes for them.
_TEXT = rb"(?:[ -%'-;=-~]|&(?:lt|gt|amp|quot|apos);){1,8000}+"
_FORMULA = rb'<f(?: t="shared" ref="[A-Z0-9:]{2,25}" si="[0-9]{1,5}")?+>' + _TEXT + rb"</f>"
_SHARING = rb'<f t="shared" si="[0-9]{1,5}"/>'
_NUMBER = rb"<v>-?[0-9]{1,20}+(?:\.[0-9]{1,20}+)?+(?:[eE][-+]?[0-9]{1,2}+)?+</v>"
# Of the cells that are written here, those of the trials alone have no style.
_CELL = rb'<c r="[A-Z]{1,3}(?P=row)">(?:' + _SHARING + rb"|" + _FORMULA + rb")?+" + _NUMBER + rb"</c>"
# A cell that stays, whatever it holds.
_STAYS = (
    rb'<c r="(?P<before>[A-Z]{1,3})(?P=row)" s="[0-9]{1,5}+"(?: t="[a-zA-Z]{1,9}")?+(?:/>|>(?:(?!</?c[ >]).)*+</c>)'
)
ROW = re.compile(
    rb'<row r="(?P<row>[1-9][0-9]{0,6})"(?: ht="[0-9.]{1,9}" customHeight="1")?+>(?:' + _STAYS + rb")*+"
    rb"(?P<numbers>(?:" + _CELL + rb')++)</row>(?=<row r="[1-9][0-9]{0,6}"[^>]*>|</sheetData>)',
    re.DOTALL,
)
COLUMNS = re.compile(rb'<c r="([A-Z]+)')
FORMULAS = re.compile(rb'<f(?: t="shared" ref="[^"]*" si="([0-9]+)")?>([^<]+)</f>')
SHARING = re.compile(rb'<f t="shared" si="([0-9]+)"/>')
BEGINNING = re.compile(rb'\s*(?:<\?xml [^?>]*\?>)?\s*<worksheet xmlns="%s"[^>]*>' % next(iter(MAIN)).encode())
ESCAPES = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"), (b"&amp;", b"&"))


class NumberRows(NamedTuple):
    """What was taken out. cells: how many of them; text: the characters of all their formulas, shared ones each time."""

    cells: int
    text: int


def without_number_rows(sheet: bytes) -> tuple[bytes, NumberRows]:
    """The XML of a sheet without the numbers that end its rows, where they are many and all in the same columns."""
    matches = [match for match in ROW.finditer(sheet) if match["numbers"].count(b"<c r=") >= FEWEST]
    columns = {tuple(COLUMNS.findall(match["numbers"])) for match in matches}
    if len(columns) != 1 or not _in_order(matches, *columns):
        return sheet, NumberRows(0, 0)
    kept, start = [], 0
    for match in matches:
        kept.append(sheet[start : match.start("numbers")])
        start = match.end("numbers")
    rest = b"".join((*kept, sheet[start:]))
    text = _formula_text([match["numbers"] for match in matches]) if _is_plain(rest) else None
    return (sheet, NumberRows(0, 0)) if text is None else (rest, NumberRows(len(matches) * len(*columns), text))


def _in_order(matches: Sequence[re.Match[bytes]], columns: Sequence[bytes]) -> bool:
    """Whether the cells stand one after the other, after what stays of their rows."""
    numbers = [column_of(column.decode()) for column in columns]
    before = [column_of(match["before"].decode()) if match["before"] else 0 for match in matches]
    rising = all(one < other for one, other in zip([max(before), *numbers], numbers, strict=False))
    return rising and all(int(match["row"]) <= LAST_ROW for match in matches)


def _is_plain(rest: bytes) -> bool:
    """Whether the rows stood where rows stand: one namespace, no comments or other things that hide markup, no formula that
    shares one of theirs."""
    return (
        BEGINNING.match(rest) is not None
        and rest.count(b"xmlns=") == rest.count(b"<sheetData>") == rest.count(b"</sheetData>") == 1
        and b"<!" not in rest
        and rest.count(b"<?") <= 1
        and b"si=" not in rest
    )


def _formula_text(rows: Sequence[bytes]) -> int | None:
    """The characters of all formulas; None where one has to be looked at, or shares what is not there."""
    length, shared = 0, {}
    cells = b"".join(rows)
    for group, escaped in FORMULAS.findall(cells):
        for escape, character in ESCAPES:
            escaped = escaped.replace(escape, character)
        formula = escaped.decode("ascii")
        if ESCAPE.search(formula) or reaches_outside(formula) or (group and group in shared):
            return None
        length += len(formula)
        if group:
            shared[group] = len(formula)
    uses = Counter(SHARING.findall(cells))
    if not uses.keys() <= shared.keys():
        return None
    return length + sum(shared[group] * count for group, count in uses.items())
