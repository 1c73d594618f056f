"""Rows that hold numbers and nothing else, taken out of a sheet before it is read: no input is found in them.

They are the trials, five cells of six in a workbook. A row is taken out only where every byte of it is as expected, and
so would have been read without a word; all others stay, and are judged as ever.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from workbook.receive.intake.grid import LAST_ROW, column_of
from workbook.receive.intake.outside import reaches_outside
from workbook.receive.intake.texts import ESCAPE
from workbook.receive.intake.xlsx import MAIN

# Printable ASCII without < and &, and the escapes for them.
_TEXT = rb"(?:[ -%'-;=-~]|&(?:lt|gt|amp|quot|apos);){1,8000}+"
_FORMULA = rb'<f(?: t="shared" ref="[A-Z0-9:]{2,25}" si="[0-9]{1,5}")?+>' + _TEXT + rb"</f>"
_SHARING = rb'<f t="shared" si="[0-9]{1,5}"/>'
_NUMBER = rb"<v>-?[0-9]{1,20}+(?:\.[0-9]{1,20}+)?+(?:[eE][-+]?[0-9]{1,2}+)?+</v>"
_CELL = (
    rb'<c r="[A-Z]{1,3}(?P=row)"(?: s="[0-9]{1,5}+")?+>(?:' + _SHARING + rb"|" + _FORMULA + rb")?+" + _NUMBER + rb"</c>"
)
ROW = re.compile(rb'<row r="(?P<row>[1-9][0-9]{0,6})">(?:' + _CELL + rb")++</row>")
COLUMNS = re.compile(rb'<c r="([A-Z]+)')
FORMULAS = re.compile(rb'<f(?: t="shared" ref="[^"]*" si="([0-9]+)")?>([^<]+)</f>')
SHARING = re.compile(rb'<f t="shared" si="([0-9]+)"/>')
NEXT = re.compile(rb'<row r="([1-9][0-9]{0,6})"[^>]*>|</sheetData>')
BEGINNING = re.compile(rb'\s*(?:<\?xml [^?>]*\?>)?\s*<worksheet xmlns="%s"[^>]*>' % next(iter(MAIN)).encode())
ESCAPES = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"), (b"&amp;", b"&"))


class NumberRows(NamedTuple):
    """What was taken out. cells: how many of them; text: the characters of all their formulas, shared ones each time."""

    cells: int
    text: int


def without_number_rows(sheet: bytes) -> tuple[bytes, NumberRows]:
    """The XML of a sheet without its rows of numbers, as many as follow each other with the same columns."""
    run = _longest_run(sheet)
    if run is None:
        return sheet, NumberRows(0, 0)
    start, end, cells = run
    rest, rows = sheet[:start] + sheet[end:], sheet[start:end]
    text = _formula_text(rows) if _is_plain(rest) and _in_order(sheet, rows, start, end) else None
    return (sheet, NumberRows(0, 0)) if text is None else (rest, NumberRows(cells, text))


def _longest_run(sheet: bytes) -> tuple[int, int, int] | None:
    """Where the most of these rows that follow each other begin and end, and how many cells they have."""
    longest, match = None, ROW.search(sheet)
    while match:
        start, row, columns = match.start(), int(match["row"]), COLUMNS.findall(match[0])
        count, end = 0, start
        while match and int(match["row"]) == row + count and COLUMNS.findall(match[0]) == columns:
            count, end = count + 1, match.end()
            match = ROW.match(sheet, end)
        if _is_rising(columns) and (longest is None or count * len(columns) > longest[2]):
            longest = start, end, count * len(columns)
        match = match or ROW.search(sheet, end)
    return longest


def _is_rising(columns: list[bytes]) -> bool:
    numbers = [column_of(column.decode()) for column in columns]
    return all(one < other for one, other in zip([0, *numbers], numbers, strict=False))


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


def _in_order(sheet: bytes, rows: bytes, start: int, end: int) -> bool:
    """Whether the rows stand between those before and after them, of which the nearest have their numbers."""
    first, last = (int(ROW.match(rows, at)["row"]) for at in (0, rows.rfind(b"<row ")))  # type: ignore[index]
    after = NEXT.match(sheet, end)
    if after is None or (after[1] and int(after[1]) <= last) or last > LAST_ROW:
        return False
    if sheet.endswith(b"<sheetData>", 0, start):
        return True
    before = NEXT.match(sheet, sheet.rfind(b"<row ", 0, start))
    return (
        sheet.endswith(b"</row>", 0, start) and before is not None and before[1] is not None and int(before[1]) < first
    )


def _formula_text(rows: bytes) -> int | None:
    """The characters of all formulas; None where one has to be looked at, or shares what is not there."""
    length, shared = 0, {}
    for group, escaped in FORMULAS.findall(rows):
        for escape, character in ESCAPES:
            escaped = escaped.replace(escape, character)
        formula = escaped.decode("ascii")
        if ESCAPE.search(formula) or reaches_outside(formula) or (group and group in shared):
            return None
        length += len(formula)
        if group:
            shared[group] = len(formula)
    uses = Counter(SHARING.findall(rows))
    if not uses.keys() <= shared.keys():
        return None
    return length + sum(shared[group] * count for group, count in uses.items())
