"""The same workbook by other libraries: every cell of a finished book, set and saved in the way that their manuals show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple

from workbook.write.book import Book
from workbook.write.pack.number_formats import FORMATS
from workbook.write.pack.style import STYLES
from workbook.write.sheet import Sheet


class Plain(NamedTuple):
    """A cell as other libraries take it. formula: with its equals sign, or None."""

    row: int
    column: int
    value: str | float | None
    formula: str | None
    look: tuple[str, str]


def cells(sheet: Sheet) -> list[Plain]:
    """Every cell of a sheet, row by row."""
    found = [
        Plain(
            row,
            column,
            plain(cell.value),
            None if cell.formula is None else f"={cell.formula}",
            (cell.style, cell.format),
        )
        for (row, column), cell in sheet.cells.items()
    ]
    block = sheet.block
    for line in block.lines if block else ():
        for at in range(block.columns):
            formula = None if line.formula is None else f"={block.printed(line, at)}"
            look = line.style, line.format
            found.append(Plain(line.row, block.column + at, plain(line.values[0, at]), formula, look))
    return sorted(found)


def plain(value: Any) -> str | float | None:
    value = value[0] if getattr(value, "shape", ()) else value
    if value is None or value != value:
        return None
    return str(value) if isinstance(value, str) else float(value)


def rows(sheet: list[Plain]) -> Iterator[list[Plain | None]]:
    """The same from the first row and column on, with None where nothing stands."""
    row: list[Plain | None] = []
    at = 1
    for cell in sheet:
        while at < cell.row:
            yield row
            row, at = [], at + 1
        row += [None] * (cell.column - 1 - len(row))
        row.append(cell)
    yield row


Sheets = dict[str, list[Plain]]


def by_openpyxl(sheets: Sheets, path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    known: dict[tuple[str, str], Any] = {}
    for name, given in sheets.items():
        sheet = workbook.create_sheet(name)
        for one in given:
            cell = sheet.cell(one.row, one.column, one.formula or one.value)
            if one.look not in known:
                dressed(cell, one.look)
                known[one.look] = cell._style
            cell._style = copy(known[one.look])
    workbook.save(path)


def by_openpyxl_write_only(sheets: Sheets, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    known: dict[tuple[str, str], Any] = {}
    for name, given in sheets.items():
        sheet = workbook.create_sheet(name)

        def made(one: Plain, sheet: Any = sheet) -> Any:
            cell = WriteOnlyCell(sheet, one.formula or one.value)
            if one.look not in known:
                dressed(cell, one.look)
                known[one.look] = cell._style
            cell._style = copy(known[one.look])
            return cell

        for row in rows(given):
            sheet.append([one and made(one) for one in row])
    workbook.save(path)


def dressed(cell: Any, look: tuple[str, str]) -> None:
    style, format = look
    for name in ("font", "fill", "border", "alignment"):
        if name in STYLES[style]:
            setattr(cell, name, STYLES[style][name])
    cell.number_format = FORMATS[format]


def by_xlsxwriter(sheets: Sheets, path: Path) -> None:
    """With the values of formulas, as ours; the looks only in weight and format, which are most of what is looked up."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as workbook:
        known: dict[tuple[str, str], Any] = {}
        for name, given in sheets.items():
            sheet = workbook.add_worksheet(name)
            for one in given:
                if one.look not in known:
                    bold = bool(STYLES[one.look[0]]["font"].bold)
                    known[one.look] = workbook.add_format({"bold": bold, "num_format": FORMATS[one.look[1]]})
                look, row, column = known[one.look], one.row - 1, one.column - 1
                if one.formula:
                    sheet.write_formula(row, column, one.formula, look, "" if one.value is None else one.value)
                elif one.value is None:
                    sheet.write_blank(row, column, None, look)
                elif isinstance(one.value, str):
                    sheet.write_string(row, column, one.value, look)
                else:
                    sheet.write_number(row, column, one.value, look)


def by_pyexcelerate(sheets: Sheets, path: Path) -> None:
    """Without looks, and without the values of formulas, which it does not write."""
    from pyexcelerate import Workbook

    workbook = Workbook()
    for name, given in sheets.items():
        data = [[one and (one.formula or one.value) for one in row] for row in rows(given)]
        workbook.new_sheet(name, data=data)
    workbook.save(str(path))


PEERS: dict[str, Callable[[Sheets, Path], None]] = {
    "openpyxl": by_openpyxl,
    "openpyxl, write-only": by_openpyxl_write_only,
    "XlsxWriter, with values": by_xlsxwriter,
    "PyExcelerate, no looks": by_pyexcelerate,
}


def sheets_of(book: Book) -> Sheets:
    """The cells of every sheet of a finished book."""
    return {name: cells(sheet) for name, sheet in book.sheets.items()}
