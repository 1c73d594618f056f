"""Reads rows from an xlsx: the first visible sheet, with column names in its first row, within the limits of intake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calc.scenario.faults import Fault, Refused, problem, shown
from workbook.files.address import column_letters, row_and_column
from workbook.receive.intake import HIDDEN, IN_FULL, MASKED, MULTIPLE, OF_WHICH, Cell, Error, Sheet, cells
from workbook.table.form import ID, Form
from workbook.table.raw_row import RawRow
from workbook.table.source import Source

HIDDEN_ROWS = "hidden, perhaps by a filter; hidden rows are read like all others"


def rows(source: Source, form: Form) -> Iterator[RawRow]:
    """Every row; empty ones are skipped. Raises Refused where no sheet is visible, or it is in doubt what its rows are."""
    path = source.path
    book = cells(path)
    sheet, *further = [sheet for sheet in book.sheets.values() if not sheet.hidden and sheet.cells] or [None]
    if sheet is None:
        hint = "begin a visible sheet with a row of column names"
        raise Refused(str(path), [problem("", "no visible sheet with cells", hint)])
    by_row = _by_row(sheet)
    first, *others = sorted(by_row)
    columns = _columns(by_row[first])
    filled = [row for row in others if not all(map(_is_blank, by_row[row].values()))]
    merged = list(_merged(sheet, first, columns, {column for row in filled for column in by_row[row]}))
    try:
        form.check(f"{path}, sheet {sheet.name}", list(columns.values()))
    except Refused as refused:
        raise Refused(refused.where, [*merged, *refused.faults]) from None
    if doubts := [*merged, *_more_rows(form, sheet, further)]:
        raise Refused(str(path), doubts)
    first_hidden = next((row for row in filled if f"row {row}" in sheet.hidden_lines), None)
    for row in filled:
        made = _row(form, columns, by_row[row], row, book.day_zero)
        yield made._replace(notes=(HIDDEN_ROWS, *made.notes)) if row == first_hidden else made


def _columns(cells_of_row: dict[int, Cell]) -> dict[int, str]:
    """Column -> the name at its top."""
    return {
        column: str(cell.value or "").strip() for column, cell in sorted(cells_of_row.items()) if not _is_blank(cell)
    }


def _merged(sheet: Sheet, first: int, columns: dict[int, str], filled: set[int]) -> Iterator[Fault]:
    """Ranges of merged cells among the rows: to the eye their value is that of every cell, in the file that of the first.

    filled: the columns with anything below their heads; a head that is merged with others alone hides no name.
    """
    for text in sheet.merged:
        corners = [row_and_column(corner) for corner in text.split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            (_, left), (bottom, right) = corners[0], corners[1]
            hides_a_name = bottom == first and any(left < column <= right for column in filled)
            if (bottom > first or hides_a_name) and any(left <= column <= right for column in columns):
                what, each = ("value", "row its own value") if bottom > first else ("name", "column its own name")
                place = f"cells {text} of the sheet {sheet.name}"
                yield problem(place, f"are merged: whose {what} is it?", f"unmerge them, and give each {each}")


def _more_rows(form: Form, sheet: Sheet, further: Sequence[Sheet]) -> Iterator[Fault]:
    """Further visible sheets that begin with column names of the same form: their rows would be left out."""
    for other in further:
        by_row = _by_row(other)
        try:
            form.check(other.name, list(_columns(by_row[min(by_row)]).values()) if by_row else [])
        except Refused:
            continue
        hint = "put all rows on one sheet, or hide the sheets that are not meant"
        yield problem(f"sheet {other.name}", f"holds rows like the sheet {sheet.name}: which are meant?", hint)


def _by_row(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.value not in (None, "") or cell.formula is not None:
            by_row.setdefault(row, {})[column] = cell
    return by_row


def _is_blank(cell: Cell) -> bool:
    """Whether the cell holds nothing but white space."""
    return isinstance(cell.value, str) and not cell.value.strip()


def _row(form: Form, columns: dict[int, str], cells_of_row: dict[int, Cell], number: int, day_zero: int) -> RawRow:
    row = form.row({columns[at]: cell.value for at, cell in cells_of_row.items() if at in columns})
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
        elif cell.kind == MULTIPLE:
            row.faults.append(problem(f"{name} ({place})", f"{shown(cell.value)}; {OF_WHICH}", IN_FULL))
        else:
            if cell.kind == MASKED:
                row.notes.append(f"{name} ({place}): {HIDDEN}; {shown(cell.value)} was read")
            row.read(name, cell.value, place, cell.kind if cell.kind in ("date", "percent") else "", day_zero)
    return RawRow(f"sheet row {number}", row.fields.get(ID), row.fields, tuple(row.faults), tuple(row.notes))
