"""The rows of a sheet as XML, split at the values that differ between scenarios, so that a scenario's sheet is a join."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

import numpy as np

from workbook.files.address import column_letters
from workbook.write.book import Area, Block, Cell, Column, Sheet
from workbook.write.pack.digits import json_numbers, number_text, significant, typed_text
from workbook.write.pack.filling import BLANK, MISSING, NOTHING, Filling, kept

# The digits that the block of trials keeps of a number: half the size, and right to 5e-10.
BLOCK_DIGITS = 10
# Cells in these styles hold typed content, digit for digit.
TYPED = ("input", "input_choice", "input_text", "record")
ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escaped(text: str) -> str:
    """Text as XML: anything that a reader would take for an escape, such as _xHHHH_ or a bare return, is escaped."""
    return ESCAPE_LIKE.sub("_x005F_", text.translate(ESCAPES)).replace("\r", "&#13;")


def text_element(text: str, name: str = "t") -> str:
    """A text in its element, which says so where blanks at an end or a line break count.

    name: "v" for the value of a formula. LibreOffice cuts the blanks at its ends otherwise, when it opens a file and does
    not recalculate it, and a sentence that is joined from such values then lacks them.
    """
    kept = ' xml:space="preserve"' if text != " ".join(text.split()) else ""
    return f"<{name}{kept}>{escaped(text)}</{name}>"


class SharedStrings:
    """The constant texts of a workbook, each written once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.uses = 0

    def number(self, text: str) -> int:
        self.uses += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> bytes:
        items = "".join(f"<si>{text_element(text)}</si>" for text in self._numbers)
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return (
            f'{head}<sst xmlns="{space}" count="{self.uses}" uniqueCount="{len(self._numbers)}">{items}</sst>'.encode()
        )


# A named style, a number format and whether a quote prefix is needed -> the number of them in the workbook's styles.
StyleNumber = Callable[[str, str, bool], int]
# What a spreadsheet takes for the beginning of a formula once the cell is edited.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def needs_quote(cell: Cell) -> bool:
    """Whether the cell holds a text that needs a quote prefix: one that begins like a formula, or that differs by scenario."""
    if cell.formula is not None:
        return False
    if isinstance(cell.value, str):
        return cell.value.startswith(BEGINS_A_FORMULA)
    return isinstance(cell.value, np.ndarray) and cell.value.dtype.kind not in "fiub"


class Slot:
    """A cell whose value may differ by scenario. before: the XML since the slot before it."""

    __slots__ = ("_formula", "_head", "before", "is_typed", "place")

    def __init__(self, place: tuple[int, int], before: str, head: str, formula: str, is_typed: bool) -> None:
        self.place, self.before, self.is_typed = place, before.encode(), is_typed
        self._head, self._formula = head, formula

    def plain(self) -> list:
        """What it is made from, as plain data."""
        return [self.place, self.before.decode(), self._head, self._formula, self.is_typed]

    @property
    def around(self) -> tuple[bytes, bytes]:
        """What stands around a number."""
        return f"{self._head}>{self._formula}<v>".encode(), b"</v></c>"

    @property
    def around_text(self) -> tuple[bytes, bytes]:
        """What stands around a text, as `text` writes it."""
        if self._formula:
            return f'{self._head} t="str">{self._formula}'.encode(), b"</c>"
        return f'{self._head} t="inlineStr"><is>'.encode(), b"</is></c>"

    def text(self, value: str) -> bytes:
        """A text without its cell."""
        return text_element(value, "v" if self._formula else "t").encode()

    @property
    def nothing(self) -> bytes:
        """The cell where there is no value."""
        return (
            f'{self._head} t="str">{self._formula}<v></v></c>'.encode() if self._formula else f"{self._head}/>".encode()
        )

    def cell(self, value: str | float | None) -> bytes:
        """The cell with its value."""
        if isinstance(value, str) and value:
            return self.text(value).join(self.around_text)
        if value is None or isinstance(value, str) or value != value:
            return self.nothing
        return (typed_text(value) if self.is_typed else number_text(value)).encode().join(self.around)


# What a slot is in a template, each allowing for more than the one before: the same in all scenarios so far, a number in
# all of them, or anything.
SAME, NUMBER, ANYTHING = range(3)


class _Settled(NamedTuple):
    """What is known of a layout's slots so far. kinds: of each slot; numbers, texts: of the first scenario, text: with blanks."""

    kinds: np.ndarray
    numbers: np.ndarray
    texts: dict[int, object]
    text: bytes


