"""Horizontal bars, one per category, and how they use the room that there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbook.write.charts.looks import drawn, finish, series_of, titled
from workbook.write.charts.picture import Drawing, Line, put_off
from workbook.write.palette import TEXT
from workbook.write.sheet import POINTS_PER_CM

if TYPE_CHECKING:
    from openpyxl.chart import BarChart

# Type where there is little room, and where there is least, in hundredths of a point.
SMALL_TYPE, SMALLEST_TYPE = 700, 600
# Of the size of type, how wide a character is in the mean; of a chart, how much names may take, where the title and the place
# for the axis at the right end, and how tall it is between the title and the labels below.
CHARACTER, MOST_FOR_NAMES, TITLE, SIDES, INSIDE = 0.51, 0.45, 0.12, 0.95, 0.7
# Of the height of a chart, how much a legend beside it may take; a line of it, of its size of type; its largest size.
LEGEND, LEGEND_LINE, LARGEST_LEGEND = 0.8, 1.35, 900
# Where every point of height counts: the lines of type that a title, and the numbers below, take; how far apart names stand at
# least, of their size of type; the largest and smallest of these sizes; and of the width, where the legend begins.
TITLE_LINES, NUMBER_LINES, NAME_LINE, NAME_TYPES, BEFORE_LEGEND = 2.2, 1.6, 1.15, (500, 800), 0.86


@put_off
def bars(
    title: str,
    categories: str,
    lines: Sequence[Line],
    unit: str,
    size: tuple[float, float],
    stacked: bool,
    has_legend: bool = True,
    overlaid: bool = False,
    type_size: int = 800,
) -> BarChart:
    """Horizontal bars, one per category from top to bottom. A series without a colour is there only to push the next; the
    chart then has no legend.

    stacked: the bars of a category one after the other; overlaid: one upon the other; type_size: of the names of the
    categories (1/100 point), of which LibreOffice leaves out those that have no room.
    """
    from openpyxl.chart import BarChart
    from openpyxl.drawing.text import RichTextProperties

    chart = BarChart()
    chart.type, chart.grouping = "bar", "stacked" if stacked else "clustered"
    chart.overlap, chart.gapWidth = (100 if stacked or overlaid else 0), 45
    for line in lines:
        chart.series.append(series_of(line, categories))
    finish(chart, title, size)
    chart.y_axis.title, chart.y_axis.number_format = titled(unit), "#,##0"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.x_axis.tickLblPos, chart.x_axis.tickLblSkip = "low", 1
    chart.x_axis.txPr.p[0].pPr.defRPr.sz = type_size
    # LibreOffice leaves out names that have little room, unless it is told that they are not turned.
    chart.x_axis.txPr.bodyPr = RichTextProperties(rot=0)
    # A legend would name the series that is there only to push the next, and where its entry is deleted, LibreOffice leaves out
    # another one: the title says what the colours are.
    if not has_legend or any(line.colour is None for line in lines):
        chart.legend = None
    return chart


@put_off
def on_one_line(drawing: Drawing[BarChart], longest: int) -> BarChart:
    """The same with so much room at the left that no name of a category is broken. longest: how many characters it may have."""
    from openpyxl.chart.layout import Layout, ManualLayout

    chart = drawing()
    left = _room_for_names(chart, longest)
    inner = ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=left, y=TITLE, w=SIDES - left, h=INSIDE)
    chart.layout = Layout(manualLayout=inner)
    return chart


def _room_for_names(chart: BarChart, longest: int) -> float:
    """Of the width of a chart, what its longest name takes in one line."""
    # On its own LibreOffice gives names a fifth of the width, and breaks a longer one into lines that cover the next.
    type_size = chart.x_axis.txPr.p[0].pPr.defRPr.sz / 100
    return min(longest * type_size * CHARACTER / (chart.width * POINTS_PER_CM), MOST_FOR_NAMES)


@put_off
def filled(drawing: Drawing[BarChart], names: int, longest: int) -> BarChart:
    """The same with bars as tall as the title and the numbers leave room for, and names as large as the bars are apart; the unit
    stands before the numbers. names: how many; longest: as above."""
    from openpyxl.chart.layout import Layout, ManualLayout

    chart = drawing()
    tall, numbers = chart.height * POINTS_PER_CM, chart.y_axis.txPr.p[0].pPr.defRPr.sz / 100
    title = chart.title.tx.rich.p[0].r[0].rPr.sz / 100
    top, below = TITLE_LINES * title / tall, NUMBER_LINES * numbers / tall
    apart = tall * (1 - top - below) / names
    smallest, largest = NAME_TYPES
    chart.x_axis.txPr.p[0].pPr.defRPr.sz = min(max(int(10 * apart / NAME_LINE) * 10, smallest), largest)
    left = _room_for_names(chart, longest)
    edges = {"xMode": "edge", "yMode": "edge"}
    inner = ManualLayout(layoutTarget="inner", x=left, y=top, w=BEFORE_LEGEND - left, h=1 - top - below, **edges)
    chart.layout = Layout(manualLayout=inner)
    beside = ManualLayout(x=left / 2, y=1 - below, **edges)
    chart.y_axis.title.layout = Layout(manualLayout=beside)
    return chart


@put_off
def compact(drawing: Drawing[BarChart], type_size: int) -> BarChart:
    """The same in little height: every category named, in type of this size (1/100 point), and on the right the legend, which
    is as large as it has room, and no smaller than the rest: its marks grow with its type."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    def in_type(size: int) -> RichText:
        look = CharacterProperties(sz=size, solidFill=drawn(TEXT))
        return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[], endParaRPr=look)])

    chart = drawing()
    chart.gapWidth = 25
    chart.y_axis.txPr = text = in_type(type_size)
    if chart.legend:
        room = chart.height * POINTS_PER_CM * LEGEND / len(chart.series) / LEGEND_LINE
        chart.legend.position, chart.legend.txPr = "r", in_type(max(type_size, min(int(room) * 100, LARGEST_LEGEND)))
    chart.x_axis.txPr = RichText(bodyPr=chart.x_axis.txPr.bodyPr, p=text.p)
    for title in (chart.title, chart.y_axis.title):
        for run in title.tx.rich.p[0].r:
            run.rPr = CharacterProperties(sz=900, b=True)
    return chart


@put_off
def unnumbered_if_empty(drawing: Drawing[BarChart]) -> BarChart:
    """The same without numbers on its axis where every value is 0: there it would reach to 1, whatever its unit."""
    chart = drawing()
    chart.y_axis.number_format = "[>=2]#,##0;[<=-2]-#,##0;"
    return chart
