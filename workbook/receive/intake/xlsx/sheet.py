"""One sheet of an .xlsx: every cell that holds something. Dimensions are not looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from workbook.files.address import address
from workbook.receive.intake import limits
from workbook.receive.intake.book import Kind, Sheet, cell_of
from workbook.receive.intake.format_code import Format
from workbook.receive.intake.grid import column_of
from workbook.receive.intake.markup import Listener
from workbook.receive.intake.outside import NO_OUTSIDE, reaches_outside
from workbook.receive.intake.shared_formula import SharedFormula
from workbook.receive.intake.texts import Collector, unescaped
from workbook.receive.intake.unsafe import Finding, Unsafe, damaged, strange, too_large
from workbook.receive.intake.xlsx import MAIN, RELATIONS, plain_rows
from workbook.receive.intake.xlsx.around_cells import SPACES, Frame
from workbook.receive.intake.xlsx.strings import is_shown
from workbook.receive.intake.xlsx.values import NoValueError, value_of

# How deep they stand: worksheet, sheetData, row, c, v or f or is, t.
DATA, ROW, CELL, INSIDE = 1, 2, 3, 4
GENERAL = Format()
# What the value of a cell is where it does not say.
NUMBER = "n"


@dataclass
class Surroundings:
    """What the cells of all sheets share: texts, the formats of styles, day nought, how many may still come, findings."""

    strings: Sequence[str]
    formats: Sequence[Format]
    day_zero: int
    text: Collector
    findings: list[Finding]
    cells_left: int = limits.CELLS


class SheetListener(Listener):
    """Hears a worksheet and fills a sheet. Shared formulas are written out at the end: the first may come last.

    rows: its rows where they were taken apart, so that it hears the worksheet without them.
    """

    spaces: Mapping[str, str] = {**MAIN, **RELATIONS, **SPACES}
    root = "worksheet"

    def __init__(self, sheet: Sheet, around: Surroundings, rows: Sequence[plain_rows.Piece] = ()) -> None:
        super().__init__()
        self._rows = rows
        self._sheet, self._around, self._text, self.frame = sheet, around, around.text, Frame(sheet)
        self._in_data = self._collecting = self.has_data = False
        self._row, self._row_text, self._column = 0, "0", 0
        self._type, self._style = NUMBER, "0"
        self._formula: Mapping[str, str] | None = None
        self._formula_text = ""
        self._value: str | None = None
        self._masters: dict[str, tuple[int, int, SharedFormula]] = {}
        self._sharing: list[tuple[int, int, str]] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._collecting:
            raise damaged(self._place(), "an element inside a value")
        depth = len(self.path)
        if not self._in_data or name == "sheetData":
            self._in_data = name == "sheetData"
            if self._in_data and depth != DATA:
                raise damaged(self._sheet.name, "cells where there can be none")
            self.has_data |= self._in_data
            if self._in_data:
                self._take(self._rows)
                # The next sheet is read while this one is still known: its pieces take far more room than its cells.
                self._rows = ()
            self._collecting = self.frame.opened(name, attributes)
        elif depth == CELL and name == "c":
            self._begin(attributes.get("r"), attributes.get("t", NUMBER), attributes.get("s", "0"))
        elif depth == INSIDE and self.path[-1] == "c":
            self._inside(name, attributes)
        elif depth > INSIDE:
            self._collecting = self.path[INSIDE] == "is" and is_shown(self.path[INSIDE:], name, self._strange)
        elif depth == ROW and name == "row":
            self._next_row(attributes.get("r"))
            self.frame.row(self._row, attributes)
        elif name != "extLst" or depth == ROW:
            raise self._strange(name)

    def characters(self, text: str) -> None:
        if self._collecting:
            self._text.add(text, self._place)

    def closed(self, name: str) -> None:
        if self._collecting:
            self._collecting = False
            text = self._text.taken()
            if not self._in_data:
                self._around.findings += filter(None, [self.frame.fault(text)])
            elif name == "f":
                self._formula_text = text
            else:
                self._value = text if name == "v" else (self._value or "") + text
        elif name == "c" and len(self.path) == CELL and self._in_data:
            self._end()
        elif name == "sheetData":
            self._in_data = False
            self._write_out_shared()

    def _inside(self, name: str, attributes: Mapping[str, str]) -> None:
        self._collecting = name in ("v", "f")
        if (name == "v" and self._value is not None) or (name == "f" and self._formula is not None):
            raise damaged(self._place(), "two values in one cell")
        if name == "f":
            self._formula = attributes
        elif name not in ("v", "is", "extLst"):
            raise self._strange(name)

    def _next_row(self, given: str | None) -> None:
        text = given or str(self._row + 1)
        row = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
        if not self._row < row <= limits.LAST_ROW:
            raise damaged(self._sheet.name, f"row {text[:20]} after row {self._row}")
        self._row, self._row_text, self._column = row, str(row), 0

    def _take(self, rows: Sequence[plain_rows.Piece]) -> None:
        """What hearing these rows would do."""
        for given, style, kind, f, of_formula, formula, v, value, t, inline, row, of_row, _, end, _ in rows:
            if row:
                attributes = plain_rows.attributes(of_row)
                self._next_row(attributes.get("r"))
                self.frame.row(self._row, attributes)
            elif not end:
                self._begin(given or None, kind or NUMBER, style or "0")
                if f:
                    self._formula = plain_rows.attributes(of_formula)
                    self._formula_text = plain_rows.unescaped(formula)
                if v or t:
                    self._value = plain_rows.unescaped(value or inline)
                self._end()

    def _begin(self, given: str | None, of_type: str, style: str) -> None:
        column = column_of(given.removesuffix(self._row_text)) if given else self._column + 1
        if not self._column < column <= limits.LAST_COLUMN or (given and not given.endswith(self._row_text)):
            raise damaged(self._sheet.name, f"cell {str(given)[:20]} in row {self._row} after column {self._column}")
        self._column, self._type, self._style = column, of_type, style
        self._formula, self._formula_text, self._value = None, "", None

    def _end(self) -> None:
        if self._value is None and self._formula is None:
            return
        around, of_type, style_text = self._around, self._type, self._style
        style = int(style_text) if style_text.isdecimal() and len(style_text) < 6 else 0
        try:
            value = value_of(of_type, self._value, around.strings)
        except NoValueError as error:
            raise damaged(self._place(), str(error)) from None
        formula = None if self._formula is None else self._formula_of(self._formula, unescaped(self._formula_text))
        if value is None and formula is None:
            return
        kind: Kind = ""
        shown = around.formats[style] if style < len(around.formats) else GENERAL
        if isinstance(value, float):
            if of_type == "d":
                value -= around.day_zero
            kind = "date" if of_type == "d" else shown.kind(value)
        elif isinstance(value, str) and shown.masks_text:
            kind = "masked"
        self.count(1, (len(value) if isinstance(value, str) else 0) + len(formula or ""))
        self._sheet.cells[self._row, self._column] = cell_of((value, formula, style, kind))

    def _formula_of(self, attributes: Mapping[str, str], text: str) -> str:
        if text and (problem := reaches_outside(text)):
            self._around.findings.append(Finding(self._place(), problem, NO_OUTSIDE))
        of_type = attributes.get("t")
        if of_type == "dataTable":
            return f"TABLE({attributes.get('r1', '')[:10]},{attributes.get('r2', '')[:10]})"
        if of_type == "shared":
            group = attributes.get("si", "")
            if text:
                self._masters[group] = (self._row, self._column, SharedFormula(text))
            else:
                self._sharing.append((self._row, self._column, group))
        return text

    def _write_out_shared(self) -> None:
        cells = self._sheet.cells
        for (row, group, _), run in groupby(enumerate(self._sharing), _side_by_side):
            columns = [column for _, (_, column, _) in run]
            if group not in self._masters:
                raise damaged(
                    f"{self._sheet.name}!{address(row, columns[0])}", "a shared formula that is defined nowhere"
                )
            from_row, from_column, shared = self._masters[group]
            self._text.count(shared.length * len(columns))
            across = range(columns[0] - from_column, columns[-1] - from_column + 1)
            for column, formula in zip(columns, shared.moved_along(row - from_row, across), strict=True):
                value, _, style, kind = cells[row, column]
                cells[row, column] = cell_of((value, formula, style, kind))
        self._sharing = []

    def count(self, cells: int, text: int) -> None:
        """Count cells with so many characters in them. Raises Unsafe where they are too many."""
        self._around.cells_left -= cells
        if self._around.cells_left < 0:
            raise too_large(self._sheet.name, "too many cells", f"{limits.CELLS:,} with content in the workbook")
        self._text.count(text)

    def _strange(self, name: str) -> Unsafe:
        return strange(self._place(), name)

    def _place(self) -> str:
        return f"{self._sheet.name}!{address(self._row, self._column)}"


def _side_by_side(numbered: tuple[int, tuple[int, int, str]]) -> tuple[int, str, int]:
    """What a cell that shares a formula has in common with the one to its left that shares it too."""
    number, (row, column, group) = numbered
    return row, group, column - number
