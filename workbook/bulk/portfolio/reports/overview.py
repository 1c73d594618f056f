"""The workbook over a portfolio: totals with charts, and every row in a table to filter, sort and pivot.

Its rows are written as they come, to the end of a sheet and then to the next one, so that their number costs no memory.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from workbook.bulk.portfolio.reports.totals import (
    AMOUNTS,
    IN_DOLLARS,
    NONE,
    Sums,
    Totals,
    entry,
    in_dollars,
    key_of,
    outcome,
    reasons,
)
from workbook.files.address import column_letters, quoted
from workbook.files.streamed import streamed
from workbook.write.book import Cell, Listing, Sheet
from workbook.write.charts import Line, Picture, area, bars
from workbook.write.pack import PLAIN_ROW, Package
from workbook.write.palette import BAR, WHOLE

TOTALS, ROWS, TABLE = "Portfolio", "Scenarios", "Projects"
SUMS, HEAD, FIRST = 4, 5, 6
# Rows of a sheet, in Excel and everything that reads its files.
MOST_ROWS = 1_048_576
# With more rows, a sheet may take 4 GB: a row of the longest texts takes 8 kB.
SURELY_SMALL = 500_000
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
LONGEST_REMARK = 500
ROWS_PER_CM = 28.35 / PLAIN_ROW
# Excel accepts no more links in a sheet.
MOST_LINKS = 65_000

# Heading, width, key of the record (or of a value that `_cell` makes), style, number format.
COLUMNS = (
    ("Row", 7, "row", "fixed", "flag"),
    ("Id", 26, "id", "record", "general"),
    ("Project", 38, "name", "record", "general"),
    ("Owner", 22, "owner", "record", "general"),
    ("Recommended path", 34, "label", "record", "general"),
    ("Path id", 24, "recommendation", "record", "general"),
    ("Status", 11, "status", "record", "general"),
    ("Alerts", 60, "alerts", "record", "general"),
    ("Currency", 9, "currency", "record", "general"),
    ("Total cost", 14, "total", "result", "money"),
    ("Paid", 14, "paid", "calc", "money"),
    ("Own time", 14, "own_time", "calc", "money"),
    ("Losses", 14, "losses", "calc", "money"),
    ("Same scope, present value", 14, "same_scope", "result", "money"),
    ("Present value", 14, "npv", "calc", "money"),
    ("Low end (P10)", 14, "p10", "calc", "money"),
    ("Median (P50)", 14, "p50", "calc", "money"),
    ("P80", 14, "p80", "calc", "money"),
    ("High end (P90)", 14, "p90", "calc", "money"),
    ("Best case", 14, "best", "calc", "money"),
    ("Worst case", 14, "worst", "calc", "money"),
    ("Budget", 14, "budget.amount", "calc", "money"),
    ("Invoiced", 14, "invoiced", "calc", "money"),
    ("Headroom", 14, "budget.headroom", "calc", "money"),
    ("Chance above the budget", 12, "budget.chance_above", "calc", "percent"),
    ("Cost of the core", 14, "core_cost", "calc", "money"),
    ("Weeks to stable", 10, "weeks_to_stable", "calc", "weeks"),
    ("Currency per USD", 10, "usd_rate", "calc", "factor"),
    ("Total, USD", 14, "usd_total", "calc", "money"),
    ("Paid, USD", 14, "usd_paid", "calc", "money"),
    ("Same scope, USD", 14, "usd_same_scope", "calc", "money"),
    ("Cheapest path left", 34, "why_not.label", "record", "general"),
    ("Why not the cheapest", 60, "why_not.text", "record", "general"),
    ("Best sequence", 44, "design.name", "record", "general"),
    ("Its same scope", 14, "design.same_scope", "calc", "money"),
    ("It saves", 14, "design.saves", "calc", "money"),
    ("Workbook", 34, "file", "link", "general"),
    ("Reason", 60, "why", "record", "general"),
)
IN_USD = tuple(f"usd_{name}" for name in IN_DOLLARS)
NUMBER = {key: number for number, (_, _, key, _, _) in enumerate(COLUMNS, 1)}


# A cell without a value is no link.
# They are numbered in this order, which must be the same in every process.
STYLES = tuple(dict.fromkeys([*((style, format) for *_, style, format in COLUMNS), ("record", "general")]))


class Part:
    """A sheet of rows. rows: how many; sums: over them, of IN_USD; table: the name of its table.

    links, relations: to the workbooks, as XML, whole once the rows are written.
    """

    def __init__(self, number: int, rows: int, sums: Iterable[float], records: Iterator[dict[str, Any]]) -> None:
        name, self.table = (
            f"{name}{f'{between}{number}' * (number > 1)}" for name, between in ((ROWS, " "), (TABLE, "_"))
        )
        purpose = "One scenario per row, each in its own currency; filter any column and the sums above follow."
        self.sheet = Sheet(name, "result", name, purpose, freeze=(FIRST, 3), header_rows=(1, HEAD))
        self.last = FIRST + max(rows, 1) - 1
        self.reach = f"A{HEAD}:{column_letters(len(COLUMNS))}{self.last}"
        self.links, self.relations, self._linked = bytearray(), bytearray(), 0
        self._head(sums)
        self.sheet.listing = Listing(FIRST, rows, len(COLUMNS), STYLES, self._rows(islice(records, rows)))

    def column(self, key: str, sheet: str = "") -> str:
        """The range of a column, for a formula of another sheet where this one is named."""
        letter = column_letters(NUMBER[key])
        return f"{quoted(sheet) + '!' if sheet else ''}${letter}${FIRST}:${letter}${self.last}"

    def _head(self, sums: Iterable[float]) -> None:
        """Write the column names, and above them the sums of the rows that the filter shows."""
        for column, (heading, width, *_) in enumerate(COLUMNS, 1):
            self.sheet.put(HEAD, column, heading, "head")
            self.sheet.widths[column] = width
        self.sheet.heights[HEAD] = 28
        self.sheet.put(SUMS, NUMBER[IN_USD[0]] - 1, "Shown rows", "label")
        for key, value in zip(IN_USD, sums, strict=True):
            self.sheet.cells[SUMS, NUMBER[key]] = Cell(value, f"SUBTOTAL(109,{self.column(key)})", "result", "money")

    def _rows(self, records: Iterable[dict[str, Any]]) -> Iterator[list[Cell]]:
        for row, record in enumerate(records, FIRST):
            if "file" in record and self._linked < MOST_LINKS:
                self._link(row, record["file"])
            yield [self._cell(record, key, row, style, format) for _, _, key, style, format in COLUMNS]

    def _link(self, row: int, file: str) -> None:
        self._linked += 1
        self.links += f'<hyperlink ref="{column_letters(NUMBER["file"])}{row}" r:id="file{row}"/>'.encode()
        target = f'TargetMode="External" Target={quoteattr(quote(file))}'
        self.relations += f'<Relationship Id="file{row}" Type="{RELATION}/hyperlink" {target}/>'.encode()

    def _cell(self, record: dict[str, Any], key: str, row: int, style: str, format: str) -> Cell:
        if key in IN_USD:
            amount = key.removeprefix("usd_")
            dollars = in_dollars(record, amount) if outcome(record) == "written" else None
            source, rate = (f"{column_letters(NUMBER[name])}{row}" for name in (amount, "usd_rate"))
            return Cell(dollars, f'IF({source}="","",{source}/{rate})', style, format)
        if key == "why":
            return Cell("; ".join(reasons(record))[:LONGEST_REMARK] or None, None, style, format)
        if key == "alerts":
            sentences = " ".join(alert["text"] for alert in record.get(key, ()))
            return Cell(sentences[:LONGEST_REMARK] or None, None, style, format)
        value = entry(record, key)
        if key == "why_not.label" and value is None and outcome(record) == "written":
            value = record["label"]
        if key in ("label", "recommendation") and outcome(record) == "written":
            value = value or {"label": record["answer"], "recommendation": NONE}[key]
        return Cell(value, None, style if value is not None or style != "link" else "record", format)


class Overview:
    """The sheets, in the form that `workbook.write.pack.Package` takes. largest: its file may have any size."""

    largest = math.inf

    def __init__(self, totals: Totals, records: Callable[[], Iterable[dict[str, Any]]]) -> None:
        self.names: dict[str, tuple[str, int, int]] = {}
        purpose = f"Totals of {totals.about.portfolio}; every row is on the sheet {ROWS}."
        self.top = Sheet(TOTALS, "result", "Portfolio", purpose, freeze=(4, 1), header_rows=(0, 0))
        count, most = sum(totals.counts.values()), MOST_ROWS - FIRST + 1
        rows = iter(records())
        self.parts = [
            Part(number, min(most, count - begin), sums, rows)
            for number, (begin, sums) in enumerate(_sums(totals, records, count, most), 1)
        ]
        self.sheets = {sheet.name: sheet for sheet in (self.top, *(part.sheet for part in self.parts))}
        for sheet in self.sheets.values():
            sheet.put(1, 1, sheet.title, "title")
            sheet.put(2, 1, sheet.purpose, "purpose")
            sheet.heights[1] = 24
        self._totals(totals)

    def finish(self) -> None:
        """Do nothing: everything is written already."""

    def _totals(self, totals: Totals) -> None:
        sheet, about = self.top, totals.about
        sheet.widths.update({1: 40, 2: 26} | dict.fromkeys(range(3, 13), 15))
        shard = f"shard {about.shard[0]} of {about.shard[1]}" if about.shard[1] > 1 else "the whole portfolio"
        facts = (
            ("File", about.portfolio),
            ("Part", shard),
            ("SHA-256", f"{about.sha256[:16]}…"),
            ("Version", about.version),
            ("Edition of the workbooks", about.edition),
        )
        for row, (label, value) in enumerate(facts, 4):
            sheet.put(row, 1, label, "label")
            sheet.put(row, 2, value, "record")
        counts = (
            ("Workbooks written", totals.counts["written"]),
            ("Rows refused", totals.counts["refused"]),
            ("Rows failed", totals.counts["failed"]),
            ("Rows with alerts", totals.rows_alerted),
            ("Trials of the large simulation", about.runs),
        )
        for row, (label, count) in enumerate(counts, 4 + len(facts)):
            sheet.put(row, 1, label, "label")
            sheet.put(row, 2, count, "fixed", "whole")
        top = 4 + len(facts) + len(counts) + 1
        self._table(top, "Recommended path", "Path id", totals.paths, IN_USD, "recommendation")
        self._charts(top + 1, len(totals.paths))
        self._table(top + len(totals.paths) + 3, "Currency", "", totals.currencies, AMOUNTS, "currency")

    def _table(
        self,
        row: int,
        heading: str,
        second: str,
        sums_by_key: dict[str, dict[str, Any]],
        amounts: tuple[str, ...],
        key: str,
    ) -> None:
        """Write a table with one line per key: rows and sums by formula over the sheet of rows."""
        sheet = self.top
        names = {key: name for name, _, key, _, _ in COLUMNS}
        heads = [heading, second, "Scenarios", *(names[amount] for amount in amounts)]
        sheet.row(row, 1, [head or None for head in heads], "head")
        keys = [part.column(key, part.sheet.name) for part in self.parts]
        for at, (value, sums) in enumerate(sums_by_key.items(), row + 1):
            criterion = f"$B{at}" if second else f"$A{at}"
            sheet.put(at, 1, sums.get("label", value), "record")
            sheet.put(at, 2, value if second else None, "record")
            formula = "+".join(f"COUNTIF({range},{criterion})" for range in keys)
            sheet.cells[at, 3] = Cell(sums["rows"], formula, "calc", "whole")
            for column, amount in enumerate(amounts, 4):
                ranges = (part.column(amount, part.sheet.name) for part in self.parts)
                formula = "+".join(
                    f"SUMIFS({summed},{range},{criterion})" for summed, range in zip(ranges, keys, strict=True)
                )
                sheet.cells[at, column] = Cell(sums[key_of(amount)], formula, "calc", "money")

    def _charts(self, first: int, count: int) -> None:
        """Chart how often each path is recommended, and the total cost of those scenarios."""
        if not count:
            return
        sheet, head = self.top, first - 1
        charts = (
            (
                3,
                "How often each path is recommended",
                "Scenarios",
                "Bars per path: how many scenarios it is recommended for.",
                BAR,
            ),
            (
                4,
                "Total cost by recommended path",
                "US dollars",
                "Bars per path: the sum of its scenarios' total cost.",
                WHOLE,
            ),
        )
        for at, (column, title, unit, alt, colour) in enumerate(charts):
            series = Line(area(TOTALS, head, column), area(TOTALS, first, column, count), colour)
            size = 18, 3 + 0.8 * count
            chart = bars(title, area(TOTALS, first, 1, count), [series], unit, size, stacked=False)
            chart.legend = None
            sheet.charts.append(Picture(4 + at * math.ceil(size[1] * ROWS_PER_CM + 1), 14, chart, alt))


def _sums(
    totals: Totals, records: Callable[[], Iterable[dict[str, Any]]], count: int, most: int
) -> Iterator[tuple[int, list[float]]]:
    """For each sheet the number of rows before it, and its sums of IN_USD."""
    if count <= most:
        yield 0, [math.fsum(sums[key] for sums in totals.paths.values()) for key in IN_USD]
        return
    rows = iter(records())
    for begin in range(0, count, most):
        sums = Sums(IN_USD)
        for record in islice(rows, most):
            if outcome(record) == "written":
                sums.add("", [in_dollars(record, name) for name in IN_DOLLARS])
        yield begin, [sums.sum("", key) for key in IN_USD]


def workbook(totals: Totals, records: Callable[[], Iterable[dict[str, Any]]]) -> Iterator[bytes]:
    """The .xlsx file in pieces; the same for the same rows."""
    overview = Overview(totals, records)
    return streamed(_members(overview), any(part.last > SURELY_SMALL for part in overview.parts))


def _members(overview: Overview) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Every member of the file: those of a package, with the rows, a table and the links of each sheet of rows."""
    package = Package(overview)  # type: ignore[arg-type]  # it has every attribute of a book that a package reads
    members = package.members()
    tables = "".join(
        f'<Override PartName="/xl/tables/table{number}.xml" ContentType="{TABLE_TYPE}"/>'
        for number, _ in enumerate(overview.parts, 1)
    )
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(b"</Types>", f"{tables}</Types>".encode())
    for number, part in enumerate(overview.parts, 1):
        name = f"sheet{number + 1}.xml"
        head, end, tail = _open(members.pop(f"xl/worksheets/{name}")).partition(b"</sheetData>")
        yield f"xl/worksheets/{name}", _listed(head, package.listed(part.sheet.name), end, tail, part)
        yield f"xl/worksheets/_rels/{name}.rels", [_relations(number, part)]
        yield f"xl/tables/table{number}.xml", [_table(number, part)]
    yield from sorted((name, [_open(content)]) for name, content in members.items())


