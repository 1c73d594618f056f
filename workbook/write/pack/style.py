"""How cells look: styles by meaning, each of which belongs to a named style."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook import Workbook

from workbook.write.pack.named_styles import NAMED, name_of
from workbook.write.pack.number_formats import FORMATS
from workbook.write.pack.theme import FONT, cell_colour
from workbook.write.palette import (
    ALERT_INK,
    BAND,
    GREY,
    INK,
    INPUT_FILL,
    INPUT_INK,
    LINE,
    LINK,
    NAVY,
    PAPER,
    RESULT_FILL,
    SOFT,
    Colour,
)
from workbook.write.sheet import INPUTS


def _fill(colour: Colour) -> PatternFill:
    return PatternFill("solid", fgColor=cell_colour(colour))


def _font(
    size: float = 10, bold: bool = False, colour: Colour = INK, italic: bool = False, underline: str | None = None
) -> Font:
    """Of the theme's typeface for text: another theme changes that too."""
    color = cell_colour(colour)
    return Font(name=FONT, size=size, bold=bold, italic=italic, color=color, underline=underline, scheme="minor")


_hair, _thin = Side(style="hair", color=cell_colour(LINE)), Side(style="thin", color=cell_colour(LINE))
_under = Border(bottom=Side(style="medium", color=cell_colour(NAVY)))
_boxed = Border(left=_thin, right=_thin, top=_thin, bottom=_thin)
_below = Border(bottom=_hair)
_plain = Alignment(vertical="center")
_wrapped = Alignment(vertical="center", wrap_text=True)
_indented = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_line = Alignment(horizontal="left", vertical="center", indent=1)
_number = Alignment(vertical="center", horizontal="right")
_left = Alignment(horizontal="left", vertical="center")
# Rather smaller than ###.
_shrunk = Alignment(vertical="center", horizontal="right", shrink_to_fit=True)

