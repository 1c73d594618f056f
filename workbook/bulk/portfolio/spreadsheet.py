"""Reads portfolios as xlsx: the first visible sheet, with column names in its first row, within the limits of intake."""

from __future__ import annotations

from collections.abc import Iterator

from calc.scenario.faults import Fault, Refused, problem
from workbook.bulk.portfolio.columns import CURRENCY, ID, Row, check_columns
from workbook.bulk.portfolio.raw_row import RawRow
from workbook.bulk.portfolio.source import Source
from workbook.files.address import column_letters
from workbook.receive.intake import Cell, Error, Sheet, cells


def rows(source: Source) -> Iterator[RawRow]:
    """Every row; empty ones are skipped."""
    path = source.path
    book = cells(path)
    sheet = next((sheet for sheet in book.sheets.values() if not sheet.hidden and sheet.cells), None)
    if sheet is None:
        hint = "begin a visible sheet with a row of column names"
        raise Refused(str(path), [problem("", "no visible sheet with cells", hint)])
    by_row = _by_row(sheet)
    first, *others = sorted(by_row)
    columns = {
        column: str(cell.value or "").strip() for column, cell in sorted(by_row[first].items()) if not _is_blank(cell)
    }
    check_columns(f"{path}, sheet {sheet.name}", list(columns.values()))
    for row in others:
        if not all(map(_is_blank, by_row[row].values())):
            yield _row(columns, by_row[row], row, book.day_zero, source.currency)


def _by_row(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.value not in (None, "") or cell.formula is not None:
            by_row.setdefault(row, {})[column] = cell
    return by_row


def _is_blank(cell: Cell) -> bool:
    """Whether the cell holds nothing but white space."""
    return isinstance(cell.value, str) and not cell.value.strip()


def _row(
    columns: dict[int, str], cells_of_row: dict[int, Cell], number: int, day_zero: int, currency: str | None
) -> RawRow:
    own = next((cell.value for at, cell in cells_of_row.items() if columns.get(at) == CURRENCY), None)
    row = Row(own or currency)
    for column, cell in cells_of_row.items():
        name, place = columns.get(column), f"cell {column_letters(column)}{number}"
        if name is None and _is_blank(cell):
            continue
        if name is None:
            says = "holds a value, but its column has no name"
            row.faults.append(problem(place, says, "empty it, or name the column"))
        elif isinstance(cell.value, Error):
            row.faults.append(Fault(f"{name} ({place})", str(cell.value), "a value, not an error"))
        elif cell.value is None:
            says = "a formula without a saved value"
            row.faults.append(problem(f"{name} ({place})", says, "recalculate and save the file again"))
        else:
            row.read(name, cell.value, place, cell.kind if cell.kind in ("date", "percent") else "", day_zero)
    return RawRow(f"sheet row {number}", row.fields.get(ID), row.fields, tuple(row.faults), tuple(row.notes))
