"""What is picked for show in a workbook: the case, and the paths on the sheets Plan and Sensitivity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calc.model import CASES
from workbook.intake import Book
from workbook.reading.addresses import Place
from workbook.reading.tables import tables

KEY = "view."


def picks(book: Book, standard: Mapping[str, str]) -> dict[str, tuple[Place, object]]:
    """Name -> the cell and what is picked there. standard: the names with what a new workbook shows."""
    found = {}
    table = next(iter(tables(book, "Inputs")), None)
    for name in standard:
        rows = table.rows_by_key.get(KEY + name, []) if table else []
        place = (table.sheet.name, rows[0], table.columns["Value"]) if rows else book.names.get(name)
        if place:
            cell = book.sheets[place[0]].cells.get(place[1:])
            found[name] = (place, cell.value if cell else None)
    return found


def understood(name: str, said: object, standard: str, paths: Sequence[str]) -> str | None:
    """What the workbook makes of a pick, None if it is none: an empty cell is the standard."""
    if said in (None, ""):
        return standard
    choices = CASES if name == "case" else [standard, "recommended", *paths]
    if name == "compare_path" or name == "compare_with":
        choices = [*choices, "next best"]
    folded = {choice.casefold(): choice for choice in choices}
    return folded.get(said.casefold()) if isinstance(said, str) else None
