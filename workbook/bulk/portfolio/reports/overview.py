"""The workbook over a portfolio: totals with charts, a ranking, owners, and lists to filter, sort and pivot.

The rows of a list are written as they come, to the end of a sheet and then to the next one, so that their number costs no
memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from workbook.bulk.portfolio.reports.budget_sheets import budget_by_project, budget_sheet
from workbook.bulk.portfolio.reports.costs_by_year import costs_by_year
from workbook.bulk.portfolio.reports.forecasts import forecasts
from workbook.bulk.portfolio.reports.listed import SURELY_SMALL, open_to_all, parts, with_tables
from workbook.bulk.portfolio.reports.owners import owners
from workbook.bulk.portfolio.reports.projects import HEADINGS, projects
from workbook.bulk.portfolio.reports.projects import SHEET as ROWS
from workbook.bulk.portfolio.reports.ranking import ranking
from workbook.bulk.portfolio.reports.totals import AMOUNTS, Records, Totals, key_of
from workbook.files.archive import Packing
from workbook.files.streamed import streamed
from workbook.write.charts import Line, Picture, area, bars
from workbook.write.pack import PLAIN_ROW, Package
from workbook.write.palette import BAR, WHOLE
from workbook.write.sheet import Cell, Sheet

TOTALS = "Portfolio"
ROWS_PER_CM = 28.35 / PLAIN_ROW


class Overview:
    """The sheets, in the form that `workbook.write.pack.Package` takes. Any size is allowed; of one scenario."""

    packing = Packing()
    made_on = None
    count = 1

    def __init__(self, totals: Totals, records: Records) -> None:
        self.names: dict[str, tuple[str, int, int]] = {}
        purpose = f"Totals of {totals.about.portfolio}; every row is on the sheet {ROWS}."
        self.top = Sheet(TOTALS, "result", "Portfolio", purpose, freeze=(4, 1), header_rows=(0, 0))
        self.rows = list(parts(projects(totals, records)))
        budget = list(parts(budget_by_project(totals.budget, records))) if totals.budget else []
        costs = parts(costs_by_year(records, totals.currency))
        tracked = forecasts(records, totals.currency)
        self.parts = [*self.rows, *(parts(tracked) if tracked else ()), *parts(owners(totals)), *costs, *budget]
        summed = [
            self.top,
            *([budget_sheet(totals.budget, budget)] if totals.budget else []),
            ranking(records, self.rows),
        ]
        self.sheets = {sheet.name: sheet for sheet in (*summed, *(part.sheet for part in self.parts))}
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
        self._table(top, "Currency", "", totals.currencies, AMOUNTS, "currency")
        top += len(totals.currencies) + 2
        self._table(top, "Recommended path", "Path id", totals.paths, totals.amounts, "recommendation")
        self._charts(top + 1, len(totals.paths), totals.unit)
        self._alerts(top + len(totals.paths) + 2, totals.alerts)

    def _alerts(self, row: int, alerts: dict[str, int]) -> None:
        """How many scenarios have which alert."""
        self.top.row(row, 1, ["Alert", None, "Scenarios"], "head")
        for at, (alert, count) in enumerate(alerts.items(), row + 1):
            self.top.put(at, 1, alert.replace("_", " "), "record")
            self.top.put(at, 3, count, "fixed", "whole")

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
        heads = [heading, second, "Scenarios", *(HEADINGS[amount] for amount in amounts)]
        sheet.row(row, 1, [head or None for head in heads], "head")
        keys = [part.column(key, part.sheet.name) for part in self.rows]
        for at, (value, sums) in enumerate(sums_by_key.items(), row + 1):
            criterion = f"$B{at}" if second else f"$A{at}"
            sheet.put(at, 1, sums.get("label", value), "record")
            sheet.put(at, 2, value if second else None, "record")
            formula = "+".join(f"COUNTIF({range},{criterion})" for range in keys)
            sheet.cells[at, 3] = Cell(sums["rows"], formula, "calc", "whole")
            for column, amount in enumerate(amounts, 4):
                ranges = (part.column(amount, part.sheet.name) for part in self.rows)
                formula = "+".join(
                    f"SUMIFS({summed},{range},{criterion})" for summed, range in zip(ranges, keys, strict=True)
                )
                sheet.cells[at, column] = Cell(sums[key_of(amount)], formula, "calc", "money")

    def _charts(self, first: int, count: int, unit: str) -> None:
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
                unit,
                "Bars per path: the sum of its scenarios' total cost.",
                WHOLE,
            ),
        )
        for at, (column, title, axis, alt, colour) in enumerate(charts):
            series = Line(area(TOTALS, head, column), area(TOTALS, first, column, count), colour)
            size = 18, 3 + 0.8 * count
            chart = bars(title, area(TOTALS, first, 1, count), [series], axis, size, stacked=False, has_legend=False)
            sheet.charts.append(Picture(4 + at * math.ceil(size[1] * ROWS_PER_CM + 1), 14, chart, alt))


def workbook(totals: Totals, records: Records) -> Iterator[bytes]:
    """The .xlsx file in pieces; the same for the same rows."""
    overview = Overview(totals, records)
    return streamed(_members(overview), any(part.last > SURELY_SMALL for part in overview.parts))


def _members(overview: Overview) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Every member of the file: those of a package, with the rows, a table and the links of each sheet of a list."""
    package = Package(overview)  # type: ignore[arg-type]  # it has every attribute of a book that a package reads
    members = package.members()
    members["[Content_Types].xml"] = with_tables(members["[Content_Types].xml"], len(overview.parts))
    first = len(overview.sheets) - len(overview.parts) + 1
    for number, part in enumerate(overview.parts, 1):
        name = f"sheet{first + number - 1}.xml"
        sheet = open_to_all(members.pop(f"xl/worksheets/{name}"))
        yield f"xl/worksheets/{name}", part.written(sheet, package.listed(part.sheet.name))
        yield f"xl/worksheets/_rels/{name}.rels", [part.relations_member(number)]
        yield f"xl/tables/table{number}.xml", [part.table_member(number)]
    yield from sorted((name, [open_to_all(content)]) for name, content in members.items())
