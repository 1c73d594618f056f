"""The workbook over a portfolio: totals with charts, and every row in a table to filter and sort."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from workbook.bulk.portfolio.reports.totals import (
    AMOUNTS,
    IN_DOLLARS,
    NONE,
    Totals,
    entry,
    in_dollars,
    key_of,
    outcome,
    reasons,
)
from workbook.files.address import column_letters
from workbook.write.book import Cell, Listing, Sheet
from workbook.write.charts import Line, Picture, area, bars
from workbook.write.pack import PLAIN_ROW, Package, zipped
from workbook.write.palette import BAR, WHOLE

TOTALS, ROWS = "Portfolio", "Scenarios"
SUMS, HEAD, FIRST = 4, 5, 6
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
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
    ("Workbook", 34, "file", "link", "general"),
    ("Reason", 60, "why", "record", "general"),
)
IN_USD = tuple(f"usd_{name}" for name in IN_DOLLARS)
NUMBER = {key: number for number, (_, _, key, _, _) in enumerate(COLUMNS, 1)}


class Overview:
    """The two sheets, in the form that `workbook.write.pack.Package` takes."""

    def __init__(self, totals: Totals, records: Iterable[dict[str, Any]]) -> None:
        self.names: dict[str, tuple[str, int, int]] = {}
        purpose = f"Totals of {totals.about.portfolio}; every row is on the sheet {ROWS}."
        self.top = Sheet(TOTALS, "result", "Portfolio", purpose, freeze=(4, 1), header_rows=(0, 0))
        purpose = "One scenario per row, each in its own currency; filter any column and the sums above follow."
        self.rows = Sheet(ROWS, "result", "Scenarios", purpose, freeze=(FIRST, 3), header_rows=(1, HEAD))
        self.sheets = {sheet.name: sheet for sheet in (self.top, self.rows)}
        for sheet in self.sheets.values():
            sheet.put(1, 1, sheet.title, "title")
            sheet.put(2, 1, sheet.purpose, "purpose")
            sheet.heights[1] = 24
        self.files: dict[int, str] = {}
        count = sum(totals.counts.values())
        self.last = FIRST + max(count, 1) - 1
        self._head(totals)
        self.rows.listing = Listing(FIRST, count, len(COLUMNS), self._rows(records))
        self._totals(totals)

    def finish(self) -> None:
        """Do nothing: everything is written already."""

    def _head(self, totals: Totals) -> None:
        """Write the column names, and above them the sums of the rows that the filter shows."""
        sheet = self.rows
        for column, (heading, width, *_) in enumerate(COLUMNS, 1):
            sheet.put(HEAD, column, heading, "head")
            sheet.widths[column] = width
        sheet.heights[HEAD] = 28
        sheet.put(SUMS, NUMBER[IN_USD[0]] - 1, "Shown rows", "label")
        for key in IN_USD:
            value = sum(sums[key] for sums in totals.paths.values())
            sheet.cells[SUMS, NUMBER[key]] = Cell(value, f"SUBTOTAL(109,{_column(key, self.last)})", "result", "money")

    def _rows(self, records: Iterable[dict[str, Any]]) -> Iterator[list[Cell]]:
        for row, record in enumerate(records, FIRST):
            if "file" in record and len(self.files) < MOST_LINKS:
                self.files[row] = record["file"]
            yield [self._cell(record, key, row, style, format) for _, _, key, style, format in COLUMNS]

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
        keys = _column(key, self.last, ROWS)
        for at, (value, sums) in enumerate(sums_by_key.items(), row + 1):
            criterion = f"$B{at}" if second else f"$A{at}"
            sheet.put(at, 1, sums.get("label", value), "record")
            sheet.put(at, 2, value if second else None, "record")
            sheet.cells[at, 3] = Cell(sums["rows"], f"COUNTIF({keys},{criterion})", "calc", "whole")
            for column, amount in enumerate(amounts, 4):
                formula = f"SUMIFS({_column(amount, self.last, ROWS)},{keys},{criterion})"
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


def _column(key: str, last: int, sheet: str = "") -> str:
    letter = column_letters(NUMBER[key])
    return f"{sheet + '!' if sheet else ''}${letter}${FIRST}:${letter}${last}"


def workbook(totals: Totals, records: Iterable[dict[str, Any]]) -> bytes:
    """The bytes of the .xlsx file; the same for the same rows."""
    overview = Overview(totals, records)
    members = Package(overview).members()  # type: ignore[arg-type]  # it has every attribute of a book that a package reads
    table = "xl/worksheets/sheet2.xml"
    members["xl/worksheets/_rels/sheet2.xml.rels"] = _relations(overview.files)
    reach = f"A{HEAD}:{column_letters(len(COLUMNS))}{overview.last}"
    members[table] = _filtered(members[table], reach, _links(overview.files))
    members["xl/worksheets/sheet1.xml"] = _open(members["xl/worksheets/sheet1.xml"])
    return zipped(members)


def _open(sheet: bytes) -> bytes:
    """The sheet without the protection that a package gives to every sheet: nothing here needs it."""
    return re.sub(rb"<sheetProtection [^>]*/>", b"", sheet)


def _filtered(sheet: bytes, reach: str, links: bytes) -> bytes:
    """The sheet with a filter on the table and links to files, instead of protection."""
    sheet = re.sub(rb"<sheetProtection [^>]*/>", f'<autoFilter ref="{reach}"/>'.encode(), sheet)
    return sheet.replace(b"<pageMargins", links + b"<pageMargins", 1)


def _links(files: dict[int, str]) -> bytes:
    column = column_letters(NUMBER["file"])
    links = "".join(f'<hyperlink ref="{column}{row}" r:id="file{row}"/>' for row in files)
    return f'<hyperlinks xmlns:r="{RELATION}">{links}</hyperlinks>'.encode() if links else b""


def _relations(files: dict[int, str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kind = f'Type="{RELATION}/hyperlink" TargetMode="External"'
    relations = "".join(
        f'<Relationship Id="file{row}" {kind} Target={quoteattr(quote(file))}/>' for row, file in files.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{head}<Relationships xmlns="{space}">{relations}</Relationships>'.encode()
