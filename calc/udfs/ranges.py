"""Ranges of a sheet: a list of fields with their values, or a table with a scenario in each row."""

from __future__ import annotations

from calc.udfs import field_names
from calc.udfs.cells import Cell, Grid, UnusableError, error_text, is_blank, shown
from calc.udfs.field_names import Field

Found = dict[Field, Cell]

# Columns of the user's own low, likely and high value on the sheet Parameters, counted from the field.
OWN = {5: "low", 6: "likely", 7: "high"}
# The header of a table is among its first rows.
TOP = 5
FORM = "two columns, field and value, or a table with fields as its header"


def head_row(cells: Grid) -> int | None:
    """The row of a table that names its fields, side by side; None where the range is no table but a list of fields.

    A row with one field heads a table where nothing but headings stand beside it and no other field below it.
    """
    for at, row in enumerate(cells[:TOP]):
        named = [column for column, cell in enumerate(row) if field_names.field_named(cell) is not None]
        if len(named) > 1:
            return at
        if len(named) == 1:
            is_headed = all(
                is_blank(cell) or field_names.is_heading(cell) for column, cell in enumerate(row) if column != named[0]
            )
            return at if is_headed and len(cells) > at + 1 and _names_in(cells, named[0]) == 1 else None
    return None


def listed(argument: str, cells: Grid) -> Found:
    """The cells of a list of fields, by field. Blank values are left out, as if their rows were not there.

    The fields stand in whichever column holds the most of them, in any order; the value stands to their right, and
    after it the low and the high end where there is a range. On rows of the workbook's sheet Parameters, the
    user's own values count; those of a quote's figures, which follow from the quote, are left out.
    Raises UnusableError where a field is unknown, given twice, or there is none.
    """
    lead = _leading(cells)
    if not _names_in(cells, lead):
        raise _no_field(argument, cells)
    if lead + 1 == len(cells[0]):
        raise UnusableError(argument, "there is nothing to the right of the fields", FORM)
    fields: Found = {}
    for row in cells:
        name = row[lead]
        if is_blank(name) or (field_names.is_heading(name) and not fields):
            continue
        field = field_names.field_named(name)
        if field is None and len(row) - lead > max(OWN) and field_names.is_figure_of_quote(name):
            continue
        if field is None:
            raise field_names.unknown(argument, name)
        for end, cell in _values(field, row[lead:]).items():
            _keep(argument, fields, field._replace(end=end), cell)
    return fields


def header(argument: str, row: tuple[Cell, ...]) -> list[Field | None]:
    """The fields at the head of a table's columns; None for a column of ids or without a head.

    Raises UnusableError for one that is unknown or heads two columns.
    """
    fields: list[Field | None] = []
    for cell in row:
        if is_blank(cell) or field_names.is_heading(cell):
            fields.append(None)
            continue
        field = field_names.field_named(cell)
        if field is None:
            raise field_names.unknown(argument, cell)
        if field in fields:
            raise UnusableError(argument, f"{field.dotted} heads two columns", "each field once")
        fields.append(field)
    return fields


def _values(field: Field, row: tuple[Cell, ...]) -> dict[str, Cell]:
    """End -> cell, of what stands to the right of a field."""
    if field.kind == "override" and len(row) > max(OWN):
        return {end: row[at] for at, end in OWN.items()}
    if field.end != "likely" or not field.has_ends:
        return {field.end: row[1]}
    return dict(zip(("likely", "low", "high"), row[1:4], strict=False))


def _keep(argument: str, fields: Found, field: Field, cell: Cell) -> None:
    if is_blank(cell):
        return
    if error_text(cell):
        raise UnusableError(argument, f"{field.dotted} holds {shown(cell)}", "a value, or an empty cell")
    if fields.setdefault(field, cell) != cell:
        raise UnusableError(
            argument, f"{field.dotted} appears twice, with {shown(fields[field])} and {shown(cell)}", "once"
        )


def _leading(cells: Grid) -> int:
    """The column that holds the most fields."""
    return max(range(len(cells[0])), key=lambda column: _names_in(cells, column))


def _names_in(cells: Grid, column: int) -> int:
    return sum(field_names.field_named(row[column]) is not None for row in cells)


def _no_field(argument: str, cells: Grid) -> UnusableError:
    first = next(
        (cell for row in cells for cell in row if not is_blank(cell) and not field_names.is_heading(cell)), None
    )
    if isinstance(first, str) and not error_text(first):
        return field_names.unknown(argument, first)
    return UnusableError(argument, f"found {shown(first)} and no field", FORM)
