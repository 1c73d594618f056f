"""Rule 4: labels are unique within a table.

A table is rows that follow each other with a text in their first column. A row's label is all its texts before its
first number, formula or input; a column's label is its text in a row of headings, which have a fill and no gap
between them. Neither stands twice in one table.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Cell, Contents, Sheet


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Rows and columns that have the label of another in the same table."""
    for sheet in workbook.sheets.values():
        for number, cells in sheet.rows.items():
            for heads in _headings(cells):
                yield from _twice(sheet, [((cell.label,), cell) for cell in heads], f"two columns of row {number}")
        for table in _tables(sheet):
            yield from _twice(sheet, [(_label(cells), cells[0]) for cells in table], "two rows of one table")


def _twice(sheet: Sheet, labels: list[tuple[tuple[str, ...], Cell]], where: str) -> Iterator[Breach]:
    seen: dict[tuple[str, ...], Cell] = {}
    for label, cell in labels:
        if label in seen:
            yield Breach(
                4, sheet.name, cell.address, f"{where} are called {', '.join(label)} (the other: {seen[label].address})"
            )
        seen.setdefault(label, cell)


def _headings(cells: list[Cell]) -> Iterator[list[Cell]]:
    """The headings of a row, in groups that follow each other without a gap."""
    group: list[Cell] = []
    for cell in cells:
        if not (cell.is_label and cell.look.fill and cell.look.locked):
            continue
        if group and cell.column != group[-1].column + 1:
            yield group
            group = []
        group.append(cell)
    yield group


def _tables(sheet: Sheet) -> Iterator[list[list[Cell]]]:
    table: list[list[Cell]] = []
    for number, cells in sorted(sheet.rows.items()):
        begins = cells[0].column == 1 and cells[0].is_label and not cells[0].look.fill
        if table and (not begins or number != table[-1][0].row + 1):
            yield table
            table = []
        if begins:
            table.append(cells)
    if table:
        yield table


def _label(cells: list[Cell]) -> tuple[str, ...]:
    texts = []
    for cell in cells:
        if not cell.is_label or not cell.look.locked:
            break
        texts.append(cell.label)
    return tuple(texts)
