"""Explains one cell of an open workbook: what it shows, which rule or figure stands behind it, and from which source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, TypeGuard

from calc import catalogue
from calc.quantity import QUANTITIES
from calc.udfs.cells import UnusableError
from calc.udfs.fact import COLUMNS, facts
from workbook.buttons.laid_out import laid_out
from workbook.buttons.open_sheets import Sheets, plain, scenario_now, scenario_then
from workbook.files.address import Place, address, column_number
from workbook.write.book import Book
from workbook.write.sheet import Cell

REFERENCE = re.compile(r"(?:(?:'([^']+)'|([A-Za-z]\w*))!)?\$?([A-Z]{1,3})\$?([1-9]\d*)(?![\w(.])")
TEXT = re.compile(r'"[^"]*"')
# So many cells are named that a formula reads.
MOST_READ = 20


def explained_cell(sheets: Sheets, place: Place) -> list[list[Any]]:
    """Rows of two cells, what is said and what it is. Raises UnusableError where no cell of the workbook is chosen."""
    now, picks = scenario_now(sheets)
    made = laid_out(sheets, now, scenario_then(sheets), picks)
    cell = _cell(made, place)
    if cell is None or place[0] not in made.sheets:
        raise UnusableError("cell", f"{_named(place)} is none of the workbook's own", "a filled cell of its sheets")
    rows: list[list[Any]] = [["Cell", _named(place)], ["Stands for", _label(made, place)], ["Shows", plain(cell.value)]]
    home = _followed(made, place)
    if home != place:
        rows.append(["Is made in", _named(home)])
    return [*rows, *_said(made, home)]


def _cell(made: Book, place: Place) -> Cell | None:
    sheet = made.sheets.get(place[0])
    return sheet.cells.get(place[1:]) if sheet else None


def _named(place: Place) -> str:
    return f"{place[0]}!{address(*place[1:])}"


def _followed(made: Book, place: Place) -> Place:
    """The cell that calculates what this one only fetches."""
    seen = {place}
    while cell := _cell(made, place):
        whole = REFERENCE.fullmatch(cell.formula or "")
        if not whole or (further := _place(whole, place[0])) in seen:
            break
        seen.add(further)
        place = further
    return place


def _said(made: Book, place: Place) -> Iterator[list[Any]]:
    cell = _cell(made, place)
    quantity, at = _quantity(made, place)
    if quantity in QUANTITIES:
        known = QUANTITIES[quantity]
        yield ["Figure", f"{quantity}: {known.label}"]
        yield ["Unit", known.unit]
        yield ["Calculated as", " ".join((known.function.__doc__ or "").split())]
    if cell is not None and cell.formula:
        yield ["Formula", f" ={cell.formula}"]
    yield from _sources(made, place, quantity, at)
    if cell is None or not cell.formula:
        if cell is not None and cell.style.startswith("input"):
            yield ["Is", "an input, to be filled in"]
        return
    for further in _read(cell.formula, place[0])[:MOST_READ]:
        found = _cell(made, further)
        if found is not None:
            yield [f"Reads {_named(further)}", f"{_label(made, further)}: {_in_words(found)}"]
            yield from _sources(made, further, *_quantity(made, further))


def _in_words(cell: Cell) -> str:
    value = plain(cell.value)
    return "empty" if value is None else f"{value:.10g}" if isinstance(value, float) else value


def _sources(made: Book, place: Place, quantity: str, at: dict[str, int]) -> Iterator[list[Any]]:
    """The published figure, the rule or the gate of a cell, with its source."""
    structure = made.structure
    if "parameter" in at:
        model, name, _ = structure.figures[at["parameter"]]
        if model != structure.bases[model]:
            yield ["Quote", f"{structure.model_labels[model]}, in place of the published figure"]
        yield from _fact(f"{structure.bases[model]}.{name}")
    elif "setting" in at:
        yield from _fact(f"decision.{list(catalogue.settings())[at['setting']]}")
    if "rule" in at:
        rule = list(catalogue.rules().values())[at["rule"]]
        yield ["Rule", f"{rule.id}: {rule.text}"]
        yield ["Source", rule.citation or rule.basis]
    if "lens" in at:
        yield ["Lens", list(structure.lenses)[at["lens"]]]
    for key, gate in catalogue.gates().items():
        if quantity in (f"fired_{key}", f"gate_{key}"):
            yield ["Gate", f"{key}: {gate.when}; {gate.then}"]
            yield ["Source", gate.citation or gate.basis]


def _fact(name: str) -> Iterator[list[Any]]:
    known = facts().get(name)
    if known:
        said = dict(zip(COLUMNS, known, strict=True))
        ends = ", ".join(f"{end} {said[end]:g}" for end in COLUMNS[:3] if isinstance(said[end], int | float))
        yield ["Published figure", f"{name}: {said['label']} ({said['unit']}), {ends}"]
        yield ["Source", said["source"] or said["basis"]]


def _quantity(made: Book, place: Place) -> tuple[str, dict[str, int]]:
    """The quantity that lives in a cell, and the coordinates of the cell; an empty name where none does."""
    for key, home in made.homes.items():
        if home.sheet != place[0] or home.row > place[1] or home.column > place[2]:
            continue
        over = [dimension for dimension in (home.down, home.along) if dimension in made.structure.sizes]
        for index in product(*(range(made.structure.sizes[dimension]) for dimension in over)):
            at = dict(zip(over, index, strict=True))
            if home.cell(at) == place[1:]:
                return key, at
    return "", {}


def _label(made: Book, place: Place) -> str:
    """The texts that head the row and the column of a cell."""
    cells = made.sheets[place[0]].cells
    left = (cells.get((place[1], column)) for column in range(place[2] - 1, 0, -1))
    above = (cells.get((row, place[2])) for row in range(place[1] - 1, 0, -1))
    beside = next((cell.value for cell in left if _heads(cell) and not cell.style.startswith("unit")), "")
    over = next((cell.value for cell in above if _heads(cell) and cell.style.startswith("head")), "")
    return ", ".join(part for part in (beside, over) if part)


def _heads(cell: Cell | None) -> TypeGuard[Cell]:
    return cell is not None and cell.formula is None and isinstance(cell.value, str) and bool(cell.value)


def _read(formula: str, sheet: str) -> list[Place]:
    """The cells that a formula names, the first of each range, once each."""
    return list(dict.fromkeys(_place(match, sheet) for match in REFERENCE.finditer(TEXT.sub('""', formula))))


def _place(match: re.Match[str], sheet: str) -> Place:
    return match[1] or match[2] or sheet, int(match[4]), column_number(match[3])
