"""Renews what Python calculated once: the large simulation, the sensitivities, the searches, the sequences, and the record."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from calc.udfs.buttons import inert
from calc.udfs.cells import UnusableError
from workbook.buttons.laid_out import STUDIED, cells, laid_out
from workbook.buttons.open_sheets import Sheets, equal, plain, scenario_now
from workbook.files.address import address

Writes = dict[str, dict[tuple[int, int], Any]]
# So many cells of another version are named.
NAMED = 3


def renewed(sheets: Sheets) -> Writes:
    """Sheet -> place -> value, of every cell without a formula that the inputs of now change.

    Raises UnusableError where that would be another workbook's cells: its fixed texts are then others.
    """
    now, picks = scenario_now(sheets)
    if STUDIED not in sheets:
        raise UnusableError("workbook", "holds nothing that was run once", "one that was built with its studies")
    writes: Writes = defaultdict(dict)
    others = []
    for sheet, row, column, cell, value in cells(laid_out(sheets, now, picks=picks)):
        if cell.formula is not None or equal(value, plain(sheets[sheet].cell(row, column))):
            continue
        if isinstance(cell.value, str) and cell.style != "record":
            others.append(f"{sheet}!{address(row, column)}")
        writes[sheet][row, column] = inert(value)
    if others:
        says = f"other texts than this version writes, in {', '.join(others[:NAMED])}"
        raise UnusableError("workbook", says, "a workbook of this version, whose texts nobody changed")
    return dict(writes)
