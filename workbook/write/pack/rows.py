"""The rows of a sheet as XML, split at the values that differ between scenarios, so that a scenario's sheet is a join."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from itertools import groupby
from sys import intern
from typing import Any, NamedTuple

import numpy as np

from workbook.files.address import column_letters
from workbook.files.digits import FEWER_DIGITS, json_numbers, number_text, significant, typed_text
from workbook.write.pack.filling import BLANK, MISSING, Filling, kept
from workbook.write.sheet import INPUTS, Area, Block, Cell, Line, Sheet

# Where the cells of a block belong in the rows, and where a value does: characters that no XML holds.
OF_BLOCK, OF_VALUE = "\0", "\1"
PLACE = BLANK.decode()
# Cells in these styles hold typed content, digit for digit.
TYPED = (*INPUTS, "record")
ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """Text as XML: anything that a reader would take for an escape, such as _xHHHH_ or a bare return, is escaped."""
    if "_x" in text:
        text = ESCAPE_LIKE.sub("_x005F_", text)
    # The ampersand first. A fifth of the time that `translate` takes.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


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
        self.place, self.before, self.is_typed = place, before, is_typed
        self._head, self._formula = head, formula

    def plain(self) -> list:
        """What it is made from, as plain data."""
        return [self.place, self.before, self._head, self._formula, self.is_typed]

    @property
    def around(self) -> tuple[bytes, bytes]:
        """What stands around a number."""
        return f"{self._head}>{self._formula}<v>".encode(), b"</v></c>"

    @property
    def nothing(self) -> str:
        """The cell where there is no value."""
        return f'{self._head} t="str">{self._formula}<v></v></c>' if self._formula else f"{self._head}/>"

    def number(self, text: str) -> str:
        """The cell with a number."""
        return f"{self._head}>{self._formula}<v>{text}</v></c>"

    def cell(self, value: str | float | None) -> str:
        """The cell with its value."""
        if isinstance(value, str) and value:
            if self._formula:
                return f'{self._head} t="str">{self._formula}{text_element(value, "v")}</c>'
            return f'{self._head} t="inlineStr"><is>{text_element(value)}</is></c>'
        if value is None or isinstance(value, str) or value != value:
            return self.nothing
        return self.number(typed_text(value) if self.is_typed else number_text(value))


# A number that is no array, as it stands in the cells of a book for one scenario.
ALONE = frozenset((float, int, np.float64, np.int64))

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

    def __init__(self, slots: Sequence[Slot], end: str) -> None:
        self._slots, self._end = slots, end
        self._places = [slot.place for slot in slots]
        self._is_typed = np.array([slot.is_typed for slot in slots], dtype=bool)
        self._settled: _Settled | None = None

    def plain(self) -> dict[str, Any]:
        """The rows without any values, as plain data."""
        return {"slots": [slot.plain() for slot in self._slots], "end": self._end}

    @classmethod
    def of_plain(cls, data: Mapping[str, Any]) -> Template:
        slots = [
            # Most are the number of one that is shared.
            Slot((row, column), before, head, intern(formula), is_typed)
            for (row, column), before, head, formula, is_typed in data["slots"]
        ]
        return cls(slots, data["end"])

    def filling(self, sheet: Sheet) -> Filling:
        """The blanks with the values of a sheet."""
        numbers, texts = self._values(sheet)
        before = self._settled
        first = before.numbers if before else numbers[:, 0].copy()
        first_texts = before.texts if before else {at: values[0] for at, values in texts.items()}
        # By their bits, since a missing value is a number that no other equals.
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
        cells = sheet.cells
        values: list[Any] = [cells[place].value for place in self._places]
        alone = [at for at, value in enumerate(values) if value.__class__ in ALONE]
        several = [at for at, value in enumerate(values) if value.__class__ not in ALONE]
        arrays = [values[at] for at in several]
        arrays = [array if getattr(array, "ndim", 0) else np.atleast_1d(array) for array in arrays]
        count = max(map(len, arrays), default=1)
        numbers, nothing = np.empty((len(values), count)), np.zeros(count)
        texts: dict[int, list] = {}
        for place, array in enumerate(arrays):
            if array.dtype.kind not in "fiub":
                texts[several[place]] = array.tolist() * (count // len(array))
                arrays[place] = nothing
            elif len(array) != count:
                arrays[place] = np.repeat(array, count)
        # All at once takes less than filling them in one by one.
        numbers[alone] = np.array([values[at] for at in alone], dtype=float)[:, np.newaxis]
        if arrays:
            numbers[several] = np.concatenate(arrays, dtype=float).reshape(-1, count)
        return numbers, texts

    def _made(self, kinds: np.ndarray, numbers: np.ndarray, texts: Mapping[int, object]) -> bytes:
        shown = json_numbers(np.where(self._is_typed, numbers, significant(numbers)))
        parts: list[str] = []
        for at, (slot, kind) in enumerate(zip(self._slots, kinds.tolist(), strict=True)):
            parts.append(slot.before)
            if kind == ANYTHING:
                parts.append(OF_VALUE)
            elif kind == NUMBER:
                parts.append(slot.number(OF_VALUE))
            elif at in texts:
                parts.append(slot.cell(texts[at]))  # type: ignore[arg-type]
            else:
                parts.append(slot.nothing if shown[at] == MISSING else slot.number(shown[at].decode()))
        # Once for the whole: seventeen thousand pieces take longer to encode than to write.
        return kept("".join((*parts, self._end)).encode()).replace(OF_VALUE.encode(), BLANK)

    def _filling(self, settled: _Settled, numbers: np.ndarray, texts: dict[int, list]) -> Filling:
        blanks = np.flatnonzero(settled.kinds != SAME)
        values, typed = significant(numbers[blanks]), np.flatnonzero(self._is_typed[blanks])
        values[typed] = numbers[blanks[typed]]
        optional, others = [], []
        places = np.flatnonzero(settled.kinds[blanks] == ANYTHING)
        for place, at in zip(places.tolist(), blanks[places].tolist(), strict=True):
            if at in texts:
                others.append((place, _written(self._slots[at], texts[at])))
            else:
                optional.append((place, (*self._slots[at].around, self._slots[at].nothing.encode())))
        return Filling(settled.text, np.ascontiguousarray(values.T), optional, others)


def _written(slot: Slot, values: list) -> list[bytes]:
    """The cell with each of these values; the same text is made once."""
    distinct = set(values)
    if all(isinstance(value, str) for value in distinct):
        made = {value: slot.cell(value).encode() for value in distinct}
        return [made[value] for value in values]
    return [slot.cell(value).encode() for value in values]


def _are_all(values: list, text: object) -> bool:
    """Whether they are that text, each of them."""
    return isinstance(text, str) and all(isinstance(value, str) and value == text for value in values)


class Rows:
    """The sheet's data as constant XML around slots. `xml(i)` is that of the i-th scenario."""

    def __init__(self, sheet: Sheet, style: StyleNumber, strings: SharedStrings) -> None:
        self._head, self._tail = b"", b"</sheetData>"
        self._slots: list[Slot] = []
        self._shared: dict[Area, int] = {}
        self._open: list[str] = ["<sheetData>"]
        of_block = {line.row for line in sheet.block.lines} if sheet.block else set()
        for row, cells in groupby(sorted(sheet.cells.items()), lambda one: one[0][0]):
            self._open.append(row_start(row, sheet.heights.get(row)))
            for place, cell in cells:
                self._cell(place, cell, style(cell.style, cell.format, needs_quote(cell)), strings)
            self._open.append(OF_BLOCK * (row in of_block) + "</row>")
        self._template = Template(self._slots, "".join(self._open))
        self._filling: Filling | None = self._template.filling(sheet)
        self._block = BlockRows(sheet.block, style, len(self._shared)) if sheet.block else None

    def again(self, sheet: Sheet) -> Rows:
        """The rows of a sheet with the same layout and other values."""
        renewed = copy(self)
        renewed._filling = self._template.filling(sheet).enclosed(self._head, self._tail)
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
        if self._filling:
            self._filling = self._filling.enclosed(self._head, self._tail)

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
            elif cell.style in ("input_text", "input_line", "record"):
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

    @property
    def blanks(self) -> int:
        """How many of its values differ between scenarios, as far as is known."""
        return (self._filling.blanks if self._filling else 0) + (self._block.blanks if self._block else 0)

    def xml(self, scenario: int) -> bytes:
        """The member for one scenario."""
        rows = self._filling.filled(scenario) if self._filling else b""
        return self._block.within(rows, scenario) if self._block else rows


