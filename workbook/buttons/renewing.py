"""Renews what Python calculated once: the large simulation, the sensitivities, the searches, the sequences, and the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from calc.udfs.buttons import inert
from calc.udfs.cells import UnusableError
from workbook.buttons.laid_out import cells, laid_out
from workbook.buttons.open_sheets import Sheets, equal, plain, scenario_now, scenario_then
from workbook.files.address import Place, address

Writes = dict[str, dict[tuple[int, int], Any]]
# The sheet that only a workbook with results of one-off studies has.
STUDIED = "Sequences"
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
    texts: list[Place] = []
    for sheet, row, column, cell, value in cells(laid_out(sheets, now, picks=picks)):
        if cell.formula is not None or equal(value, plain(sheets[sheet].cell(row, column))):
            continue
        if isinstance(cell.value, str) and cell.style != "record":
            texts.append((sheet, row, column))
        writes[sheet][row, column] = inert(value)
    if others := _not_as_made(sheets, texts, picks):
        says = f"other texts than this version writes, in {', '.join(others[:NAMED])}"
        raise UnusableError("workbook", says, "a workbook of this version, whose texts nobody changed")
    return dict(writes)


def _not_as_made(sheets: Sheets, places: Sequence[Place], picks: dict[str, str]) -> list[str]:
    """Those of the cells that this version did not write for the inputs of then either. A few texts follow the inputs."""
    if not places:
        return []
    made = laid_out(sheets, scenario_then(sheets), picks=picks).sheets
    then = [(place, made[place[0]].cells.get(place[1:])) for place in places]
    return [
        f"{sheet}!{address(row, column)}"
        for (sheet, row, column), cell in then
        if cell is None or not equal(plain(cell.value), plain(sheets[sheet].cell(row, column)))
    ]