# Style name -> its parts.
STYLES: dict[str, dict] = {
    "text": {"font": _font(), "alignment": _plain},
    "wrapped": {"font": _font(), "alignment": _wrapped},
    "lead": {"font": _font(12, True, NAVY), "alignment": _wrapped},
    "answer": {"font": _font(18, True, NAVY), "alignment": Alignment(vertical="center")},
    "figure": {"font": _font(11, True, NAVY), "fill": _fill(SOFT), "alignment": _shrunk},
    "figure_soft": {"font": _font(10, colour=NAVY), "fill": _fill(SOFT), "alignment": _shrunk},
    "figure_head": {
        "font": _font(8, colour=GREY),
        "fill": _fill(SOFT),
        "alignment": Alignment(vertical="center", horizontal="right", shrink_to_fit=True),
    },
    "figure_head_left": {"font": _font(8, colour=GREY), "fill": _fill(SOFT), "alignment": Alignment(vertical="center")},
    "row_label": {"font": _font(9, True), "alignment": Alignment(vertical="center", shrink_to_fit=True)},
    "meta_label": {"font": _font(8, colour=GREY), "alignment": Alignment(vertical="center", shrink_to_fit=True)},
    "meta": {"font": _font(10), "alignment": Alignment(horizontal="left", vertical="center", shrink_to_fit=True)},
    "id_side": {"font": _font(8, colour=GREY), "alignment": Alignment(horizontal="right", vertical="center")},
    "line": {"font": _font(9), "alignment": _left},
    "line_strong": {"font": _font(9, True), "alignment": _left},
    "line_number": {"font": _font(9), "alignment": _shrunk},
    "alert_line": {"font": _font(9, True, ALERT_INK), "alignment": _left},
    "note_plain": {"font": _font(8, colour=GREY), "alignment": _left},
    "note_in": {"font": _font(8, colour=GREY), "alignment": _line},
    "unit_side": {"font": _font(8, colour=GREY), "alignment": _line},
    "line_in": {"font": _font(9), "alignment": _line},
    "note_number": {"font": _font(8, colour=GREY), "alignment": _line},
    "source_side": {
        "font": _font(8, colour=GREY),
        "alignment": Alignment(horizontal="right", vertical="center"),
    },
    "name": {"font": _font(9, True), "alignment": Alignment(vertical="center", shrink_to_fit=True)},
    "name_open": {"font": _font(9, True), "alignment": _left},
    "cell": {"font": _font(9), "alignment": _shrunk, "border": _below},
    "cell_centred": {
        "font": _font(9),
        "alignment": Alignment(horizontal="center", vertical="center"),
        "border": _below,
    },
    "cell_name": {
        "font": _font(9),
        "alignment": Alignment(vertical="center", shrink_to_fit=True),
        "border": _below,
    },
    "cell_text": {
        "font": _font(9),
        "alignment": Alignment(horizontal="left", vertical="center", indent=1, shrink_to_fit=True),
        "border": _below,
    },
    "sign": {"font": _font(9, colour=GREY), "alignment": Alignment(vertical="bottom"), "border": Border(bottom=_thin)},
    "lead_line": {"font": _font(12, True, NAVY), "alignment": _plain},
    "standing": {"font": _font(), "alignment": _line, "border": _below},
    "title": {"font": _font(16, True, NAVY), "alignment": Alignment(vertical="center")},
    "purpose": {"font": _font(10, colour=GREY, italic=True), "alignment": _plain},
    "section": {
        "font": _font(12, True, NAVY),
        "alignment": Alignment(vertical="bottom"),
        "border": _under,
    },
    # Of a part that is not always there, whose rule a highlight draws.
    "heading": {"font": _font(12, True, NAVY), "alignment": _plain},
    "heading_note": {"font": _font(9, colour=GREY), "alignment": _line},
    "section_note": {
        "font": _font(9, colour=GREY),
        "alignment": _line,
        "border": _under,
    },
    "label_line": {"font": _font(bold=True), "alignment": _plain},
    "head": {
        "font": _font(9, True, PAPER),
        "fill": _fill(NAVY),
        "alignment": Alignment(vertical="center", horizontal="center", wrap_text=True),
    },
    "head_left": {
        "font": _font(9, True, PAPER),
        "fill": _fill(NAVY),
        "alignment": Alignment(vertical="center", wrap_text=True),
    },
    "band": {"font": _font(9, True, NAVY), "fill": _fill(BAND), "alignment": Alignment(horizontal="left")},
    "band_unit": {"font": _font(8, colour=GREY), "fill": _fill(BAND), "alignment": Alignment(horizontal="center")},
    "unit": {"font": _font(8, colour=GREY), "alignment": _indented, "border": _below},
    "unit_centred": {"font": _font(8, colour=GREY), "alignment": Alignment(horizontal="center", wrap_text=True)},
    "id": {"font": _font(8, colour=GREY), "alignment": _plain},
    "id_ruled": {"font": _font(8, colour=GREY), "alignment": _plain, "border": _below},
    "label": {"font": _font(), "alignment": _wrapped, "border": _below},
    "label_strong": {"font": _font(bold=True), "alignment": _wrapped, "border": _below},
    "note": {"font": _font(9, colour=GREY), "alignment": _wrapped, "border": _below},
    "source": {"font": _font(8, colour=GREY), "alignment": _wrapped, "border": _below},
    "published": {"font": _font(), "alignment": _number, "border": _below},
    "fixed": {"font": _font(9, colour=GREY), "alignment": _number, "border": _below},
    "calc": {"font": _font(), "alignment": _number, "border": _below},
    "calc_text": {"font": _font(), "alignment": _indented, "border": _below},
    "calc_wrapped": {
        "font": _font(9),
        "alignment": _indented,
        "border": _below,
    },
    # Of lists that are as long as there is something to say: no rule where nothing stands.
    "listed": {"font": _font(9), "alignment": _plain},
    "listed_name": {"font": _font(9), "alignment": Alignment(vertical="center", shrink_to_fit=True)},
    "listed_text": {"font": _font(9), "alignment": _line},
    "listed_unit": {
        "font": _font(8, colour=GREY),
        "alignment": Alignment(horizontal="left", vertical="center", indent=1, shrink_to_fit=True),
    },
    "listed_number": {"font": _font(), "alignment": _number},
    # The name of a path, on one line however long it is.
    "row_name": {
        "font": _font(bold=True),
        "alignment": Alignment(vertical="center", shrink_to_fit=True),
        "border": _below,
    },
    "calc_label": {"font": _font(bold=True), "alignment": _wrapped, "border": _below},
    "result_text": {"font": _font(bold=True), "fill": _fill(RESULT_FILL), "alignment": _wrapped, "border": _below},
    # Without a rule, for rows that may be empty.
    "bare": {"font": _font(), "alignment": _shrunk},
    "bare_sum": {"font": _font(bold=True), "alignment": _shrunk},
    "bare_name": {
        "font": _font(),
        "alignment": Alignment(horizontal="left", vertical="center", indent=1, shrink_to_fit=True),
    },
    "bare_text": {"font": _font(), "alignment": _indented},
    "bare_strong": {"font": _font(bold=True), "alignment": _line},
    "bare_label": {"font": _font(), "alignment": _line},
    "bare_line": {"font": _font(bold=True), "alignment": _plain},
    "bare_day": {"font": _font(bold=True), "alignment": Alignment(horizontal="left", vertical="center")},
    "unit_bare": {"font": _font(8, colour=GREY), "alignment": _line},
    "bare_result": {"font": _font(bold=True), "fill": _fill(RESULT_FILL), "alignment": _shrunk},
    "bare_number": {"font": _font(8, colour=GREY), "alignment": _number},
    "result": {"font": _font(bold=True), "fill": _fill(RESULT_FILL), "alignment": _number, "border": _below},
    "input": {
        "font": _font(colour=INPUT_INK),
        "fill": _fill(INPUT_FILL),
        "alignment": _number,
        "border": _boxed,
    },
    "input_choice": {
        "font": _font(colour=INPUT_INK),
        "fill": _fill(INPUT_FILL),
        "alignment": Alignment(vertical="center", horizontal="center"),
        "border": _boxed,
    },
    "input_text": {
        "font": _font(colour=INPUT_INK),
        "fill": _fill(INPUT_FILL),
        "alignment": _wrapped,
        "border": _boxed,
        "quoted": True,
    },
    "input_line": {
        "font": _font(colour=INPUT_INK),
        "fill": _fill(INPUT_FILL),
        "alignment": _left,
        "border": _boxed,
        "quoted": True,
    },
    "input_look": {"font": _font(colour=INPUT_INK), "fill": _fill(INPUT_FILL), "border": _boxed, "alignment": _number},
    "record": {"font": _font(9, colour=GREY), "alignment": _plain, "border": _below, "quoted": True},
    "link": {"font": _font(colour=LINK, underline="single"), "alignment": _plain},
    "note_line": {"font": _font(9, colour=GREY), "alignment": _line, "border": _below},
    "mark": {"font": _font(9), "alignment": Alignment(horizontal="center", vertical="center"), "border": _below},
    "mark_wrapped": {
        "font": _font(9, True, NAVY),
        "alignment": Alignment(horizontal="center", vertical="center", wrap_text=True),
    },
    "axis": {"font": _font(6, colour=GREY), "alignment": Alignment(horizontal="center", vertical="center")},
    "axis_day": {"font": _font(7, colour=GREY), "alignment": Alignment(horizontal="center", text_rotation=90)},
    "bar_label": {"font": _font(9), "alignment": _wrapped},
    "bar_cell": {"font": _font(6), "alignment": _plain},
    "check": {"font": _font(10, True), "alignment": _plain},
    "alert": {"font": _font(10, True, ALERT_INK), "alignment": _line},
}


