"""A list in the overview: an Excel Table over as many sheets as its rows need, written row by row as they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from workbook.files.address import column_letters, quoted
from workbook.write.sheet import Cell, Listing, Sheet

SUMS, HEAD, FIRST = 4, 5, 6
# Rows of a sheet, in Excel and everything that reads its files.
MOST_ROWS = 1_048_576
# With more rows, a sheet may take 4 GB: a row of the longest texts takes 8 kB.
SURELY_SMALL = 500_000
# Excel accepts no more links in a sheet.
MOST_LINKS = 65_000
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


class Column(NamedTuple):
    """A column of a list: its heading, its width, the name by which formulas find it, and how its cells look."""

    heading: str
    width: float
    key: str
    style: str
    format: str


# With which a list of rows begins: which of the portfolio each is, and whose.
WHOSE = (
    ("Row", 7, "row", "fixed", "flag"),
    ("Id", 26, "id", "record", "general"),
    ("Project", 38, "name", "record", "general"),
    ("Owner", 22, "owner", "record", "general"),
)


def letters(columns: Sequence[Column]) -> dict[str, str]:
    """Key of a column -> the letters of its place in the sheet."""
    return {column.key: column_letters(number) for number, column in enumerate(columns, 1)}


class Row(NamedTuple):
    """The cells of a row. file: a workbook that the cell `file` links to, or None."""

    cells: Sequence[Cell]
    file: str | None = None


class Listed(NamedTuple):
    """What a list is made of.

    sheet, table: names, numbered from the second sheet on; rows: each of its number in its sheet, once that is known;
    sums: for a range of rows (first, how many), the sums to show above: column -> amount.
    """

    sheet: str
    table: str
    purpose: str
    columns: Sequence[Column]
    length: int
    rows: Iterator[Callable[[int], Row]]
    sums: Callable[[int, int], Mapping[str, float]] = lambda begin, count: {}


class Part:
    """One sheet of a list. last: its last row; table: the name of its table.

    links, relations: to the workbooks, as XML, whole once the rows are written.
    """

    def __init__(self, listed: Listed, number: int, begin: int, rows: int) -> None:
        name, self.table = (
            f"{name}{f'{between}{number}' * (number > 1)}"
            for name, between in ((listed.sheet, " "), (listed.table, "_"))
        )
        self._columns = listed.columns
        self._letters = letters(listed.columns)
        self.sheet = Sheet(name, "result", name, listed.purpose, freeze=(FIRST, 3), header_rows=(1, HEAD))
        self.last = FIRST + max(rows, 1) - 1
        self.reach = f"A{HEAD}:{column_letters(len(listed.columns))}{self.last}"
        self.links, self.relations, self._linked = bytearray(), bytearray(), 0
        self._head(listed.sums(begin, rows))
        # A cell without a value is no link.
        # They are numbered in this order, which must be the same in every process.
        styles = tuple(
            dict.fromkeys([*((column.style, column.format) for column in listed.columns), ("record", "general")])
        )
        self.sheet.listing = Listing(FIRST, rows, len(listed.columns), styles, self._rows(islice(listed.rows, rows)))

    def column(self, key: str, sheet: str = "") -> str:
        """The range of a column, for a formula of another sheet where this one is named."""
        letter = self._letters[key]
        return f"{quoted(sheet) + '!' if sheet else ''}${letter}${FIRST}:${letter}${self.last}"

    def _head(self, sums: Mapping[str, float]) -> None:
        """Write the column names, and above them the sums of the rows that the filter shows."""
        for at, column in enumerate(self._columns, 1):
            self.sheet.put(HEAD, at, column.heading, "head")
            self.sheet.widths[at] = column.width
            if column.key in sums:
                formula = f"SUBTOTAL(109,{self.column(column.key)})"
                self.sheet.cells[SUMS, at] = Cell(sums[column.key], formula, "result", "money")
        self.sheet.heights[HEAD] = 28
        if sums:
            self.sheet.put(SUMS, 1, "Shown", "label")

    def _rows(self, rows: Iterable[Callable[[int], Row]]) -> Iterator[Sequence[Cell]]:
        for number, row in enumerate(rows, FIRST):
            cells, file = row(number)
            if file is not None and self._linked < MOST_LINKS:
                self._link(number, file)
            yield cells

    def _link(self, row: int, file: str) -> None:
        self._linked += 1
        self.links += f'<hyperlink ref="{self._letters["file"]}{row}" r:id="file{row}"/>'.encode()
        target = f'TargetMode="External" Target={quoteattr(quote(file))}'
        self.relations += f'<Relationship Id="file{row}" Type="{RELATION}/hyperlink" {target}/>'.encode()

    def written(self, member: bytes, rows: Iterable[bytes]) -> Iterator[bytes]:
        """The sheet with its rows, and after them what is known once they are written: its links, and its table."""
        head, end, tail = member.partition(b"</sheetData>")
        yield head
        yield from rows
        before, margins, after = tail.partition(b"<pageMargins")
        yield from (end, before, self._links_element(), margins, after.replace(b"</worksheet>", b""))
        yield f'<tableParts count="1"><tablePart xmlns:r="{RELATION}" r:id="table"/></tableParts></worksheet>'.encode()

    def _links_element(self) -> bytes:
        return b'<hyperlinks xmlns:r="%s">%s</hyperlinks>' % (RELATION.encode(), self.links) if self.links else b""

    def relations_member(self, number: int) -> bytes:
        """What the sheet is related to: its table, of this number, and the workbooks."""
        table = f'<Relationship Id="table" Type="{RELATION}/table" Target="../tables/table{number}.xml"/>'
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        return f'{DECLARED}<Relationships xmlns="{space}">{table}'.encode() + self.relations + b"</Relationships>"

    def table_member(self, number: int) -> bytes:
        """The rows as an Excel Table, with a filter."""
        columns = "".join(
            f'<tableColumn id="{at}" name={quoteattr(column.heading)}/>' for at, column in enumerate(self._columns, 1)
        )
        return (
            f'{DECLARED}<table xmlns="{MAIN}" id="{number}" name="{self.table}" displayName="{self.table}"'
            f' ref="{self.reach}" totalsRowShown="0"><autoFilter ref="{self.reach}"/>'
            f'<tableColumns count="{len(self._columns)}">{columns}</tableColumns>'
            '<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>'
        ).encode()


def parts(listed: Listed) -> Iterator[Part]:
    """The sheets of a list; at least one, even without rows."""
    most = MOST_ROWS - FIRST + 1
    for number, begin in enumerate(range(0, max(listed.length, 1), most), 1):
        yield Part(listed, number, begin, min(most, listed.length - begin))


def open_to_all(member: bytes) -> bytes:
    """The member without the protection that a package gives to every sheet: nothing here needs it."""
    return re.sub(rb"<sheetProtection [^>]*/>", b"", member)


def with_tables(types: bytes, count: int) -> bytes:
    """The types of content, with those of so many tables."""
    tables = "".join(
        f'<Override PartName="/xl/tables/table{number}.xml" ContentType="{TABLE_TYPE}"/>'
        for number in range(1, count + 1)
    )
    return types.replace(b"</Types>", f"{tables}</Types>".encode())