class Template:
    """The rows of one layout: whatever was the same in all chunks so far stands in it, and the rest are blanks.

    Which they are changes no byte of a workbook. It is settled by the first chunks, and then seldom made anew; as threads
    may share it, what is settled is replaced as a whole, and a chunk keeps to what it began with.
    """

    def __init__(self, slots: Sequence[Slot], end: bytes) -> None:
        self._slots, self._end = slots, end
        self._is_typed = np.array([slot.is_typed for slot in slots], dtype=bool)
        self._settled: _Settled | None = None

    def plain(self) -> dict[str, Any]:
        """The rows without any values, as plain data."""
        return {"slots": [slot.plain() for slot in self._slots], "end": self._end.decode()}

    @classmethod
    def of_plain(cls, data: Mapping[str, Any]) -> Template:
        slots = [
            Slot((row, column), before, head, formula, is_typed)
            for (row, column), before, head, formula, is_typed in data["slots"]
        ]
        return cls(slots, data["end"].encode())

    def filling(self, sheet: Sheet) -> Filling:
        """The blanks with the values of a sheet."""
        numbers, texts = self._values(sheet)
        before = self._settled
        first = before.numbers if before else numbers[:, 0].copy()
        first_texts = before.texts if before else {at: values[0] for at, values in texts.items()}
        # By their bits, since a zero with a minus is written as such.
        kinds = np.where((numbers.view(np.int64) != first.view(np.int64)[:, np.newaxis]).any(axis=1), NUMBER, SAME)
        is_missing = ~(np.isfinite(numbers).all(axis=1) & np.isfinite(first))
        if before:
            kinds = np.maximum(before.kinds, kinds)
        kinds[(kinds == NUMBER) & is_missing] = ANYTHING
        for at, values in texts.items():
            if kinds[at] < ANYTHING and not _are_all(values, first_texts.get(at)):
                kinds[at] = ANYTHING
        for at in first_texts.keys() - texts.keys():
            kinds[at] = ANYTHING
        if before is None or (kinds > before.kinds).any():
            before = _Settled(kinds, first, first_texts, self._made(kinds, first, first_texts))
            self._settled = before
        return self._filling(before, numbers, texts)

    def _values(self, sheet: Sheet) -> tuple[np.ndarray, dict[int, list]]:
        """The numbers of the slots, shape (slot, scenario), 0 for those of the second: what is not a number throughout."""
        values = [sheet.cells[slot.place].value for slot in self._slots]
        count = max((len(value) for value in values if isinstance(value, np.ndarray)), default=1)
        numbers = np.zeros((len(values), count))
        texts: dict[int, list] = {}
        for at, value in enumerate(values):
            if isinstance(value, float):
                numbers[at] = value
                continue
            array = np.atleast_1d(value)
            if array.dtype.kind in "fiub":
                numbers[at] = array
            else:
                texts[at] = array.tolist() if len(array) == count else array.tolist() * count
        return numbers, texts

    def _made(self, kinds: np.ndarray, numbers: np.ndarray, texts: Mapping[int, object]) -> bytes:
        shown = json_numbers(np.where(self._is_typed, numbers, significant(numbers)))
        parts: list[bytes] = []
        for at, (slot, kind) in enumerate(zip(self._slots, kinds.tolist(), strict=True)):
            parts.append(kept(slot.before))
            if kind == ANYTHING:
                parts.append(BLANK)
            elif kind == NUMBER:
                parts.append(BLANK.join(map(kept, slot.around)))
            elif at in texts:
                parts.append(kept(slot.cell(texts[at])))  # type: ignore[arg-type]
            else:
                parts.append(kept(slot.nothing if shown[at] == MISSING else shown[at].join(slot.around)))
        return b"".join((*parts, kept(self._end)))

    def _filling(self, settled: _Settled, numbers: np.ndarray, texts: dict[int, list]) -> Filling:
        blanks = np.flatnonzero(settled.kinds != SAME)
        values = numbers[blanks]
        calculated = ~self._is_typed[blanks]
        values[calculated] = significant(values[calculated])
        optional, others = [], []
        for place, at in enumerate(blanks.tolist()):
            if at in texts:
                others.append((place, *_written(self._slots[at], texts[at])))
            elif settled.kinds[at] == ANYTHING:
                optional.append((place, (*self._slots[at].around, self._slots[at].nothing)))
        return Filling(settled.text, np.ascontiguousarray(values.T), optional, others)


