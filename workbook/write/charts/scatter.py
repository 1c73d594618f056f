"""Charts with two axes of numbers: points and curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbook.write.charts.looks import drawn, finish, points_of, titled
from workbook.write.charts.picture import Line, Point, put_off
from workbook.write.palette import POINT, TEXT, Colour

if TYPE_CHECKING:
    from openpyxl.chart import ScatterChart
    from openpyxl.chart.series import XYSeries

# What has a cross, and what is the diamond, with their colours.
Marked = tuple[tuple[Point, Colour], tuple[Point, Colour]]
NO_LABELS = ("showVal", "showCatName", "showLegendKey", "showPercent", "showBubbleSize")


@put_off
def points(
    title: str,
    marks: Sequence[Point],
    marked: Marked,
    across: str,
    up: str,
    size: tuple[float, float],
) -> ScatterChart:
    """Points with their names beside them."""
    from openpyxl.chart.label import DataLabelList

    chart = _lines_and_marks()
    crossed, chosen = marked
    chart.series.append(_crosses(*crossed, 15))
    for mark in marks:
        series = _filled(mark, "circle", 7, POINT)
        series.dLbls = DataLabelList(showSerName=True, dLblPos="r", **dict.fromkeys(NO_LABELS, False))
        chart.series.append(series)
    chart.series.append(_diamond(*chosen))
    return _of_fits(chart, title, across, up, size)


@put_off
def cloud(
    title: str,
    everything: Point,
    marked: Marked,
    across: str,
    up: str,
    size: tuple[float, float],
) -> ScatterChart:
    """Many points without names."""
    chart = _lines_and_marks()
    crossed, chosen = marked
    chart.series += [_filled(everything, "circle", 4, POINT), _crosses(*crossed, 11), _diamond(*chosen)]
    return _of_fits(chart, title, across, up, size)


def _lines_and_marks() -> ScatterChart:
    from openpyxl.chart import ScatterChart

    chart = ScatterChart()
    chart.scatterStyle, chart.style = "lineMarker", None
    return chart


def _filled(mark: Point, symbol: str, size: int, colour: Colour) -> XYSeries:
    from openpyxl.chart.shapes import GraphicalProperties

    return points_of(mark, symbol, size, GraphicalProperties(solidFill=drawn(colour)))


def _diamond(mark: Point, colour: Colour) -> XYSeries:
    return _filled(mark, "diamond", 10, colour)


def _crosses(mark: Point, colour: Colour, size: int) -> XYSeries:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    edge = LineProperties(solidFill=drawn(colour), w=19000)
    return points_of(mark, "plus", size, GraphicalProperties(solidFill=drawn(colour), ln=edge))


def _line(course: Point, colour: Colour | None, width: int, dash: str | None) -> XYSeries:
    """A line without marks. width: in EMU."""
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    series = points_of(course, "none", 2, GraphicalProperties(noFill=True))
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=drawn(colour), w=width, prstDash=dash))
    return series


def _of_fits(chart: ScatterChart, title: str, across: str, up: str, size: tuple[float, float]) -> ScatterChart:
    """The chart with amounts across and fits up, from -100% on, and no legend."""
    finish(chart, title, size)
    chart.legend = None
    chart.x_axis.title, chart.y_axis.title = titled(across), titled(up)
    chart.x_axis.number_format, chart.y_axis.number_format = "#,##0", "0%"
    chart.x_axis.scaling.min, chart.y_axis.scaling.min = 0, -1
    chart.y_axis.crosses = chart.x_axis.crosses = "min"
    chart.x_axis.majorGridlines = None
    return chart


@put_off
def curves(
    title: str, lines: Sequence[tuple[Point, Colour, str | None]], across: str, up: str, size: tuple[float, float]
) -> ScatterChart:
    """Curves of shares over amounts, each with its colour and dash."""
    chart = _lines_and_marks()
    for line, colour, dash in lines:
        chart.series.append(_line(line, colour, 25000, dash))
    finish(chart, title, size)
    chart.x_axis.title, chart.y_axis.title = titled(across), titled(up)
    chart.x_axis.number_format, chart.y_axis.number_format = "#,##0", "0%"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.x_axis.majorGridlines = None
    return chart


@put_off
def against(
    title: str, marks: Point, reach: str, lines: Sequence[Line], across: str, up: str, size: tuple[float, float]
) -> ScatterChart:
    """Points on scales of logarithms, and lines across them. reach: where on the first axis the lines begin and end."""
    chart = _lines_and_marks()
    chart.series.append(_filled(marks, "circle", 5, POINT))
    for line in lines:
        chart.series.append(_line(Point(line.name, reach, line.values), line.colour, 19000, line.dash))
    finish(chart, title, size)
    chart.x_axis.title, chart.y_axis.title = across, up
    for axis in (chart.x_axis, chart.y_axis):
        axis.scaling.logBase, axis.number_format, axis.crosses = 10, "#,##0", "min"
    chart.x_axis.majorGridlines = None
    return chart


@put_off
def paths_over_time(
    title: str, months: str, lines: Sequence[Line], unit: str, size: tuple[float, float]
) -> ScatterChart:
    """Lines over months."""
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.series import SeriesLabel, XYSeries
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.line import LineProperties
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    chart = _lines_and_marks()
    for line in lines:
        series = XYSeries()
        series.xVal = AxDataSource(numRef=NumRef(f=line.months or months))
        series.yVal = NumDataSource(numRef=NumRef(f=line.values))
        series.tx = SeriesLabel(strRef=StrRef(f=line.name))
        series.marker.symbol = "none"
        series.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=drawn(line.colour), w=22000, prstDash=line.dash)
        )
        series.smooth = False
        chart.series.append(series)
    finish(chart, title, size)
    chart.x_axis.title, chart.y_axis.title = "Month", titled(unit)
    chart.x_axis.number_format, chart.y_axis.number_format = "0", "#,##0"
    chart.x_axis.scaling.min = 0
    chart.x_axis.majorGridlines = None
    small = CharacterProperties(sz=700, solidFill=drawn(TEXT))
    chart.legend.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), r=[], endParaRPr=small)])
    return chart
