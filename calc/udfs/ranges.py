"""Ranges as they stand in sheets: a list of fields with their values, or a table with a scenario in each row."""

from __future__ import annotations

from calc.udfs import field_names
from calc.udfs.cells import Cell, Grid, UnusableError, error_text, is_blank, shown
from calc.udfs.field_names import Field

Found = dict[Field, Cell]

# Where the own low, likely and high value stand, counted from the field, on the workbook's sheet Parameters.
OWN = {5: "low", 6: "likely", 7: "high"}
# The header of a table is among its first rows.
TOP = 5
FORM = "two columns, field and value, or a table with fields as its header"


def head_row(cells: Grid) -> int | None:
    """The row of a table that names its fields, side by side; None where the range is no table but a list of fields.

    A row with one field heads a table where nothing but headings stand beside it and no other field below it.
    """
    for at, row in enumerate(cells[:TOP]):
        named = [column for column, cell in enumerate(row) if field_names.found(cell) is not None]
        if len(named) > 1:
            return at
        if len(named) == 1:
            alone = all(
                is_blank(cell) or field_names.is_heading(cell) for column, cell in enumerate(row) if column != named[0]
            )
            return at if alone and len(cells) > at + 1 and _names_in(cells, named[0]) == 1 else None
    return None


def listed(argument: str, cells: Grid) -> Found:
    """The cells of a list of fields, by field. Blank values are left out, as if their rows were not there.

    The fields stand in whichever column holds the most of them, in any order; the value stands to their right, and
    after it the low and the high end where there is a range. On rows of the workbook's sheet Parameters one's own
    values count.
    """
    lead = _leading(cells)
    if not _names_in(cells, lead):
        raise _no_field(argument, cells)
    if lead + 1 == len(cells[0]):
        raise UnusableError(argument, "nothing stands to the right of the fields", FORM)
    found: Found = {}
    for row in cells:
        name = row[lead]
        if is_blank(name) or (field_names.is_heading(name) and not found):
            continue
        field = field_names.found(name)
        if field is None:
            raise field_names.unknown(argument, name)
        for end, cell in _values(field, row[lead:]).items():
            _keep(argument, found, field._replace(end=end), cell)
    return found


def header(argument: str, row: tuple[Cell, ...]) -> list[Field | None]:
    """The fields at the head of a table's columns; None for a column of ids or without a head."""
    found = [
        None if is_blank(cell) or field_names.is_heading(cell) else field_names.found(cell) or cell for cell in row
    ]
    for at, field in enumerate(found):
        if field is not None and not isinstance(field, Field):
            raise field_names.unknown(argument, field)
        if field is not None and field in found[:at]:
            raise UnusableError(argument, f"{field.dotted} heads two columns", "each field once")
    return found


def _values(field: Field, row: tuple[Cell, ...]) -> dict[str, Cell]:
    """End -> cell, of what stands to the right of a field."""
    if field.kind == "override" and len(row) > max(OWN):
        return {end: row[at] for at, end in OWN.items()}
    if field.end != "likely" or field.kind not in ("estimate", "override"):
        return {field.end: row[1]}
    return dict(zip(("likely", "low", "high"), row[1:4], strict=False))


def _keep(argument: str, found: Found, field: Field, cell: Cell) -> None:
    if is_blank(cell):
        return
    if error_text(cell):
        raise UnusableError(argument, f"{field.dotted} holds {shown(cell)}", "a value, or an empty cell")
    if found.setdefault(field, cell) != cell:
        raise UnusableError(
            argument, f"{field.dotted} stands twice, with {shown(found[field])} and {shown(cell)}", "once"
        )


def _leading(cells: Grid) -> int:
    """The column that holds the most fields."""
    return max(range(len(cells[0])), key=lambda column: _names_in(cells, column))


def _names_in(cells: Grid, column: int) -> int:
    return sum(field_names.found(row[column]) is not None for row in cells)


def _no_field(argument: str, cells: Grid) -> UnusableError:
    first = next(
        (cell for row in cells for cell in row if not is_blank(cell) and not field_names.is_heading(cell)), None
    )
    if isinstance(first, str) and not error_text(first):
        return field_names.unknown(argument, first)
    return UnusableError(argument, f"found {shown(first)} and no field", FORM)
