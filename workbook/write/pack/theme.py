"""The theme of a workbook: our palette as the colours, one typeface, and effects that are none."""

from __future__ import annotations

from openpyxl.styles import Color

from workbook.files.agreed import CREATOR
from workbook.write.palette import THEME, Colour

FONT = "Calibri"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
# The colours in the order in which cells number them, which is not that of the theme.
NUMBERS = {
    slot: number
    for number, slot in enumerate(
        ("lt1", "dk1", "lt2", "dk2", *(slot for slot in THEME if slot[:2] not in ("lt", "dk")))
    )
}


def cell_colour(colour: Colour) -> Color:
    """The colour as a cell or a conditional format names it."""
    return Color(theme=NUMBERS[colour.slot], tint=colour.tint)


def theme_xml() -> bytes:
    """The theme as a part of the workbook."""
    colours = "".join(f'<a:{slot}><a:srgbClr val="{rgb}"/></a:{slot}>' for slot, rgb in THEME.items())
    typeface = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    # The format asks for three fills, lines, effects and backgrounds, from subtle to strong.
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="{DRAWING}" name="{CREATOR}"><a:themeElements>'
        f'<a:clrScheme name="{CREATOR}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{CREATOR}"><a:majorFont>{typeface}</a:majorFont>'
        f"<a:minorFont>{typeface}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="{CREATOR}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    ).encode()