def _open(member: bytes) -> bytes:
    """The member without the protection that a package gives to every sheet: nothing here needs it."""
    return re.sub(rb"<sheetProtection [^>]*/>", b"", member)


def _listed(head: bytes, rows: Iterable[bytes], end: bytes, tail: bytes, part: Part) -> Iterator[bytes]:
    """A sheet with its rows, and after them what is known once they are written: its links, and its table."""
    yield head
    yield from rows
    before, margins, after = tail.partition(b"<pageMargins")
    yield from (end, before, _links(part), margins, after.replace(b"</worksheet>", b""))
    yield f'<tableParts count="1"><tablePart xmlns:r="{RELATION}" r:id="table"/></tableParts></worksheet>'.encode()


def _links(part: Part) -> bytes:
    return b'<hyperlinks xmlns:r="%s">%s</hyperlinks>' % (RELATION.encode(), part.links) if part.links else b""


def _relations(number: int, part: Part) -> bytes:
    table = f'<Relationship Id="table" Type="{RELATION}/table" Target="../tables/table{number}.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARED}<Relationships xmlns="{space}">{table}'.encode() + part.relations + b"</Relationships>"


def _table(number: int, part: Part) -> bytes:
    """The rows of a sheet as an Excel Table, with a filter."""
    columns = "".join(
        f'<tableColumn id="{at}" name={quoteattr(heading)}/>' for at, (heading, *_) in enumerate(COLUMNS, 1)
    )
    return (
        f'{DECLARED}<table xmlns="{MAIN}" id="{number}" name="{part.table}" displayName="{part.table}" ref="{part.reach}"'
        f' totalsRowShown="0"><autoFilter ref="{part.reach}"/><tableColumns count="{len(COLUMNS)}">{columns}</tableColumns>'
        '<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>'
    ).encode()