class StyleSheet:
    """Registers styles with an openpyxl workbook as they are asked for, and gives their numbers."""

    def __init__(self, workbook: Workbook) -> None:
        self._cell = workbook.active.cell(1, 1)
        self._known = workbook._cell_styles
        # Beside Normal, which openpyxl writes in the theme's ink and typeface: what a cell without a style has.
        for name, named in NAMED.items():
            workbook.add_named_style(NamedStyle(name, builtinId=named.builtin, **_parts(named.looks[0], named.format)))
        self.number = cache(self._registered)

    def _registered(self, style: str, format: str, is_quoted: bool = False) -> int:
        cell = self._cell
        cell.style = name_of(style, format)
        for part, value in _parts(style, format).items():
            setattr(cell, part, value)
        cell.quotePrefix = is_quoted or STYLES[style].get("quoted", False)
        # The cell's own style changes with the next call, so the workbook gets a copy.
        return self._known.add(copy(cell._style))


def _parts(style: str, format: str) -> dict[str, Any]:
    """What a cell or a named style of this look has, by openpyxl's names."""
    look = STYLES[style]
    return {
        "font": look["font"],
        "fill": look.get("fill", PatternFill()),
        "border": look.get("border", Border()),
        "alignment": look["alignment"],
        "number_format": FORMATS[format],
        "protection": Protection(locked=style not in INPUTS),
    }
