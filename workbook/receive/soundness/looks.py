"""The parts of a cell's style that the rules check: locked or not, quote prefix, number format, fill."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Look(NamedTuple):
    """The style of a cell. fill: the colour, empty for none."""

    locked: bool
    quoted: bool
    format: str
    fill: str


def looks(root: Element) -> list[Look]:
    """The looks of a style sheet, by the number that cells name."""
    codes = {found.get("numFmtId"): found.get("formatCode", "") for found in root.iter(f"{MAIN}numFmt")}
    fills = [_colour(found) for found in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
    return [_look(found, codes, fills) for found in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")]


def _look(found: Element, codes: dict[str | None, str], fills: list[str]) -> Look:
    protection = found.find(f"{MAIN}protection")
    locked = protection is None or protection.get("locked") not in ("0", "false")
    number = found.get("numFmtId", "0")
    fill = fills[int(found.get("fillId", "0"))]
    return Look(locked, found.get("quotePrefix") in ("1", "true"), codes.get(number, number), fill)


def _colour(found: Element) -> str:
    pattern = found.find(f"{MAIN}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = pattern.find(f"{MAIN}fgColor")
    return "" if colour is None else colour.get("rgb", "theme")
