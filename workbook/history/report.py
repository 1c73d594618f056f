"""The workbook of a history: what it says, and its jobs as a list and as points, estimated against actual."""

from __future__ import annotations

import math

from calc import catalogue
from calc.calibration import Calibration, Job
from calc.calibration.distribution import CHANCES
from workbook.files.address import column_letters
from workbook.files.archive import Packing
from workbook.write.charts import Line, Picture, Point, against, area
from workbook.write.pack import PLAIN_ROW, Package
from workbook.write.palette import AMBER, BLUE, DARK_BLUE, VERMILION
from workbook.write.sheet import POINTS_PER_CM, Cell, Sheet

NAME = "Estimates"
HEADS = ("", "Jobs", "P10", "Median", "P80", "P90")
RANGE_HEADS = ("Figure", "Jobs", "Low", "Likely", "High", "Published: low", "Likely", "High")
JOB_HEADS = ("Job", "Model", "Estimated", "Actual", "Actual ÷ estimated")
WIDTHS = {1: 44, 2: 22} | dict.fromkeys(range(3, 9), 12)
# From here on, far at the side, what the lines of the chart are drawn through.
LINES_AT = 20
COLOURS = (AMBER, BLUE, DARK_BLUE, VERMILION)
SIZE = (23.0, 13.0)


class HistoryBook:
    """The sheet, in the form that `workbook.write.pack.Package` takes. Any size is allowed; of one scenario."""

    packing = Packing()
    made_on = None
    count = 1

    def __init__(self, found: Calibration, jobs: list[Job], name: str) -> None:
        self.names: dict[str, tuple[str, int, int]] = {}
        purpose = f"What {name} says of estimates, and the ranges that follow. The quantiles of all jobs follow the list below."
        self.sheet = Sheet(
            NAME, "result", "Estimated and actual hours", purpose, freeze=(4, 2), header_rows=(1, 3), landscape=False
        )
        self.sheets = {NAME: self.sheet}
        self.sheet.widths.update(WIDTHS)
        self.sheet.put(1, 1, self.sheet.title, "title")
        self.sheet.put(2, 1, purpose, "purpose")
        self._found, self._jobs = found, jobs
        chart = 8 + len(found.models) + 4 + sum(map(len, found.ranges.values()))
        listed = chart + math.ceil(SIZE[1] * POINTS_PER_CM / PLAIN_ROW) + 2
        self.first = listed + 2
        self._ranges(self._distributions(5) + 2)
        self._chart(chart)
        self._listed(listed)
        self.sheet.print_to, self.sheet.breaks = (0, 8), [listed]

    def finish(self) -> None:
        """Do nothing: everything is written already."""

    def _column(self, column: int) -> str:
        letter = column_letters(column)
        return f"${letter}${self.first}:${letter}${self.first + len(self._jobs) - 1}"

    def _distributions(self, row: int) -> int:
        """All jobs by formula over the list; the models, whose jobs are no range of their own, as they were counted."""
        sheet = self.sheet
        sheet.section(row - 1, "Actual ÷ estimated hours", 6)
        sheet.row(row, 1, [head or None for head in HEADS], "head")
        sheet.put(row + 1, 1, "Share of the jobs below it", "label")
        sheet.row(row + 1, 3, CHANCES, "fixed", "percent")
        row += 2
        own = self._found.all
        sheet.put(row, 1, "All jobs", "label_strong")
        sheet.cells[row, 2] = Cell(float(own.n), f"COUNT({self._column(5)})", "calc", "whole")
        for column, value in enumerate(own.quantiles.tolist(), 3):
            share = f"{column_letters(column)}${row - 1}"
            sheet.cells[row, column] = Cell(value, f"PERCENTILE({self._column(5)},{share})", "result", "factor")
        for model, of_model in self._found.models.items():
            row += 1
            sheet.put(row, 1, catalogue.models()[model].label, "label")
            sheet.put(row, 2, of_model.n, "record", "whole")
            sheet.row(row, 3, of_model.quantiles.tolist(), "record", "factor")
        return row

    def _ranges(self, row: int) -> None:
        sheet = self.sheet
        sheet.section(row, "Ranges, drawn towards the published ones: n jobs weigh n / (n + 3)", 8)
        sheet.row(row + 1, 1, RANGE_HEADS, "head")
        row += 1
        for model, of_model in self._found.ranges.items():
            for name, own in of_model.items():
                row += 1
                parameter = catalogue.parameters()[model][name]
                published = [parameter.range.low, parameter.range.likely, parameter.range.high]
                sheet.put(row, 1, f"{catalogue.models()[model].label}: {parameter.label}", "label")
                sheet.put(row, 2, own.n, "record", "whole")
                sheet.row(row, 3, own.ends, "record", "number")
                sheet.row(row, 6, published, "published", "number")

    def _listed(self, row: int) -> None:
        sheet = self.sheet
        sheet.section(row, "The jobs", 5)
        sheet.row(row + 1, 1, JOB_HEADS, "head")
        for at, job in enumerate(self._jobs, row + 2):
            sheet.put(at, 1, job.place, "record")
            sheet.put(at, 2, catalogue.models()[job.model].label if job.model else None, "record")
            sheet.row(at, 3, [job.estimated_hours, job.actual_hours], "record", "hours")
            sheet.cells[at, 5] = Cell(job.ratio, f"D{at}/C{at}", "calc", "factor")

    def _chart(self, row: int) -> None:
        """Estimated against actual on scales of logarithms, with a line for each quantile."""
        sheet, count = self.sheet, len(self._jobs)
        ends = [min(job.estimated_hours for job in self._jobs), max(job.estimated_hours for job in self._jobs)]
        sheet.put(row, LINES_AT, "Lines of the chart: estimated hours", "id")
        quantiles = self._found.all.quantiles.tolist()
        lines = []
        for at, (head, quantile, colour) in enumerate(zip(HEADS[2:], quantiles, COLOURS, strict=True), 1):
            sheet.put(row, LINES_AT + at, head, "id")
            for down, end in enumerate(ends, 1):
                sheet.put(row + down, LINES_AT, end, "record", "hours")
                sheet.put(row + down, LINES_AT + at, end * quantile, "record", "hours")
            values = area(NAME, row + 1, LINES_AT + at, 2)
            lines.append(Line(area(NAME, row, LINES_AT + at), values, colour))
        across = area(NAME, self.first, 3, count)
        jobs = Point(area(NAME, self.first - 1, 4), across, area(NAME, self.first, 4, count))
        title = "Estimated against actual hours (both scales in powers of ten)"
        chart = against(title, jobs, area(NAME, row + 1, LINES_AT, 2), lines, "Estimated hours", "Actual hours", SIZE)
        alt = (
            "Points, one a job, by estimated and actual hours; lines mark P10, the median, P80 and P90 of their ratio."
        )
        sheet.charts.append(Picture(row, 1, chart, alt))


def report(found: Calibration, jobs: list[Job], name: str) -> bytes:
    """The .xlsx file; the same for the same jobs. name: of the history's file."""
    return Package(HistoryBook(found, jobs, name)).bytes()  # type: ignore[arg-type]  # it has what a package reads of a book