def number_value(cell: Cell) -> str:
    """The number of a cell: digit for digit where it is typed content."""
    return typed_text(cell.value) if cell.style in TYPED else number_text(cell.value)


def row_start(row: int, height: float | None) -> str:
    return f'<row r="{row}" ht="{height:g}" customHeight="1">' if height else f'<row r="{row}">'


class BlockRows:
    """The rows of a block, each after the other cells of its row: a formula is written out in its first column and row, and
    shared by those beside and below.

    One that names another sheet is written out in every column: Excel never shares such a formula, and may refuse the file.
    """

    def __init__(self, block: Block, style: StyleNumber, first: int) -> None:
        """first: the number of the first formula that is shared here."""
        runs = _runs(block.lines)
        last = column_letters(block.column + block.columns - 1)
        self._place = block.column, block.columns
        # Line by line: its row and the number of the formula that it shares, and that formula with its cells where it is the
        # first; or else all of its cells, and whether their values follow from the scenario.
        self._lines: list[list[Any]] = []
        shared = {line.row: (number, run) for number, run in enumerate(runs, first) for line in run}
        for line in block.lines:
            number, run = shared.get(line.row, (0, ()))
            if not run:
                self._lines.append([_apart(block, line, style), line.formula is not None])
            elif line is run[0]:
                cells = f"{column_letters(block.column)}{line.row}:{last}{run[-1].row}"
                self._lines.append([line.row, number, cells, escaped(block.printed(line))])
            else:
                self._lines.append([line.row, number])
        self._surround()
        self._fill(block)

    def _surround(self) -> None:
        """Write each line around a place for each value."""
        column, count = self._place
        letters = [column_letters(column + at) for at in range(count)]
        self._moving = [at for at, line in enumerate(self._lines) if line[-1] is not False]
        self._around: list[bytes] = []
        for line in self._lines:
            if isinstance(line[0], str):
                text = line[0]
            else:
                row, number, *formula = line
                # Without a style of its own: repeated tens of thousands of times, the same few letters would add to the size.
                rest = f'{row}"><f t="shared" si="{number}"/><v>{PLACE}</v></c>'
                text = '<c r="' + (rest + '<c r="').join(letters) + rest
                if formula:
                    cells, written = formula
                    whole = f'<f t="shared" ref="{cells}" si="{number}">{written.replace("%", "%%")}</f>'
                    text = text.replace(f'<f t="shared" si="{number}"/>', whole, 1)
            self._around.append(text.encode())

    def plain(self) -> dict[str, Any]:
        """The layout without any values, as plain data."""
        return {"place": self._place, "lines": self._lines}

    @classmethod
    def of_plain(cls, data: Mapping[str, Any]) -> BlockRows:
        """The layout from its plain data; `again` gives it values."""
        made = cls.__new__(cls)
        made._place, made._lines = tuple(data["place"]), data["lines"]
        made._surround()
        made.forget()
        return made

    def again(self, block: Block) -> BlockRows:
        """The rows of a block with the same layout and other values."""
        renewed = copy(self)
        renewed._fill(block)
        return renewed

    def _fill(self, block: Block) -> None:
        """Take the values of the block. Many lines are alike for most scenarios: nobody has changed their figures' ranges."""
        self._values = {at: block.lines[at].values for at in self._moving}
        self._is_as_first = {at: (values == values[0]).all(axis=1) for at, values in self._values.items()}
        self._text, self._first = self._begun()

    def forget(self) -> None:
        self._values, self._is_as_first, self._text, self._first = {}, {}, b"", {}

    @property
    def blanks(self) -> int:
        return len(self._moving) * self._place[1]

    def within(self, rows: bytes, scenario: int) -> bytes:
        """The rows of the sheet for one scenario. rows: its other cells, with `OF_BLOCK` where each line belongs."""
        own = [at for at in self._first if not self._is_as_first[at][scenario % len(self._is_as_first[at])]]
        lines = self._first | dict(zip(own, self._texts(own, scenario), strict=True))
        values = []
        for at, others in enumerate(rows.split(OF_BLOCK.encode())):
            values.append(others)
            values += lines.get(at, ())
        # One formatting of the whole sheet: what is put together from pieces is copied once more.
        return self._text % tuple(values)

    def _begun(self) -> tuple[bytes, dict[int, list[bytes]]]:
        """The sheet with blanks for what scenarios do not have in common, and the first values of its lines that some change."""
        texts = dict(zip(self._moving, self._texts(self._moving, 0), strict=True))
        first = {at: texts.pop(at) for at, is_as_first in self._is_as_first.items() if not is_as_first.all()}
        lines = [
            around if at in first else kept(around % tuple(texts.get(at, ()))) for at, around in enumerate(self._around)
        ]
        return BLANK.join((b"", *lines, b"")), first

    def _texts(self, moving: Sequence[int], scenario: int) -> list[list[bytes]]:
        """The values of these lines for one scenario, as they are written."""
        if not moving:
            return []
        rows = np.stack([self._values[at][scenario % len(self._values[at])] for at in moving])
        numbers = json_numbers(significant(rows, FEWER_DIGITS).reshape(-1), few_whole=True)
        columns = self._place[1]
        return [numbers[start : start + columns] for start in range(0, len(numbers), columns)]


def _apart(block: Block, line: Line, style: StyleNumber) -> str:
    """The cells of a line that shares its formula with no other, or has none."""
    text = []
    for at in range(block.columns):
        place = f"{column_letters(block.column + at)}{line.row}"
        if line.formula is None:
            number = style(line.style, line.format, False)
            text.append(f'<c r="{place}" s="{number}"><v>{_short(line.values[0, at])}</v></c>')
        else:
            formula = escaped(block.printed(line, at)).replace("%", "%%")
            text.append(f'<c r="{place}"><f>{formula}</f><v>{PLACE}</v></c>')
    return "".join(text)


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of formulas, those that stand below each other with the same one together; without what is not shared."""
    runs: list[list[Line]] = []
    for line in lines:
        if line.formula is None or line.formula.names_other_sheets:
            continue
        last = runs[-1][-1] if runs else None
        if last and last.formula and last.row + 1 == line.row and last.formula.pieces == line.formula.pieces:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _short(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else number_text(number)