def _written(slot: Slot, values: list) -> tuple[tuple[bytes, bytes], list[bytes]]:
    """What all cells with these values begin and end with, and the rest of each; the same text is made once."""
    distinct = set(values)
    if all(isinstance(value, str) and value for value in distinct):
        made = {value: slot.text(value) for value in distinct}
        return slot.around_text, [made[value] for value in values]
    if all(isinstance(value, str) for value in distinct):
        made = {value: slot.cell(value) for value in distinct}
        return NOTHING, [made[value] for value in values]
    return NOTHING, [slot.cell(value) for value in values]


def _are_all(values: list, text: object) -> bool:
    """Whether they are that text, each of them."""
    return isinstance(text, str) and all(isinstance(value, str) and value == text for value in values)


class Rows:
    """The sheet's data as constant XML around slots. `parts(i)` joined is that of the i-th scenario."""

    def __init__(self, sheet: Sheet, style: StyleNumber, strings: SharedStrings) -> None:
        self._head, self._tail = b"", b"</sheetData>"
        self._slots: list[Slot] = []
        self._shared: dict[Area, int] = {}
        self._open: list[str] = ["<sheetData>"]
        current = 0
        for (row, column), cell in sorted(sheet.cells.items()):
            if row != current:
                self._open.append(("</row>" if current else "") + row_start(row, sheet.heights.get(row)))
                current = row
            self._cell((row, column), cell, style(cell.style, cell.format, needs_quote(cell)), strings)
        self._open.append("</row>" if current else "")
        self._template = Template(self._slots, "".join(self._open).encode())
        self._filling: Filling | None = self._template.filling(sheet)
        self._block = BlockRows(sheet.block, style, len(self._shared)) if sheet.block else None

    def again(self, sheet: Sheet) -> Rows:
        """The rows of a sheet with the same layout and other values."""
        renewed = copy(self)
        renewed._filling = self._template.filling(sheet)
        if self._block and sheet.block:
            renewed._block = self._block.again(sheet.block)
        return renewed

    def plain(self) -> dict[str, Any]:
        """The layout without any values, as plain data."""
        block = self._block.plain() if self._block else None
        return {
            "head": self._head.decode(),
            "tail": self._tail.decode(),
            "template": self._template.plain(),
            "block": block,
        }

    @classmethod
    def of_plain(cls, data: Mapping[str, Any]) -> Rows:
        """The layout from its plain data; `again` gives it values."""
        made = cls.__new__(cls)
        made._head, made._tail = data["head"].encode(), data["tail"].encode()
        made._template, made._filling = Template.of_plain(data["template"]), None
        made._block = BlockRows.of_plain(data["block"]) if data["block"] else None
        return made

    def forget(self) -> None:
        """Drop the values and keep the layout."""
        self._filling = None
        if self._block:
            self._block.forget()

    def enclose(self, head: bytes, tail: bytes) -> None:
        """Put the parts of the member that come before and after the sheet's data around it."""
        self._head = head
        self._tail += tail

    def _cell(self, place: tuple[int, int], cell: Cell, style: int, strings: SharedStrings) -> None:
        head = f'<c r="{column_letters(place[1])}{place[0]}" s="{style}"'
        formula = self._formula(place, cell)
        if isinstance(cell.value, np.ndarray):
            self._slots.append(Slot(place, "".join(self._open), head, formula, cell.style in TYPED))
            self._open = []
        elif cell.value is None or cell.value != cell.value or (cell.value == "" and not formula):
            self._open.append(f'{head} t="str">{formula}<v></v></c>' if formula else f"{head}/>")
        elif isinstance(cell.value, str):
            if formula:
                self._open.append(f'{head} t="str">{formula}{text_element(cell.value, "v")}</c>')
            elif cell.style in ("input_text", "record"):
                self._open.append(f'{head} t="inlineStr"><is>{text_element(cell.value)}</is></c>')
            else:
                self._open.append(f'{head} t="s"><v>{strings.number(cell.value)}</v></c>')
        else:
            self._open.append(f"{head}>{formula}<v>{number_value(cell)}</v></c>")

    def _formula(self, place: tuple[int, int], cell: Cell) -> str:
        """The formula of a cell: written out, or in one of those that share it but the first, its number."""
        if cell.formula is None:
            return ""
        area = cell.filled
        if area is None:
            return f"<f>{escaped(cell.formula)}</f>"
        if area in self._shared:
            return f'<f t="shared" si="{self._shared[area]}"/>'
        self._shared[area] = number = len(self._shared)
        cells = f"{column_letters(area.column)}{area.row}:{column_letters(area.last_column)}{area.last_row}"
        return f'<f t="shared" ref="{cells}" si="{number}">{escaped(cell.formula)}</f>'

    def parts(self, scenario: int) -> list[bytes]:
        """The sheet's data for one scenario, in pieces to be joined."""
        parts = [self._head]
        if self._filling:
            parts.append(self._filling.filled(scenario))
        if self._block:
            parts += self._block.parts(scenario)
        parts.append(self._tail)
        return parts


