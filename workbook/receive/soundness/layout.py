"""Rule 8: freeze panes, one time axis, no merged cells, nothing hidden.

A time axis is a row that is called "Month" and counts 1, 2, 3 over at least a year of columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Cell, Contents, Sheet

SHORTEST_AXIS = 12
CALLED = re.compile(r"month\b", re.IGNORECASE)


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Sheets that scroll away, hide something, or have a month of their own."""
    for sheet in workbook.sheets.values():
        if sheet.frozen == (0, 0):
            yield Breach(8, sheet.name, "", "no frozen pane")
        if sheet.state != "visible":
            yield Breach(8, sheet.name, "", f"the sheet is {sheet.state}")
        for merged in sheet.all("mergeCell"):
            yield Breach(8, sheet.name, merged.get("ref", ""), "merged cells")
        yield from _hidden(sheet)
    yield from _axes(workbook)


def _hidden(sheet: Sheet) -> Iterator[Breach]:
    for row in sheet.all("row"):
        if row.get("hidden") in ("1", "true") or float(row.get("ht", "1")) == 0:
            yield Breach(8, sheet.name, row.get("r", ""), "a hidden row")
    for columns in sheet.all("col"):
        if columns.get("hidden") in ("1", "true") or float(columns.get("width", "1")) == 0:
            yield Breach(8, sheet.name, f"columns {columns.get('min')} to {columns.get('max')}", "hidden columns")


def _axes(workbook: Contents) -> Iterator[Breach]:
    axes = [(sheet, row, start) for sheet in workbook.sheets.values() for row, start in _months(sheet)]
    for sheet, row, start in axes:
        first = axes[0][2]
        if start.column != first.column:
            message = f"row {row} begins month 1 in another column than {axes[0][0].name}!{first.address}"
            yield Breach(8, sheet.name, start.address, message)


def _months(sheet: Sheet) -> Iterator[tuple[int, Cell]]:
    """The rows that are a time axis, with the cell of month 1."""
    for number, cells in sheet.rows.items():
        start = next((at for at, cell in enumerate(cells) if cell.value == 1.0), None)
        if start is None or not any(CALLED.match(cell.label) for cell in cells[:start] if cell.is_label):
            continue
        counted = cells[start : start + SHORTEST_AXIS]
        expected = [(counted[0].column + step, 1.0 + step) for step in range(SHORTEST_AXIS)]
        if [(cell.column, cell.value) for cell in counted] == expected:
            yield number, cells[start]
