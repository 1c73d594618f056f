"""Charts as openpyxl makes them, from ranges by their address, with titles, units on the axes and our colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from workbook.files.address import column_letters, quoted
from workbook.write.book import POINTS_PER_CM
from workbook.write.palette import GRID, PAPER, POINT, TEXT, Colour

if TYPE_CHECKING:
    from openpyxl.chart import BarChart, ScatterChart
    from openpyxl.chart.series import Series, XYSeries
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.title import Title
    from openpyxl.drawing.colors import ColorChoice

P = ParamSpec("P")
Chart = TypeVar("Chart", bound="BarChart | ScatterChart")
Drawing = Callable[[], Chart]

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
NO_LABELS = ("showVal", "showCatName", "showLegendKey", "showPercent", "showBubbleSize")


# Ink and paper by the names that drawings have for them.
MAPPED = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}


@dataclass(frozen=True)
class Line:
    """One series: where its name and its values stand, its colour, how it is drawn, and its months if they are its own.

    hatch: white lines on the bars of a series, by the name that DrawingML has for them.
    """

    name: str
    values: str
    colour: Colour | None
    dash: str | None = None
    months: str = ""
    hatch: str | None = None


@dataclass(frozen=True)
class Point:
    """A series of points: where its name, and the values across and up, stand."""

    name: str
    across: str
    up: str


@dataclass(frozen=True)
class Picture:
    """A chart with its alternative text, and the row and column of its upper left corner."""

    row: int
    column: int
    drawing: Drawing
    alt: str

    @cached_property
    def chart(self) -> BarChart | ScatterChart:
        return self.drawing()

    @property
    def anchor(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


def area(sheet: str, row: int, column: int, down: int = 1, along: int = 1) -> str:
    """The absolute address of a range, as charts want it."""
    first = f"${column_letters(column)}${row}"
    last = f"${column_letters(column + along - 1)}${row + down - 1}"
    return f"{quoted(sheet)}!{first}" if first == last else f"{quoted(sheet)}!{first}:{last}"


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


def from_cell(address: str) -> str:
    """The title of an axis or a chart that is read from the cell at this address, as the currency is."""
    return f"={address}"


def put_off(draw: Callable[P, Chart]) -> Callable[P, Drawing[Chart]]:
    """Draws when the workbook is packed, which imports openpyxl: not at all where the layout of the workbook is ready."""

    def later(*given: P.args, **named: P.kwargs) -> Drawing[Chart]:
        return partial(draw, *given, **named)

    return later


@put_off
def points(
    title: str,
    marks: Sequence[Point],
    marked: tuple[tuple[Point, Colour], tuple[Point, Colour]],
    across: str,
    up: str,
    size: tuple[float, float],
) -> ScatterChart:
    """Points with their names beside them. marked: those with a cross, and the one that is a diamond, with their colours."""
    from openpyxl.chart import ScatterChart
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart = ScatterChart()
    chart.scatterStyle, chart.style = "lineMarker", None
    (crossed, cross_colour), (chosen, colour) = marked
    cross = GraphicalProperties(
        solidFill=drawn(cross_colour), ln=LineProperties(solidFill=drawn(cross_colour), w=19000)
    )
    chart.series.append(_points(crossed, "plus", 15, cross))
    for mark in marks:
        series = _points(mark, "circle", 7, GraphicalProperties(solidFill=drawn(POINT)))
        series.dLbls = DataLabelList(showSerName=True, dLblPos="r", **dict.fromkeys(NO_LABELS, False))
        chart.series.append(series)
    chart.series.append(_points(chosen, "diamond", 10, GraphicalProperties(solidFill=drawn(colour))))
    _finish(chart, title, size)
    chart.legend = None
    chart.x_axis.title, chart.y_axis.title = _titled(across), _titled(up)
    chart.x_axis.number_format, chart.y_axis.number_format = "#,##0", "0%"
    chart.x_axis.scaling.min, chart.y_axis.scaling.min = 0, -1
    chart.y_axis.crosses = chart.x_axis.crosses = "min"
    chart.x_axis.majorGridlines = None
    return chart


@put_off
def cloud(
    title: str,
    everything: Point,
    marked: tuple[tuple[Point, Colour], ...],
    across: str,
    up: str,
    size: tuple[float, float],
) -> ScatterChart:
    """Many points without names. marked: those with a cross, and the one that is a diamond, with their colours."""
    from openpyxl.chart import ScatterChart
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart = ScatterChart()
    chart.scatterStyle, chart.style = "lineMarker", None
    (crossed, cross_colour), (chosen, colour) = marked
    chart.series.append(_points(everything, "circle", 4, GraphicalProperties(solidFill=drawn(POINT))))
    cross = GraphicalProperties(
        solidFill=drawn(cross_colour), ln=LineProperties(solidFill=drawn(cross_colour), w=19000)
    )
    chart.series.append(_points(crossed, "plus", 11, cross))
    chart.series.append(_points(chosen, "diamond", 10, GraphicalProperties(solidFill=drawn(colour))))
    _finish(chart, title, size)
    chart.legend = None
    chart.x_axis.title, chart.y_axis.title = _titled(across), _titled(up)
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
    from openpyxl.chart import ScatterChart
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart = ScatterChart()
    chart.scatterStyle, chart.style = "lineMarker", None
    for line, colour, dash in lines:
        series = _points(line, "none", 2, GraphicalProperties(noFill=True))
        series.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=drawn(colour), w=25000, prstDash=dash)
        )
        chart.series.append(series)
    _finish(chart, title, size)
    chart.x_axis.title, chart.y_axis.title = _titled(across), _titled(up)
    chart.x_axis.number_format, chart.y_axis.number_format = "#,##0", "0%"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.x_axis.majorGridlines = None
    return chart


@put_off
def against(
    title: str, marks: Point, reach: str, lines: Sequence[Line], across: str, up: str, size: tuple[float, float]
) -> ScatterChart:
    """Points on scales of logarithms, and lines across them. reach: where on the first axis the lines begin and end."""
    from openpyxl.chart import ScatterChart
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart = ScatterChart()
    chart.scatterStyle, chart.style = "lineMarker", None
    chart.series.append(_points(marks, "circle", 5, GraphicalProperties(solidFill=drawn(POINT))))
    for line in lines:
        series = _points(Point(line.name, reach, line.values), "none", 2, GraphicalProperties(noFill=True))
        series.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=drawn(line.colour), w=19000, prstDash=line.dash)
        )
        chart.series.append(series)
    _finish(chart, title, size)
    chart.x_axis.title, chart.y_axis.title = across, up
    for axis in (chart.x_axis, chart.y_axis):
        axis.scaling.logBase, axis.number_format, axis.crosses = 10, "#,##0", "min"
    chart.x_axis.majorGridlines = None
    return chart


def _points(mark: Point, symbol: str, size: int, look: GraphicalProperties) -> XYSeries:
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


def _titled(said: str, type_size: int = 800) -> Title | str:
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


@put_off
def bars(
    title: str,
    categories: str,
    lines: Sequence[Line],
    unit: str,
    size: tuple[float, float],
    stacked: bool,
    format: str = "#,##0",
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
        chart.series.append(_series(line, categories))
    _finish(chart, title, size)
    chart.y_axis.title, chart.y_axis.number_format = _titled(unit), format
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


@put_off
def paths_over_time(
    title: str, months: str, lines: Sequence[Line], unit: str, size: tuple[float, float]
) -> ScatterChart:
    """Lines over months."""
    from openpyxl.chart import ScatterChart
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.series import SeriesLabel, XYSeries
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.line import LineProperties
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    chart = ScatterChart()
    chart.scatterStyle, chart.style = "lineMarker", None
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
    _finish(chart, title, size)
    chart.x_axis.title, chart.y_axis.title = "Month", _titled(unit)
    chart.x_axis.number_format, chart.y_axis.number_format = "0", "#,##0"
    chart.x_axis.scaling.min = 0
    chart.x_axis.majorGridlines = None
    small = CharacterProperties(sz=700, solidFill=drawn(TEXT))
    chart.legend.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), r=[], endParaRPr=small)])
    return chart


def _series(line: Line, categories: str) -> Series:
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


def _finish(chart: BarChart | ScatterChart, title: str, size: tuple[float, float]) -> None:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.line import LineProperties
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    chart.title = _titled(title, 1200)
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
