"""A new copy of a workbook in which every fault is marked, explained in a comment, and listed on a separate sheet."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet

from calc.text.printable import printable
from workbook.files.address import address
from workbook.files.agreed import CREATOR
from workbook.files.conventions import saved
from workbook.receive.intake import Book, Error
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.write.pack import zipped

NAME = "Problems"
HEADS = {"Cell": 26, "Input": 36, "Found": 60, "Allowed, or what to do": 60, "Example": 30}
# Ranges as large as a sheet, which no workbook of ours has, would be written out cell by cell.
MERGED = re.compile(rb"<(\w+:)?mergeCells\b.*?</(\w+:)?mergeCells>", re.DOTALL)
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# Excel takes 31 characters; openpyxl adds a number to names that are alike.
LONGEST_TITLE = 28
RED, PINK = "FFC00000", "FFFFD9D9"
_edge = Side(style="medium", color=RED)
MARK = {"fill": PatternFill("solid", fgColor=PINK), "border": Border(_edge, _edge, _edge, _edge)}
FORMATS = {"date": "yyyy-mm-dd", "percent": "0.0%"}


def marked(book: Book, file: bytes, faults: Sequence[PlacedFault]) -> bytes:
    """The copy, as the bytes of an .xlsx file. file: the workbook as it came, which `book` was read from."""
    copy = _copied(file) if book.format == "xlsx" else None
    sheets = {sheet.title: sheet for sheet in copy.worksheets} if copy else {}
    if copy is None:
        copy, sheets = _plain(book)
    for fault in faults:
        if fault.place and fault.place[0] in sheets:
            _mark(sheets[fault.place[0]].cell(*fault.place[1:]), fault)
    _list(copy, faults, sheets)
    return zipped(saved(copy))


def _copied(file: bytes) -> Workbook | None:
    """The workbook with everything that openpyxl keeps, charts too; None if it cannot read it."""
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive, zipfile.ZipFile(buffer, "w") as cleaned:
            for name in archive.namelist():
                content = archive.read(name)
                cleaned.writestr(name, MERGED.sub(b"", content) if SHEET.fullmatch(name) else content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(buffer)
    except Exception:  # whatever a file of another program causes there: the plain copy is enough
        return None


def _plain(book: Book) -> tuple[Workbook, dict[str, Worksheet]]:
    """The values alone, sheet by sheet; and each sheet by the name that it has in the file, which Excel may not take."""
    copy = Workbook()
    copy.remove(copy.active)
    sheets = {}
    for sheet in book.sheets.values():
        sheets[sheet.name] = made = copy.create_sheet(INVALID_TITLE_REGEX.sub("_", sheet.name)[:LONGEST_TITLE])
        for place, cell in sheet.cells.items():
            if isinstance(cell.value, str):
                _write(made.cell(*place), cell.value)
            elif not isinstance(cell.value, Error):
                value = cell.value
                if cell.kind == "date" and value is not None:
                    value += book.day_zero
                made.cell(*place, value).number_format = FORMATS.get(cell.kind, "General")
    return copy, sheets


def _mark(cell: Cell, fault: PlacedFault) -> None:
    for name, look in MARK.items():
        setattr(cell, name, look)
    earlier = f"{cell.comment.text}\n\n" if cell.comment else ""
    if fault.allowed:
        lines = [f"Found: {fault.found}", f"Allowed: {fault.allowed}"]
        lines += [f"Example: {fault.example}"] if fault.example else []
    else:  # a problem in words, with a hint in the place of the example
        lines = [f"Problem: {fault.found}", *([f"What to do: {fault.example}"] if fault.example else [])]
    cell.comment = Comment(earlier + "\n".join(lines), CREATOR, height=120, width=360)


def _list(copy: Workbook, faults: Sequence[PlacedFault], sheets: Mapping[str, Worksheet]) -> None:
    name = next(
        name for name in (NAME, *(f"{NAME} {number}" for number in range(2, 1000))) if name not in copy.sheetnames
    )
    sheet = copy.create_sheet(name, 0)
    copy.active = 0
    for other in copy.worksheets[1:]:
        other.sheet_view.tabSelected = False
    _write(sheet.cell(1, 1), "Problems", Font(name="Calibri", size=16, bold=True))
    _write(
        sheet.cell(2, 1), "Correct the marked cells and send the workbook back; nothing else was changed in this copy."
    )
    for column, (head, width) in enumerate(HEADS.items(), 1):
        _write(sheet.cell(4, column), head, Font(name="Calibri", size=10, bold=True))
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A5"
    for row, fault in enumerate(faults, 5):
        _row(sheet, row, fault, sheets)


def _row(sheet: Worksheet, row: int, fault: PlacedFault, sheets: Mapping[str, Worksheet]) -> None:
    place = shown_place(fault.place) if fault.place else ""
    field = re.sub(r"^.* \((.*)\)$", r"\1", fault.field) if fault.place else fault.field
    guidance = (fault.allowed, fault.example) if fault.allowed else (fault.example, "")
    for column, text in enumerate((place, field, fault.found, *guidance), 1):
        _write(sheet.cell(row, column), text)
    if fault.place and fault.place[0] in sheets:
        target = sheets[fault.place[0]].title.replace("'", "''")
        sheet.cell(row, 1).hyperlink = f"#'{target}'!{address(*fault.place[1:])}"
        sheet.cell(row, 1).font = Font(name="Calibri", size=10, color="FF0B5394", underline="single")


def _write(cell: Cell, text: str, font: Font | None = None) -> None:
    """Write a text that stays text, whatever it begins with."""
    cell.value = printable(text, keep="\n\t")
    cell.data_type, cell.quotePrefix = "s", True
    cell.font = font or Font(name="Calibri", size=10)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
