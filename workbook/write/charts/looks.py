"""What all charts have alike, as openpyxl makes it: series, titles, axes and our colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.write.charts.picture import Line, Point
from workbook.write.palette import GRID, PAPER, TEXT, Colour

if TYPE_CHECKING:
    from openpyxl.chart import BarChart, ScatterChart
    from openpyxl.chart.series import Series, XYSeries
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.title import Title
    from openpyxl.drawing.colors import ColorChoice

# Ink and paper by the names that drawings have for them.
MAPPED = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}


def drawn(colour: Colour | None) -> ColorChoice | None:
    """A colour of the theme as a chart names it."""
    from openpyxl.drawing.colors import ColorChoice, SchemeColor

    if colour is None:
        return None
    slot = MAPPED.get(colour.slot, colour.slot)
    strength, towards_white = round(100_000 * (1 - abs(colour.tint))), round(100_000 * max(colour.tint, 0))
    made = SchemeColor(val=slot, lumMod=strength) if colour.tint else SchemeColor(val=slot)
    if towards_white:
        made.lumOff = towards_white
    return ColorChoice(schemeClr=made)


def points_of(mark: Point, symbol: str, size: int, look: GraphicalProperties) -> XYSeries:
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.marker import Marker
    from openpyxl.chart.series import SeriesLabel, XYSeries
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    series = XYSeries()
    series.xVal, series.yVal = AxDataSource(numRef=NumRef(f=mark.across)), NumDataSource(numRef=NumRef(f=mark.up))
    series.tx = SeriesLabel(strRef=StrRef(f=mark.name))
    series.marker = Marker(symbol=symbol, size=size, spPr=look)
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    series.smooth = False
    return series


def titled(said: str, type_size: int = 800) -> Title | str:
    """A title: a text, or what stands in a cell, in type of this size (1/100 point)."""
    from openpyxl.chart.data_source import StrRef
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    if not said.startswith("="):
        return said
    title = Title(tx=Text(strRef=StrRef(f=said.removeprefix("="))))
    title.overlay = False
    look = CharacterProperties(sz=type_size, b=True, solidFill=drawn(TEXT))
    title.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[], endParaRPr=look)])
    return title


def series_of(line: Line, categories: str) -> Series:
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.series import Series, SeriesLabel
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.fill import PatternFillProperties
    from openpyxl.drawing.line import LineProperties

    series = Series(val=NumDataSource(numRef=NumRef(f=line.values)))
    series.cat = AxDataSource(strRef=StrRef(f=categories))
    series.tx = SeriesLabel(strRef=StrRef(f=line.name))
    series.invertIfNegative = False
    if line.colour is None:
        series.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    else:
        edge = LineProperties(solidFill=drawn(PAPER), w=6350)
        hatched = PatternFillProperties(prst=line.hatch, fgClr=drawn(PAPER), bgClr=drawn(line.colour))
        fill = {"pattFill": hatched} if line.hatch else {"solidFill": drawn(line.colour)}
        series.graphicalProperties = GraphicalProperties(**fill, ln=edge)
    return series


def finish(chart: BarChart | ScatterChart, title: str, size: tuple[float, float]) -> None:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.line import LineProperties
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    chart.title = titled(title, 1200)
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True))
    for run in chart.title.tx.rich.p[0].r:
        run.rPr = CharacterProperties(sz=1200, b=True)
    chart.title.overlay = False
    chart.width, chart.height = size
    chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    for axis in (chart.x_axis, chart.y_axis):
        small = CharacterProperties(sz=800, solidFill=drawn(TEXT))
        # Only the look of the numbers: openpyxl would put an empty run of text beside it.
        axis.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), r=[], endParaRPr=small)])
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=drawn(GRID), w=6350))
