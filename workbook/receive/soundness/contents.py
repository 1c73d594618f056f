"""What an .xlsx file holds: cells with formulas, values and styles, and everything around them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from workbook.files.address import address
from workbook.receive.soundness.address import Area, areas
from workbook.receive.soundness.looks import Look
from workbook.receive.soundness.tokens import Formula

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Error(str):
    """An error value such as #N/A, which is not text."""


@dataclass(slots=True)
class Cell:
    """A cell as it stands in the file. value: None where none is saved; kind: its type (n, s, str, inlineStr, b, e).

    shared: the cells that share its formula, where it is the one in which the formula is written out.
    """

    row: int
    column: int
    value: float | str | bool | None
    kind: str
    look: Look
    formula: Formula | None = None
    array: bool = False
    shared: str = ""

    @property
    def address(self) -> str:
        return address(self.row, self.column)

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, float)

    @property
    def label(self) -> str:
        """The text that was typed and not calculated; empty where there is none."""
        return self.value if self.formula is None and isinstance(self.value, str) else ""

    @property
    def is_label(self) -> bool:
        """Whether a text was put there and not calculated."""
        return bool(self.label)


@dataclass(slots=True)
class FormulaCell(Cell):
    """A cell that has a formula."""

    formula: Formula


@dataclass
class Validation:
    """What may be typed into some cells, with the prompt that says so."""

    areas: list[Area]
    type: str
    prompt: str
    shows_prompt: bool


@dataclass
class Relation:
    """The target of a part's relation: another part, by its name in the package, or something outside."""

    type: str
    target: str
    external: bool


@dataclass
class Sheet:
    """One worksheet. kind: `input`, `working`, `result` or `text` by the colour of its tab, or empty."""

    name: str
    part: str
    kind: str
    state: str
    root: Element
    cells: dict[tuple[int, int], Cell]
    relations: dict[str, Relation] = field(default_factory=dict)

    def find(self, path: str) -> Element | None:
        return self.root.find("/".join(MAIN + step for step in path.split("/")))

    def all(self, tag: str) -> Iterator[Element]:
        return self.root.iter(MAIN + tag)

    def within(self, area: Area) -> list[Cell]:
        """The cells of an area, which may be whole columns with few cells in them."""
        if area.size <= len(self.cells):
            return [self.cells[place] for place in area.places() if place in self.cells]
        return [cell for cell in self.cells.values() if area.holds(cell.row, cell.column)]

    @cached_property
    def formulas(self) -> list[FormulaCell]:
        """The cells with a formula, row by row."""
        return [cell for cell in self.cells.values() if isinstance(cell, FormulaCell)]

    @cached_property
    def inputs(self) -> list[Cell]:
        """The unlocked cells."""
        return [cell for cell in self.cells.values() if not cell.look.locked]

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The cells that hold something, by row, from left to right."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells.values():
            if cell.formula or cell.value is not None:
                by_row.setdefault(cell.row, []).append(cell)
        return by_row

    @cached_property
    def validations(self) -> list[Validation]:
        return [
            Validation(
                areas(self.name, element.get("sqref", "")),
                element.get("type", "none"),
                element.get("prompt", ""),
                element.get("showInputMessage") in ("1", "true"),
            )
            for element in self.all("dataValidation")
        ]

    @cached_property
    def frozen(self) -> tuple[int, int]:
        """Rows and columns that stay in sight; 0 for none."""
        pane = self.find("sheetViews/sheetView/pane")
        if pane is None or pane.get("state") not in ("frozen", "frozenSplit"):
            return 0, 0
        return int(float(pane.get("ySplit", "0"))), int(float(pane.get("xSplit", "0")))


@dataclass
class DefinedName:
    """A defined name with its text; sheet: the one that it belongs to, or None for the whole workbook; area: where it leads, the
    first of several."""

    name: str
    text: str
    sheet: str | None
    area: Area | None


@dataclass
class Contents:
    """A workbook as its file has it."""

    data: bytes
    entries: list[zipfile.ZipInfo]
    parts: dict[str, bytes]
    root: Element
    sheets: dict[str, Sheet]
    names: list[DefinedName]
    relations: dict[str, dict[str, Relation]]

    @cached_property
    def named(self) -> dict[str, DefinedName]:
        """The names of the whole workbook, in small letters, as Excel compares them."""
        return {name.name.lower(): name for name in self.names if name.sheet is None}

    def cell(self, name: str) -> Cell | None:
        """The cell that a defined name points to."""
        meaning = self.named.get(name.lower())
        if not meaning or not meaning.area or meaning.area.sheet not in self.sheets:
            return None
        return self.sheets[meaning.area.sheet].cells.get((meaning.area.top, meaning.area.left))
