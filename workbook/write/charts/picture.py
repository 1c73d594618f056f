"""A chart on a sheet: where its series stand, its alternative text, and its drawing, which waits until the workbook is packed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from workbook.files.address import column_letters, quoted
from workbook.write.palette import Colour

if TYPE_CHECKING:
    from openpyxl.chart import BarChart, ScatterChart

P = ParamSpec("P")
Chart = TypeVar("Chart", bound="BarChart | ScatterChart")
Drawing = Callable[[], Chart]


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


def from_cell(address: str) -> str:
    """The title of an axis or a chart that is read from the cell at this address, as the currency is."""
    return f"={address}"


def put_off(draw: Callable[P, Chart]) -> Callable[P, Drawing[Chart]]:
    """Draws when the workbook is packed, which imports openpyxl: not at all where the layout of the workbook is ready."""

    def later(*given: P.args, **named: P.kwargs) -> Drawing[Chart]:
        return partial(draw, *given, **named)

    return later
