"""The rows of a sheet as XML, split at the values that differ between scenarios, so that a scenario's sheet is a join."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import orjson

from workbook.book import Block, Cell, Sheet
from workbook.formula.expression import column_letters

DIGITS = 12
ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escaped(text: str) -> str:
    """Text as it stands in XML: what a reader would take for an escape of its own, _xHHHH_ or a bare return, is escaped."""
    return ESCAPE_LIKE.sub("_x005F_", text.translate(ESCAPES)).replace("\r", "&#13;")


class SharedStrings:
    """The constant texts of a workbook, each written once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.uses = 0

    def number(self, text: str) -> int:
        self.uses += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> bytes:
        items = "".join(f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in self._numbers)
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return f'{head}<sst xmlns="{space}" count="{self.uses}" uniqueCount="{len(self._numbers)}">{items}</sst>'.encode()


@dataclass(frozen=True)
class Slot:
    """A cell whose value differs by scenario: its XML before and after the value, and where it has none."""

    values: np.ndarray
    opened: bytes
    closed: bytes
    empty: bytes
    numeric: bool


class Rows:
    """The sheet's data as constant XML around slots. `xml(i)` is that of the i-th scenario."""

    def __init__(self, sheet: Sheet, style: Callable[[str, str], int], strings: SharedStrings) -> None:
        self._between: list[bytes] = []
        self.slots: list[Slot] = []
        self._open: list[str] = ["<sheetData>"]
        current = 0
        for (row, column), cell in sorted(sheet.cells.items()):
            if row != current:
                height = f' ht="{sheet.heights[row]:g}" customHeight="1"' if row in sheet.heights else ""
                self._open.append(("</row>" if current else "") + f'<row r="{row}"{height}>')
                current = row
            self._cell(f"{column_letters(column)}{row}", cell, style(cell.style, cell.format), strings)
        self._open.append("</row>" if current else "")
        self._between.append("".join(self._open).encode())
        self._block = BlockRows(sheet.block, style) if sheet.block else None
        numeric = [slot for slot in self.slots if slot.numeric]
        self._numbers = np.column_stack([slot.values for slot in numeric]).astype(float) if numeric else None
        self._numeric_at = [at for at, slot in enumerate(self.slots) if slot.numeric]

    def _cell(self, address: str, cell: Cell, style: int, strings: SharedStrings) -> None:
        head = f'<c r="{address}" s="{style}"'
        formula = "" if cell.formula is None else f"<f>{escaped(cell.formula)}</f>"
        if isinstance(cell.value, np.ndarray):
            self._slot(head, formula, cell.value)
        elif cell.value is None or cell.value != cell.value or (cell.value == "" and not formula):
            self._open.append(f'{head} t="str">{formula}<v></v></c>' if formula else f"{head}/>")
        elif isinstance(cell.value, str):
            if formula:
                self._open.append(f'{head} t="str">{formula}<v>{escaped(cell.value)}</v></c>')
            elif cell.style in ("input_text", "record"):
                self._open.append(f'{head} t="inlineStr"><is><t xml:space="preserve">{escaped(cell.value)}</t></is></c>')
            else:
                self._open.append(f'{head} t="s"><v>{strings.number(cell.value)}</v></c>')
        else:
            self._open.append(f"{head}>{formula}<v>{number_text(cell.value)}</v></c>")

    def _slot(self, head: str, formula: str, values: np.ndarray) -> None:
        numeric = values.dtype != object
        if numeric:
            opened, closed = f"{head}>{formula}<v>", "</v></c>"
        elif formula:
            opened, closed = f'{head} t="str">{formula}<v>', "</v></c>"
        else:
            opened, closed = f'{head} t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
        empty = f'{head} t="str">{formula}<v></v></c>' if formula else f"{head}/>"
        self._between.append("".join(self._open).encode())
        self.slots.append(Slot(values, opened.encode(), closed.encode(), empty.encode(), numeric))
        self._open = []

    def xml(self, scenario: int) -> bytes:
        """The sheet's data for one scenario."""
        block = self._block.xml(scenario) if self._block else b""
        texts = self._texts(scenario)
        parts: list[bytes] = []
        for between, slot, text in zip(self._between, self.slots, texts, strict=False):
            parts += (between, slot.empty) if text is None else (between, slot.opened, text, slot.closed)
        parts += (self._between[-1], block, b"</sheetData>")
        return b"".join(parts)

    def _texts(self, scenario: int) -> list[bytes | None]:
        texts: list[bytes | None] = [None] * len(self.slots)
        if self._numbers is not None:
            numbers = orjson.dumps(self._numbers[scenario], option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].split(b",")
            for at, number in zip(self._numeric_at, numbers, strict=True):
                texts[at] = None if number == b"null" else number
        for at, slot in enumerate(self.slots):
            if not slot.numeric and slot.values[scenario] not in (None, ""):
                value = slot.values[scenario]
                texts[at] = escaped(value).encode() if isinstance(value, str) else number_text(value).encode()
        return texts


class BlockRows:
    """The rows of a block: a formula is written out in its column's first row and shared by the rest."""

    def __init__(self, block: Block, style: Callable[[str, str], int]) -> None:
        last = block.row + block.rows - 1
        columns = [(column_letters(c.column), c, style(c.style, c.format)) for c in block.columns]
        moving = [c.values for c in block.columns if c.formula is not None]
        self._numbers = shortened(np.stack(np.broadcast_arrays(*moving), axis=-1)) if moving else None
        self._opened: list[bytes] = []
        text: list[str] = []
        for at in range(block.rows):
            row = block.row + at
            text.append(f'<row r="{row}">')
            shared = 0
            for letters, column, number in columns:
                text.append(f'<c r="{letters}{row}" s="{number}">')
                if column.formula is None:
                    text.append(f"<v>{_short(column.values[0, at])}</v></c>")
                    continue
                if at == 0:
                    formula = escaped(column.formula.printed({block.down: block.first}))
                    text.append(f'<f t="shared" ref="{letters}{row}:{letters}{last}" si="{shared}">{formula}</f><v>')
                else:
                    text.append(f'<f t="shared" si="{shared}"/><v>')
                shared += 1
                self._opened.append("".join(text).encode())
                text = ["</v></c>"]
            text.append("</row>")
        self._end = "".join(text).encode()

    def xml(self, scenario: int) -> bytes:
        """The rows for one scenario."""
        if self._numbers is None:
            return self._end
        values = self._numbers[scenario].reshape(-1)
        parts = [b""] * (2 * len(self._opened))
        parts[0::2] = self._opened
        parts[1::2] = orjson.dumps(np.ascontiguousarray(values), option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].split(b",")
        return b"".join(parts) + self._end


def shortened(values: np.ndarray) -> np.ndarray:
    """Values to twelve significant digits, which is what a block keeps of them: half the size, and right to 1e-12."""
    with np.errstate(divide="ignore"):
        size = np.where(values == 0, 0, np.floor(np.log10(np.abs(values))))
    scale = 10.0 ** (DIGITS - 1 - size)
    return np.round(values * scale) / scale


def _short(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else number_text(number)


def number_text(value: float) -> str:
    """A finite number as it stands in the file: the shortest text that reads back as the same number."""
    return orjson.dumps(float(value)).decode() if float(value) == float(value) else ""
