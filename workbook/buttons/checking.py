"""Checks the values in an open workbook: every cell against the one that its inputs give."""

from __future__ import annotations

from typing import Any

from workbook.buttons.laid_out import cells, laid_out
from workbook.buttons.open_sheets import Sheets, equal, plain, scenario_now, scenario_then
from workbook.files.address import address

HEADS = ["Sheet", "Cell", "Shows", "Has to show", "By the formula"]
MOST = 500
IN_ORDER = "Every cell shows what the inputs give."


def checked(sheets: Sheets) -> list[list[Any]]:
    """A sentence, and a row for each cell that shows something else. Raises UnusableError."""
    now, picks = scenario_now(sheets)
    made = laid_out(sheets, now, scenario_then(sheets), picks)
    found: list[list[Any]] = []
    for sheet, row, column, cell, value in cells(made):
        actual = plain(sheets[sheet].cell(row, column))
        if not equal(value, actual):
            formula = f"={cell.formula}" if cell.formula else "none, a constant"
            found.append([sheet, address(row, column), actual, value, formula])
    changed = made.names["inputs_changed"]
    stale = plain(made.sheets[changed[0]].cells[changed[1:]].value)
    rows: list[list[Any]] = [[IN_ORDER if not found else f"{len(found):,} cells show something else:"]]
    if stale:
        rows.append([f"{stale:.0f} inputs have changed since what was run once; renew it."])
    return rows if not found else [*rows, HEADS, *found[:MOST]]
