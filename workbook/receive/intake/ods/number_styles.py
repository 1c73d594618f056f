"""The number formats of an .ods: its data styles, each as the code that the same format has in an .xlsx."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbook.receive.intake.format_code import Format

DATA_STYLES = (
    "number:number-style", "number:currency-style", "number:percentage-style", "number:date-style", "number:time-style",
    "number:boolean-style", "number:text-style",
)  # fmt: skip
# Elements that show something of the value, with a code that shows it too.
SHOWN = {
    "number:number": "0", "number:scientific-number": "0", "number:fraction": "0", "number:boolean": "0",
    "number:year": "y", "number:month": "m", "number:day": "d", "number:day-of-week": "d", "number:week-of-year": "d",
    "number:quarter": "d", "number:era": "g", "number:hours": "h", "number:minutes": "m", "number:seconds": "s",
    "number:text-content": "@",
}  # fmt: skip
# Elements whose text is shown beside the value; what only fills the column is not.
BESIDE = ("number:text", "number:currency-symbol", "number:embedded-text")
CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)", re.ASCII)
# A comma leaves out so many; OpenDocument says by what the value is divided.
PER_COMMA = 1000
MOST_COMMAS = 6
GENERAL = Format()


class NumberStyles:
    """Hears the styles of a document, and says which number format a style of cells has."""

    def __init__(self) -> None:
        self._data_style, self._cell_style = "", ""
        self._codes: dict[str, list[str]] = {}
        self._maps: dict[str, list[tuple[str, str]]] = {}
        self._parents: dict[str, str] = {}
        self._data_styles: dict[str, str] = {}
        self._formats: dict[str, Format] = {}

    def opened(self, path: Sequence[str], name: str, attributes: Mapping[str, str]) -> None:
        """An element begins below these."""
        if name in DATA_STYLES:
            self._data_style = attributes.get("style:name", "")
            self._codes[self._data_style], self._maps[self._data_style] = [], []
        elif name == "style:style" and attributes.get("style:family") == "table-cell":
            style = attributes.get("style:name", "")
            self._parents[style] = attributes.get("style:parent-style-name", "")
            self._data_styles[style] = attributes.get("style:data-style-name", "")
        elif path[-1:] and path[-1] in DATA_STYLES:
            if name in SHOWN:
                self._codes[self._data_style].append(SHOWN[name] + _commas(attributes.get("number:display-factor", "")))
            elif name == "style:map" and (condition := CONDITION.fullmatch(attributes.get("style:condition", ""))):
                compared = f"[{condition[1].replace('!=', '<>')}{condition[2]}]"
                self._maps[self._data_style].append((compared, attributes.get("style:apply-style-name", "")))

    def characters(self, path: Sequence[str], text: str) -> None:
        """Text within these elements."""
        if path[-1] in BESIDE:
            self._codes.get(self._data_style, []).extend(f"\\{character}" for character in text)

    def format_of(self, style: str | None) -> Format:
        """The number format of a style of cells, its own or that of the nearest style above it; the plain one for none."""
        if style not in self._formats:
            self._formats[style or ""] = self._made(style or "")
        return self._formats[style or ""]

    def _made(self, style: str) -> Format:
        seen = set()
        while style and style not in seen and not self._data_styles.get(style):
            seen.add(style)
            style = self._parents.get(style, "")
        data_style = self._data_styles.get(style, "")
        if data_style not in self._codes:
            return GENERAL
        sections = [compared + "".join(self._codes.get(other, ["0"])) for compared, other in self._maps[data_style]]
        return Format(";".join([*sections, "".join(self._codes[data_style])]))


def _commas(factor: str) -> str:
    """As many commas as leave out what the value is divided by."""
    left = int(factor) if factor.isascii() and factor.isdigit() and len(factor) < 20 else 1
    commas = 0
    while left >= PER_COMMA and commas < MOST_COMMAS:
        left, commas = left // PER_COMMA, commas + 1
    return "," * commas
