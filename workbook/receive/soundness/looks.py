"""The parts of a cell's style that the rules check: locked or not, quote prefix, number format, fill."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Look(NamedTuple):
    """The style of a cell. fill: the colour, of its own or of the theme; empty for none."""

    locked: bool
    quoted: bool
    format: str
    fill: str


def looks(root: Element) -> list[Look]:
    """The looks of a style sheet, by the number that cells name."""
    codes = {element.get("numFmtId"): element.get("formatCode", "") for element in root.iter(f"{MAIN}numFmt")}
    fills = [_colour(element) for element in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
    return [_look(element, codes, fills) for element in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")]


def _look(element: Element, codes: dict[str | None, str], fills: list[str]) -> Look:
    protection = element.find(f"{MAIN}protection")
    locked = protection is None or protection.get("locked") not in ("0", "false")
    number = element.get("numFmtId", "0")
    fill = fills[int(element.get("fillId", "0"))]
    return Look(locked, element.get("quotePrefix") in ("1", "true"), codes.get(number, number), fill)


def _colour(element: Element) -> str:
    pattern = element.find(f"{MAIN}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = pattern.find(f"{MAIN}fgColor")
    if colour is None:
        return ""
    return colour.get("rgb") or f"{colour.get('theme') or colour.get('indexed')} {float(colour.get('tint', '0')):g}"
