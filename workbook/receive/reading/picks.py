"""The picks for display in a returned workbook: the case, and the paths on the sheets Plan and Sensitivity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calc.scenario.schema import CASES
from workbook.files.address import Place
from workbook.receive.intake import Book
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.tables import tables
from workbook.write.picks import STANDARD

KEY = "view."
LEFT_OUT = {"case": "results are those of the {} case"}
OTHERWISE = "a workbook built from it shows {} there"


def picks(book: Book) -> dict[str, tuple[Place, object]]:
    """Name -> the cell and the pick in it."""
    picked: dict[str, tuple[Place, object]] = {}
    table = next(iter(tables(book, "Inputs")), None)
    for name in STANDARD:
        rows = table.rows_by_key.get(KEY + name, []) if table else []
        place = (table.sheet.name, rows[0], table.columns["Value"]) if table and rows else book.names.get(name)
        if place:
            cell = book.sheets[place[0]].cells.get(place[1:])
            picked[name] = (place, cell.value if cell else None)
    return picked


def left_out(book: Book, kept: Sequence[str] = ()) -> Iterator[str]:
    """A note for each pick that differs from a new workbook: a scenario has no field for it. kept: those that it has."""
    for name, (place, pick) in picks(book).items():
        standard = STANDARD[name]
        if name not in kept and pick not in (None, "") and str(pick).casefold() != standard:
            yield (
                f"{shown_place(place)} ({KEY}{name}) says {pick}; picks for display are not part of the scenario, so "
                f"{LEFT_OUT.get(name, OTHERWISE).format(standard)}"
            )


def understood(name: str, pick: object, paths: Sequence[str]) -> str | None:
    """The choice that a pick stands for, None if it is not a choice: an empty cell is the standard."""
    standard = STANDARD[name]
    if pick in (None, ""):
        return standard
    choices = CASES if name == "case" else [standard, "recommended", *paths]
    if name == "compare_path" or name == "compare_with":
        choices = [*choices, "next best"]
    folded = {choice.casefold(): choice for choice in choices}
    return folded.get(pick.casefold()) if isinstance(pick, str) else None
