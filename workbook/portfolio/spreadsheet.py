"""Portfolios as xlsx: the first visible sheet, its first row the column names; within the limits of intake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from calc.model import DAY_ZERO
from calc.scenario.faults import Fault, Refused
from workbook.formula.expression import column_letters
from workbook.intake import Cell, Error, Sheet, cells
from workbook.portfolio.fields import ID, check_columns, is_text, value_of


def rows(path: Path) -> Iterator[tuple[str, Any, dict[str, Any], list[Fault]]]:
    """Place in the file, id, fields and faults of every row; rows without anything are passed over."""
    book = cells(path)
    sheet = next((sheet for sheet in book.sheets.values() if not sheet.hidden and sheet.cells), None)
    if sheet is None:
        raise Refused(
            str(path), [Fault("the whole file", "no visible sheet with cells", "a sheet with a row of column names")]
        )
    by_row = _by_row(sheet)
    first, *others = sorted(by_row)
    columns = {column: str(cell.value or "").strip() for column, cell in sorted(by_row[first].items())}
    check_columns(f"{path}, sheet {sheet.name}", list(columns.values()))
    for row in others:
        yield f"sheet row {row}", *_row(columns, by_row[row], row)


def _by_row(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    found: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.value not in (None, "") or cell.formula is not None:
            found.setdefault(row, {})[column] = cell
    return found


def _row(columns: dict[int, str], found: dict[int, Cell], row: int) -> tuple[Any, dict[str, Any], list[Fault]]:
    fields, faults = {}, []
    for column, cell in found.items():
        name, place = columns.get(column), f"cell {column_letters(column)}{row}"
        if name is None:
            faults.append(Fault(place, "a value beyond the column names", "nothing there, or a name above"))
        elif isinstance(cell.value, Error):
            faults.append(Fault(f"{name} ({place})", str(cell.value), "a value, no error"))
        elif cell.value is None:
            faults.append(
                Fault(f"{name} ({place})", "a formula without a saved value", "a value; recalculate, save again")
            )
        else:
            fields[name] = _value(name, cell)
    return fields.get(ID), fields, faults


def _value(name: str, cell: Cell) -> Any:
    """What the cell means in that column: a date as text, a whole number without its decimals, text as in CSV."""
    value = cell.value
    if isinstance(value, str):
        return value_of(name, value)
    if isinstance(value, bool) or not isinstance(value, float):
        return value
    if cell.kind == "date" and value.is_integer() and abs(value) < 1e6:
        return (DAY_ZERO + timedelta(days=int(value))).isoformat()
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value)) if is_text(name) else int(value)
    return value