def number_value(cell: Cell) -> str:
    """The number of a cell: digit for digit where it is typed content."""
    return typed_text(cell.value) if cell.style in TYPED else number_text(cell.value)


def row_start(row: int, height: float | None) -> str:
    return f'<row r="{row}" ht="{height:g}" customHeight="1">' if height else f'<row r="{row}">'


class BlockRows:
    """The rows of a block: a formula is written out in its first row and column, and shared by those below and beside.

    One that names another sheet is written out in every row: Excel never shares such a formula, and may refuse the file.
    """

    def __init__(self, block: Block, style: StyleNumber, first: int) -> None:
        """first: the number of the first formula that is shared here."""
        self._columns = [c.column for c in block.columns if c.formula is not None]
        self._moving = [c.values for c in block.columns if c.formula is not None]
        runs = _runs(block.columns)
        number_of = {column.column: number for number, run in enumerate(runs, first) for column in run}
        rows: list[bytes] = []
        for at in range(block.rows):
            row = block.row + at
            text = [f'<row r="{row}">']
            for column in block.columns:
                letters = column_letters(column.column)
                if column.formula is None:
                    number = style(column.style, column.format, False)
                    text.append(f'<c r="{letters}{row}" s="{number}"><v>{_short(column.values[0, at])}</v></c>')
                    continue
                # Without a style of its own: repeated tens of thousands of times, the same few letters would add to the size.
                text.append(f'<c r="{letters}{row}">')
                run = number_of.get(column.column)
                if run is None:
                    text.append(f"<f>{_kept(block.printed(column, at))}</f>")
                elif at == 0 and column is runs[run - first][0]:
                    end = f"{column_letters(runs[run - first][-1].column)}{row + block.rows - 1}"
                    text.append(
                        f'<f t="shared" ref="{letters}{row}:{end}" si="{run}">{_kept(block.printed(column))}</f>'
                    )
                else:
                    text.append(f'<f t="shared" si="{run}"/>')
                text.append("<v>%b</v></c>")
            rows.append("".join((*text, "</row>")).encode())
        # All of it around a place for each value: filling them in takes half the time of joining pieces.
        self._around = b"".join(rows)

    def plain(self) -> dict[str, Any]:
        """The layout without any values, as plain data."""
        return {"columns": self._columns, "around": self._around.decode()}

    @classmethod
    def of_plain(cls, data: Mapping[str, Any]) -> BlockRows:
        """The layout from its plain data; `again` gives it values."""
        made = cls.__new__(cls)
        made._columns, made._around, made._moving = data["columns"], data["around"].encode(), []
        return made

    def again(self, block: Block) -> BlockRows:
        """The rows of a block with the same layout and other values."""
        renewed, values = copy(self), {c.column: c.values for c in block.columns}
        renewed._moving = [values[column] for column in self._columns]
        return renewed

    def forget(self) -> None:
        self._moving = []

    def parts(self, scenario: int) -> list[bytes]:
        """The rows for one scenario, in pieces to be joined."""
        if not self._moving:
            return [self._around % ()]
        columns = [values[scenario if len(values) > 1 else 0] for values in self._moving]
        # Row by row in memory, as they are written: the digits then take a third of the time.
        numbers = np.ascontiguousarray(np.stack(columns, axis=-1)).reshape(-1)
        return [self._around % tuple(json_numbers(significant(numbers, BLOCK_DIGITS)))]


def _runs(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns of formulas, those that stand beside each other with the same one together; without what is not shared."""
    runs: list[list[Column]] = []
    for column in columns:
        if column.formula is None or column.formula.names_other_sheets:
            continue
        last = runs[-1][-1] if runs else None
        if last and last.formula and last.column + 1 == column.column and last.formula.pieces == column.formula.pieces:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _kept(formula: str) -> str:
    """A formula as XML between places for values, which a percent sign would be taken for."""
    return escaped(formula).replace("%", "%%")


def _short(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else number_text(number)
