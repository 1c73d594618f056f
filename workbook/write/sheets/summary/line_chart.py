"""What every path costs by line, drawn."""

from __future__ import annotations

from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from workbook.write.book import Book
from workbook.write.charts.bars import SMALL_TYPE, bars, compact, filled
from workbook.write.charts.picture import Line, Picture, area, from_cell
from workbook.write.palette import LINE_COLOURS, LINE_HATCHES
from workbook.write.sheet import PLAIN_ROW, POINTS_PER_CM
from workbook.write.sheets.summary.page import NAME, Page, longest

# The height of the page and the lowest scale at which it prints, the heights of the chart, in points, and its width in cm.
PAGE_HEIGHT, LOWEST_SCALE, CHART_HEIGHT, CHART_WIDTH = 755.0, 0.702, (120.0, 250.0), 26.7
# How much taller the row of the chart is.
BESIDE_THE_CHART = 1.0


def line_chart(page: Page) -> None:
    page.next(5)
    rest = PAGE_HEIGHT / LOWEST_SCALE - sum(page.sheet.heights.get(row, PLAIN_ROW) for row in range(1, page.row))
    tall = min(max(rest - BESIDE_THE_CHART, CHART_HEIGHT[0]), CHART_HEIGHT[1])
    page.later(_draw, page.next(tall + BESIDE_THE_CHART), tall)


def _draw(book: Book, row: int, tall: float) -> None:
    """Cost per path by line, in the order of the table."""
    count, labels, first = book.size("place"), book.homes["ranked_labels"], book.homes["ranked_lines"]
    lines = [
        Line(
            area(first.sheet, first.row - 3, first.column + at),
            area(first.sheet, first.row, first.column + at, count),
            LINE_COLOURS[line],
            hatch=LINE_HATCHES.get(line),
        )
        for at, line in enumerate(LINES)
    ]
    names = area(labels.sheet, labels.row, labels.column, count)
    size = (CHART_WIDTH, tall / POINTS_PER_CM)
    title = "Cost of every path within the horizon, by line, in the order of the decision"
    unit = from_cell(area(*book.names["axis_money"]))
    drawing = compact(bars(title, names, lines, unit, size, stacked=True), SMALL_TYPE)
    chart = filled(drawing, count, longest(book))
    *others, last = (QUANTITIES[total].label.lower() for total in LINES.values())
    alt = f"Stacked bars per path, the recommended one first: {', '.join(others)} and {last} within the horizon."
    book.sheets[NAME].charts.append(Picture(row, 1, chart, alt))
