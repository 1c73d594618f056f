"""One sheet of an .xlsx: every cell that holds something. Dimensions and merged ranges are not looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.intake import limits
from workbook.intake.book import Cell, Kind, Sheet
from workbook.intake.grid import address, position
from workbook.intake.markup import Listener
from workbook.intake.moments import CLOCK_1904
from workbook.intake.outside import reaches_outside
from workbook.intake.shared_formula import SharedFormula
from workbook.intake.texts import Collector, unescaped
from workbook.intake.unsafe import Finding, damaged, too_large
from workbook.intake.xlsx import MAIN
from workbook.intake.xlsx.values import NoValueError, value_of

NO_OUTSIDE = "a formula over cells of this workbook, or a number"
# What may stand in these, besides elements of other namespaces.
WITHIN = {"sheetData": ("row",), "row": ("c", "extLst"), "c": ("f", "v", "is", "extLst")}
IN_ROW, IN_CELL = ["sheetData", "row"], ["row", "c"]


@dataclass
class Surroundings:
    """What the cells of all sheets share: texts, kinds of styles, the calendar, how many may still come, findings."""

    strings: Sequence[str]
    kinds: Sequence[Kind]
    from_1904: bool
    text: Collector
    findings: list[Finding]
    cells_left: int = limits.CELLS


class SheetListener(Listener):
    """Hears a worksheet and fills a sheet. Shared formulas are written out at the end: the first may come last."""

    spaces: Mapping[str, str] = MAIN

    def __init__(self, sheet: Sheet, around: Surroundings) -> None:
        super().__init__()
        self._sheet, self._around, self._text = sheet, around, around.text
        self._row = self._column = 0
        self._attributes: Mapping[str, str] = {}
        self._formula: Mapping[str, str] | None = None
        self._formula_text = ""
        self._value: str | None = None
        self._masters: dict[str, tuple[int, int, SharedFormula]] = {}
        self._sharing: list[tuple[int, int, str]] = []
        self._collecting = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._collecting:
            raise damaged(self._place(), "an element inside a value")
        if name == "c" and self.path[-2:] == IN_ROW:
            self._begin(attributes)
        elif name in ("v", "f") and self.path[-2:] == IN_CELL:
            if (self._value if name == "v" else self._formula) is not None:
                raise damaged(self._place(), "two values in one cell")
            self._collecting = True
            if name == "f":
                self._formula = attributes
        elif name == "t" and self.path[-3:] in (["row", "c", "is"], ["c", "is", "r"]):
            self._collecting = True
        elif name == "row" and self.path[-1:] == ["sheetData"]:
            self._next_row(attributes.get("r"))
        elif " " not in name and name not in WITHIN.get(self.path[-1] if self.path else "", (name,)):
            raise damaged(self._place(), f"an element {name[:20]} where there can be none")

    def said(self, text: str) -> None:
        if self._collecting:
            self._text.add(text, self._place)

    def closed(self, name: str) -> None:
        if self._collecting:
            self._collecting = False
            text = self._text.taken()
            if name == "f":
                self._formula_text = text
            else:
                self._value = text if name == "v" else (self._value or "") + text
        elif name == "c" and self.path[-2:] == IN_ROW:
            self._end()
        elif name == "sheetData":
            self._write_out_shared()

    def _next_row(self, given: str | None) -> None:
        row = (position(f"A{given}") or (0,))[0] if given else self._row + 1
        if not self._row < row <= limits.LAST_ROW:
            raise damaged(f"{self._sheet.name}", f"row {str(given)[:20]} after row {self._row}")
        self._row, self._column = row, 0

    def _begin(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        row, column = (position(given) or (0, 0)) if given else (self._row, self._column + 1)
        if row != self._row or not self._column < column <= limits.LAST_COLUMN:
            raise damaged(self._sheet.name, f"cell {str(given)[:20]} in row {self._row} after column {self._column}")
        self._column, self._attributes = column, attributes
        self._formula, self._formula_text, self._value = None, "", None

    def _end(self) -> None:
        attributes, around = self._attributes, self._around
        style = attributes.get("s", "0")
        style = int(style) if style.isdecimal() and len(style) < 6 else 0
        kind = around.kinds[style] if style < len(around.kinds) else ""
        try:
            value = value_of(attributes.get("t", "n"), self._value, around.strings)
        except NoValueError as error:
            raise damaged(self._place(), str(error)) from None
        if attributes.get("t") == "d":
            kind = "date"
        if kind == "date" and around.from_1904 and isinstance(value, float) and attributes.get("t") != "d":
            value += CLOCK_1904
        formula = None if self._formula is None else self._formula_of(self._formula, unescaped(self._formula_text))
        if value is None and formula is None:
            return
        self._count(value, formula)
        kind = kind if isinstance(value, float) else ""
        self._sheet.cells[self._row, self._column] = Cell(value, formula, style, kind)

    def _formula_of(self, attributes: Mapping[str, str], text: str) -> str:
        if attributes.get("t") == "dataTable":
            text = f"TABLE({attributes.get('r1', '')[:10]},{attributes.get('r2', '')[:10]})"
        if found := reaches_outside(text):
            self._around.findings.append(Finding(self._place(), found, NO_OUTSIDE))
        if attributes.get("t") == "shared":
            group = attributes.get("si", "")
            if text:
                self._masters[group] = (self._row, self._column, SharedFormula(text))
            else:
                self._sharing.append((self._row, self._column, group))
        return text

    def _write_out_shared(self) -> None:
        for row, column, group in self._sharing:
            if group not in self._masters:
                raise damaged(f"{self._sheet.name}!{address(row, column)}", "a shared formula that stands nowhere")
            from_row, from_column, shared = self._masters[group]
            self._text.count(shared.length)
            cell = self._sheet.cells[row, column]
            self._sheet.cells[row, column] = cell._replace(formula=shared.moved(row - from_row, column - from_column))

    def _count(self, value: object, formula: str | None) -> None:
        self._around.cells_left -= 1
        if self._around.cells_left < 0:
            raise too_large(self._sheet.name, "too many cells", f"{limits.CELLS:,} with content in the workbook")
        self._text.count((len(value) if isinstance(value, str) else 0) + len(formula or ""))

    def _place(self) -> str:
        return f"{self._sheet.name}!{address(self._row, self._column)}"
