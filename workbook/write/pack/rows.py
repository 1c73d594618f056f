"""The rows of a sheet as XML, split at the values that differ between scenarios, so that a scenario's sheet is a join."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache

import numpy as np

from workbook.files.address import column_letters
from workbook.write.book import Area, Block, Cell, Column, Sheet
from workbook.write.pack.digits import json_numbers, number_text, significant, typed_text

# The digits that the block of trials keeps of a number: half the size, and right to 5e-10.
BLOCK_DIGITS = 10
# Cells in these styles hold typed content, digit for digit.
TYPED = ("input", "input_choice", "input_text", "record")
ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escaped(text: str) -> str:
    """Text as XML: anything that a reader would take for an escape, such as _xHHHH_ or a bare return, is escaped."""
    return ESCAPE_LIKE.sub("_x005F_", text.translate(ESCAPES)).replace("\r", "&#13;")


def text_element(text: str) -> str:
    """A text in its element, which says so where blanks at an end or a line break count."""
    kept = ' xml:space="preserve"' if text != " ".join(text.split()) else ""
    return f"<t{kept}>{escaped(text)}</t>"


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
    """A cell whose value differs by scenario.

    number, text, nothing: for each kind of value, the XML since the slot before, and the closing of the value.
    """

    def __init__(self, place: tuple[int, int], before: str, head: str, formula: str, style: str) -> None:
        self.place = place
        self.is_formula, self.is_typed = bool(formula), style in TYPED
        self._before, self._head, self._formula = before, head, formula
        # The XML after the value of a formula is constant, and so belongs to the next slot.
        self.number = self._around(f"{head}>{formula}<v>", "" if formula else "</v></c>")

    @cached_property
    def text(self) -> tuple[bytes, bytes]:
        if self.is_formula:
            return self._around(f'{self._head} t="str">{self._formula}<v>', "")
        return self._around(f'{self._head} t="inlineStr"><is>', "</is></c>")

    @cached_property
    def nothing(self) -> tuple[bytes, bytes]:
        return self.text if self.is_formula else self._around(f"{self._head}/>", "")

    def _around(self, opening: str, closing: str) -> tuple[bytes, bytes]:
        return f"{self._before}{opening}".encode(), closing.encode()

    def filled(self, value: str | float | None) -> tuple[bytes, bytes]:
        """The XML before the value, and the value with its closing."""
        if isinstance(value, str):
            if not value:
                return self.nothing
            return self.text[0], (encoded(value) if self.is_formula else text_element(value).encode()) + self.text[1]
        if value is None or value != value:
            return self.nothing
        text = typed_text(value) if self.is_typed else number_text(value)
        return self.number[0], text.encode() + self.number[1]


@lru_cache(maxsize=1 << 16)
def encoded(text: str) -> bytes:
    return escaped(text).encode()


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
        self._last = "".join(self._open).encode()
        self._block = BlockRows(sheet.block, style, len(self._shared)) if sheet.block else None
        self._fill(sheet)

    def _fill(self, sheet: Sheet) -> None:
        """Take the values of the slots from the sheet."""
        values = [np.atleast_1d(sheet.cells[slot.place].value) for slot in self._slots]
        numbers = np.zeros((len(values[0]) if values else 1, len(values)))
        texts: dict[int, np.ndarray] = {}
        for at, array in enumerate(values):
            if array.dtype.kind in "fiub":
                numbers[:, at] = array
            else:
                texts[at] = array
        calculated = [at for at, slot in enumerate(self._slots) if not slot.is_typed]
        numbers[:, calculated] = significant(numbers[:, calculated])
        # By their bits, since a zero with a minus is written as such.
        bits = numbers.view(np.int64)
        differs = (bits != bits[0]).any(axis=0)
        differs[[at for at, array in texts.items() if not _is_one_text(array)]] = True
        self._settle(np.flatnonzero(differs).tolist(), numbers, texts)

    def _settle(self, moving: list[int], numbers: np.ndarray, texts: dict[int, np.ndarray]) -> None:
        """Fill in once what is the same in all scenarios, and keep the values of the other slots. moving: their places."""
        first = {at: array[:1] for at, array in texts.items()}
        whole = Filling(self._slots, [b""] * len(self._slots), numbers[:1], first).parts(0)
        starts, ends = [0, *(2 * at + 2 for at in moving)], [*(2 * at for at in moving), len(whole)]
        *before, after = (b"".join(whole[start:end]) for start, end in zip(starts, ends, strict=True))
        others = {number: texts[at] for number, at in enumerate(moving) if at in texts}
        numbers = np.ascontiguousarray(numbers[:, moving])
        self._filling: Filling | None = Filling([self._slots[at] for at in moving], before, numbers, others)
        self._after = after + self._last

    def again(self, sheet: Sheet) -> Rows:
        """The rows of a sheet with the same layout and other values."""
        renewed = copy(self)
        renewed._fill(sheet)
        if self._block and sheet.block:
            renewed._block = self._block.again(sheet.block)
        return renewed

    def forget(self) -> None:
        """Drop the values and keep the layout."""
        self._filling, self._after = None, b""
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
            self._slots.append(Slot(place, "".join(self._open), head, formula, cell.style))
            self._open = ["</v></c>"] if formula else []
        elif cell.value is None or cell.value != cell.value or (cell.value == "" and not formula):
            self._open.append(f'{head} t="str">{formula}<v></v></c>' if formula else f"{head}/>")
        elif isinstance(cell.value, str):
            if formula:
                self._open.append(f'{head} t="str">{formula}<v>{escaped(cell.value)}</v></c>')
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
            parts += self._filling.parts(scenario)
        parts.append(self._after)
        if self._block:
            parts += self._block.parts(scenario)
        parts.append(self._tail)
        return parts


class Filling:
    """Slots with the values of a chunk of scenarios: whatever several scenarios share is made once."""

    def __init__(
        self, slots: Sequence[Slot], before: Sequence[bytes], numbers: np.ndarray, texts: Mapping[int, np.ndarray]
    ) -> None:
        """before: the XML before each slot; numbers: shape (scenario, slot); texts: those of a slot, by scenario."""
        self._slots, self._before, self._numbers = slots, before, numbers
        # Two parts for each slot: the XML before the value, and the value. Most values are numbers.
        self._usual = [part for slot, text in zip(slots, before, strict=True) for part in (text + slot.number[0], b"")]
        self._given = [at for at, slot in enumerate(slots) if not slot.is_formula and at not in texts]
        self._nothing: dict[int, tuple[bytes, bytes]] = {}
        self._texts = [(2 * at, self._around(at, array)) for at, array in texts.items()]

    def _around(self, at: int, values: np.ndarray) -> list[tuple[bytes, bytes]]:
        """The two parts of a slot for each scenario."""
        slot, before = self._slots[at], self._before[at]
        openings: dict[bytes, bytes] = {}
        known: dict[str, tuple[bytes, bytes]] = {}
        around = []
        for value in values.tolist():
            pair = known.get(value) if isinstance(value, str) else None
            if pair is None:
                opening, text = slot.filled(value)
                pair = openings.setdefault(opening, before + opening), text
                if isinstance(value, str):
                    known[value] = pair
            around.append(pair)
        return around

    def parts(self, scenario: int) -> list[bytes]:
        """Two parts for each slot."""
        if not self._slots:
            return []
        parts, numbers = self._usual.copy(), self._numbers[scenario]
        parts[1::2] = json_numbers(numbers)
        for at in self._given:
            parts[2 * at + 1] += b"</v></c>"
        for at in np.flatnonzero(np.isnan(numbers)).tolist():
            if at not in self._nothing:
                opening, value = self._slots[at].nothing
                self._nothing[at] = self._before[at] + opening, value
            parts[2 * at], parts[2 * at + 1] = self._nothing[at]
        for place, around in self._texts:
            parts[place], parts[place + 1] = around[scenario]
        return parts


def _is_one_text(array: np.ndarray) -> bool:
    """Whether it is the same text in every scenario."""
    return isinstance(array[0], str) and all(value == array[0] for value in array)


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
