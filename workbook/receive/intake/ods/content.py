"""The content.xml of an .ods: every cell that holds something, the names, and what may not be in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from workbook.files.address import Place, address
from workbook.receive.intake import limits
from workbook.receive.intake.book import MASKED, MULTIPLE, Book, Cell, Error, Sheet
from workbook.receive.intake.dangers import LINKS, MACROS, OBJECTS
from workbook.receive.intake.grid import named_position
from workbook.receive.intake.markup import Listener
from workbook.receive.intake.moments import day_zero
from workbook.receive.intake.names import Names
from workbook.receive.intake.ods import SPACES
from workbook.receive.intake.ods.number_styles import NumberStyles
from workbook.receive.intake.ods.text import CellText
from workbook.receive.intake.ods.values import NoValueError, formula_of, value_of
from workbook.receive.intake.outside import NO_OUTSIDE, reaches_outside
from workbook.receive.intake.texts import Collector
from workbook.receive.intake.unsafe import Finding, damaged, too_large

CELLS = ("table:table-cell", "table:covered-table-cell")
SPANNED = ("table:number-rows-spanned", "table:number-columns-spanned")
# Not part of what the sheet shows in its cells: comments, drawings, earlier versions, tables within cells.
BESIDE = ("office:annotation", "table:shapes", "table:tracked-changes", "table:table", "office:forms")
DANGERS = {
    "script:event-listener": ("macros (a script run by an event)", MACROS),
    "office:script": ("macros (a script)", MACROS),
    "table:table-source": ("links to other files", LINKS),
    "table:cell-range-source": ("links to other files", LINKS),
    "table:dde-link": ("DDE links to other programs", LINKS),
    "office:dde-source": ("DDE links to other programs", LINKS),
    "draw:object-ole": ("embedded OLE objects", OBJECTS),
    "draw:plugin": ("embedded plug-ins", OBJECTS),
    "draw:applet": ("embedded programs", OBJECTS),
}


class ContentListener(Listener):
    """Hears content.xml and fills a book. A row is kept until its end, where it is known how often it repeats."""

    spaces: Mapping[str, str] = SPACES
    root = "office:document-content"

    def __init__(self, book: Book, styles: NumberStyles) -> None:
        super().__init__()
        self._book, self._styles = book, styles
        self._collector = Collector()
        self._text = CellText(self._collector)
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: Sheet | None = None
        self._row, self._column, self._rows, self._columns = 1, 1, 1, 1
        self._cell: Mapping[str, str] = {}
        self._has_strange = False
        self._cells: dict[int, Cell] = {}
        # Of the row: the first column of merged cells, and how many rows and columns they are.
        self._merged: list[tuple[int, int, int]] = []
        # The styles of cells that name none: of the columns, each with the last that has it, and of the row.
        self._last_columns: list[int] = []
        self._column_styles: list[str | None] = []
        self._row_style: str | None = None
        self._left = limits.CELLS
        self._beside = 0
        self.findings: list[Finding] = []
        self.names = Names("content.xml", self.findings)

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in DANGERS:
            self.findings.append(Finding(self._place(), *DANGERS[name]))
        elif name == "draw:object" and "://" in attributes.get("xlink:href", ""):
            self.findings.append(Finding(self._place(), "links to other files", LINKS))
        if self._beside:
            return
        if name == "table:named-range":
            text = attributes.get("table:cell-range-address", "")
            self._name(attributes, named_position(text, ods=True), text)
        elif name == "table:named-expression":
            self._name(attributes, None, attributes.get("table:expression", ""))
        elif self._sheet is None:
            self._outside_sheets(name, attributes)
        elif name in BESIDE or name.startswith("draw:"):
            self._beside = len(self.path) + 1
        elif name == "table:table-column":
            self._columns_of_a_style(attributes)
        elif name in CELLS or name == "table:table-row" or self.path[-1] == "table:table-row":
            self._begin(name, attributes)
        elif name == "text:p":
            self._text.paragraph(self._place)
        elif "text:p" in self.path:
            self._text.element(name, attributes, self._place)
        elif self.path[-1] in CELLS:
            self._has_strange = True

    def _name(self, attributes: Mapping[str, str], place: Place | None, text: str) -> None:
        self.names.add(attributes.get("table:name", ""), place, self._sheet is not None, text)

    def characters(self, text: str) -> None:
        if self._sheet is None:
            self._styles.characters(self.path, text)
        elif not self._beside and "text:p" in self.path:
            self._text.characters(text, self._place)

    def closed(self, name: str) -> None:
        if self._beside:
            self._beside = 0 if len(self.path) < self._beside else self._beside
        elif self._sheet is None:
            return
        elif name in CELLS:
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self._sheet = None

    def _outside_sheets(self, name: str, attributes: Mapping[str, str]) -> None:
        self._styles.opened(self.path, name, attributes)
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table:null-date":
            if self._book.sheets:
                raise damaged("content.xml", "the day that its dates count from comes after its sheets")
            self._book.day_zero = day_zero(attributes.get("table:date-value", ""))
        elif name == "table:table" and self.path[-1:] == ["office:spreadsheet"]:
            title = attributes.get("table:name", "")
            if not title or title.casefold() in map(str.casefold, self._book.sheets):
                raise damaged("content.xml", f"a sheet without a unique name ({title[:40]})")
            if len(self._book.sheets) >= limits.SHEETS:
                raise too_large("content.xml", "too many sheets", f"{limits.SHEETS}")
            self._sheet = Sheet(title, hidden=attributes.get("table:style-name") in self._hidden_styles)
            self._book.sheets[title], self._row = self._sheet, 1
            self._last_columns, self._column_styles = [], []

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        within = "table:table-row" in self.path
        if name == "table:table-row" and not within:
            self._rows, self._column = self._repeats(attributes, "table:number-rows-repeated"), 1
            self._cells, self._merged = {}, []
            self._row_style = attributes.get("table:default-cell-style-name")
        elif name in CELLS and self.path[-1] == "table:table-row":
            self._columns, self._cell = self._repeats(attributes, "table:number-columns-repeated"), attributes
            self._has_strange = False
        else:
            raise damaged(self._place(), "a cell or row where there can be none")

    def _end_cell(self) -> None:
        attributes, text = self._cell, self._text.taken()
        formula = formula_of(attributes)
        try:
            value, kind = value_of(attributes, text, self._book.day_zero)
        except NoValueError as error:
            raise damaged(self._place(), str(error)) from None
        if value is None and formula is None and self._has_strange:
            raise damaged(self._place(), "a cell that holds something other than text")
        if formula and (problem := reaches_outside(formula)):
            self.findings.append(Finding(self._place(), problem, NO_OUTSIDE))
        if value is not None or formula is not None:
            cell = Cell(value, formula, attributes.get("table:style-name"), kind)
            self._count(self._columns, cell)
            if self._column + self._columns - 1 > limits.LAST_COLUMN:
                raise damaged(self._place(), "more columns than a sheet has")
            for column in range(self._column, self._column + self._columns):
                self._cells[column] = self._shown(cell, column)
        if not attributes.keys().isdisjoint(SPANNED):
            rows, columns = (self._repeats(attributes, name) for name in SPANNED)
            if (rows, columns) != (1, 1):
                self._merged.append((self._column, rows, columns))
        self._column += self._columns

    def _columns_of_a_style(self, attributes: Mapping[str, str]) -> None:
        """The next columns of the sheet, and the style of their cells that name none."""
        before = self._last_columns[-1] if self._last_columns else 0
        self._last_columns.append(before + self._repeats(attributes, "table:number-columns-repeated"))
        self._column_styles.append(attributes.get("table:default-cell-style-name"))

    def _shown(self, cell: Cell, column: int) -> Cell:
        """The cell as its number format shows it, where that is not what its type says."""
        at = bisect_left(self._last_columns, column)
        of_column = self._column_styles[at] if at < len(self._column_styles) else None
        shown = self._styles.format_of(str(cell.style or self._row_style or of_column or ""))
        if isinstance(cell.value, float) and (kind := shown.kind(cell.value)) in (MASKED, MULTIPLE):
            return cell._replace(kind=kind)
        if isinstance(cell.value, str) and not isinstance(cell.value, Error) and shown.masks_text:
            return cell._replace(kind=MASKED)
        return cell

    def _end_row(self) -> None:
        if self._cells and self._sheet is not None:
            if self._row + self._rows - 1 > limits.LAST_ROW:
                raise damaged(self._place(), "more rows than a sheet has")
            if self._rows > 1:
                for cell in self._cells.values():
                    self._count(self._rows - 1, cell)
            for row in range(self._row, self._row + self._rows):
                self._sheet.cells.update({(row, column): cell for column, cell in self._cells.items()})
        if self._merged and self._sheet is not None:
            self._keep_merged(self._sheet.merged)
        self._row += self._rows

    def _keep_merged(self, merged: list[str]) -> None:
        """Add the merged cells that begin in the row, which may repeat, as far as there is room for them."""
        for row in range(self._row, self._row + min(self._rows, limits.MERGED)):
            for column, rows, columns in self._merged[: limits.MERGED - len(merged)]:
                merged.append(f"{address(row, column)}:{address(row + rows - 1, column + columns - 1)}")

    def _count(self, times: int, cell: Cell) -> None:
        self._left -= times
        if self._left < 0:
            raise too_large(self._place(), "too many cells", f"{limits.CELLS:,} with content in the workbook")
        length = len(cell.value) if isinstance(cell.value, str) else 0
        self._collector.count(times * (length + len(cell.formula or "")))

    def _repeats(self, attributes: Mapping[str, str], name: str) -> int:
        text = attributes.get(name, "1")
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) > 0):
            raise damaged(self._place(), f"{text[:20]} repetitions")
        return int(text)

    def _place(self) -> str:
        return f"{self._sheet.name}!{address(self._row, self._column)}" if self._sheet else "content.xml"
