"""Reads single cells of a workbook that was written here from its XML, without parsing all of it.

Not for files that anybody else has saved: workbook/receive/intake is for those.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from workbook.files.address import column_letters

# Larger than any part of a workbook that is written here.
LARGEST_PART = 50_000_000
SHEET = re.compile(r'<sheet name="([^"]*)"')
NAME = re.compile(r"<definedName name=\"([a-z_0-9]+)\">'?([^<!]*?)'?!\$([A-Z]+)\$(\d+)</definedName>")
TEXT = re.compile(r"<t(?: [^>]*)?>(.*?)</t>", re.DOTALL)
ITEM = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)
VALUE = re.compile(r"<v(?: [^>]*)?>([^<]*)</v>")
TYPE = re.compile(r' t="(\w+)"')


class Place(NamedTuple):
    sheet: str
    column: str
    row: int


class Cells:
    """The cells of an .xlsx file that was written here. Raises ValueError, now or later, for any other."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise ValueError(str(error)) from None
        self._parts: dict[str, str] = {}
        book = self._part("xl/workbook.xml")
        self._sheets = {unescape(name): at for at, name in enumerate(SHEET.findall(book), 1)}
        self.names = {name: Place(unescape(sheet), column, int(row)) for name, sheet, column, row in NAME.findall(book)}

    def named(self, name: str) -> str | float | None:
        """The value of the cell of that name."""
        if name not in self.names:
            raise ValueError(f"it has no cell named {name}")
        return self._value(self.names[name])

    def at(self, sheet: str, row: int, column: int) -> str | float | None:
        """The value of a cell: a number, a text, or None. row and column: from 1."""
        return self._value(Place(sheet, column_letters(column), row))

    def _value(self, place: Place) -> str | float | None:
        if place.sheet not in self._sheets:
            raise ValueError(f"it has no sheet {place.sheet}")
        part = self._part(f"xl/worksheets/sheet{self._sheets[place.sheet]}.xml")
        start = part.find(f'<c r="{place.column}{place.row}"')
        head_end = part.find(">", start)
        if start < 0 or part[head_end - 1] == "/":
            return None
        kind = TYPE.search(part[start:head_end])
        cell = part[head_end + 1 : part.find("</c>", head_end)]
        if kind and kind[1] == "inlineStr":
            return unescape("".join(TEXT.findall(cell)))
        value = VALUE.search(cell)
        if value is None:
            return None
        if kind and kind[1] == "s":
            return self._texts[int(value[1])]
        return unescape(value[1]) if kind and kind[1] in ("str", "e") else float(value[1])

    @property
    def _texts(self) -> Sequence[str]:
        return _shared_texts(self._part("xl/sharedStrings.xml"))

    def _part(self, name: str) -> str:
        if name not in self._parts:
            try:
                if self._archive.getinfo(name).file_size > LARGEST_PART:
                    raise ValueError(f"{name} is larger than {LARGEST_PART:,} bytes")
                self._parts[name] = self._archive.read(name).decode()
            except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
                raise ValueError(f"{name}: {error}") from None
        return self._parts[name]


@lru_cache(maxsize=4)
def _shared_texts(part: str) -> Sequence[str]:
    """The texts that all cells share; workbooks of one layout have them alike."""
    return [unescape("".join(TEXT.findall(item[1] or ""))) for item in ITEM.finditer(part)]
