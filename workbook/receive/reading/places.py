"""Where each input stands in a workbook: by its defined name, else by the key in its row, else by the row's label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from workbook.files.address import Place
from workbook.receive.intake import Book
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.expected_inputs import Field
from workbook.receive.reading.tables import Table, joined, tables, text_at

Cell = tuple[str, str]  # dotted field, end
HEADING_OF_END = {"Inputs": {"likely": "Value", "low": "Low", "high": "High"}, "Answers": {"likely": "Answer"},
                  "Parameters": {"likely": "Own likely", "low": "Own low", "high": "Own high"}}  # fmt: skip

# How far to the right of a cell its row is looked at.
BESIDE = 12
# Value and formula of an empty cell.
NOTHING = (None, None)


@dataclass
class Places:
    """Field and end -> its cell. missing: fields without a cell; faults: those with two different cells; gone: sheets
    whose table is missing."""

    cells: dict[Cell, Place] = field(default_factory=dict)
    missing: list[Field] = field(default_factory=list)
    faults: list[PlacedFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def address(self, dotted: str, end: str = "likely") -> str:
        """A field as a fault names it: Inputs!C12 (work.core_hours)."""
        place = self.cells.get((dotted, end))
        return f"{shown_place(place)} ({dotted})" if place else dotted


def places(book: Book, fields: Iterable[Field]) -> Places:
    """The cells of all fields."""
    result = Places()
    known = {kind: tables(book, kind) for kind in HEADING_OF_END}
    result.gone = {kind for kind, several in known.items() if not several}
    names = {name.casefold(): place for name, place in book.names.items()}
    fields = list(fields)
    keys = {(one.table, one.key) for one in fields}
    for several in known.values():
        for other in several[1:]:
            result.notes.append(f"the sheet {other.sheet.name} looks like {several[0].sheet.name}; it was not read")
    for wanted in fields:
        table = next(iter(known[wanted.table]), None)
        rows = _rows(table, wanted)
        for end, name in wanted.ends:
            column = table.columns.get(HEADING_OF_END[wanted.table][end]) if table else None
            in_rows = [(table.sheet.name, row, column) for row in rows] if table and column else []
            named = names.get(name.casefold()) if name else None
            if named and table and _is_stale(book, table, named, wanted, in_rows, keys):
                named = None
            if named and not in_rows and not _is_confirmed(book, named, wanted):
                named = None
            _settle(book, result, wanted, end, [*([named] if named else []), *in_rows])
        if (wanted.dotted, "likely") not in result.cells and not any(
            wanted.dotted in fault.field for fault in result.faults
        ):
            result.missing.append(wanted)
    return result


def _rows(table: Table | None, wanted: Field) -> list[int]:
    """The rows with the field's key, else those without a key but with its label."""
    if table is None:
        return []
    if rows := table.rows_by_key.get(wanted.key):
        return rows
    keyed = {row for rows in table.rows_by_key.values() for row in rows}
    label = joined(" ".join(text.split()) for text in wanted.labels)
    return [row for row in table.rows_by_label.get(label, []) if row not in keyed]


def _is_stale(
    book: Book, table: Table, named: Place, wanted: Field, in_rows: list[Place], keys: set[tuple[str, str]]
) -> bool:
    """Whether a name was left behind when rows or columns moved: it leads to what belongs to the table, or to nothing.

    One that leads to a filled cell elsewhere was moved with its cell: programs take names and formulas along.
    """
    if named[0] != table.sheet.name or named in in_rows:
        return False
    rows = {row for key, rows in table.rows_by_key.items() if (wanted.table, key) in keys for row in rows}
    if in_rows:
        inside = table.is_headed(named[2]) and named[1] <= max(rows, default=table.row)
        return inside or _content(book, named) == NOTHING
    return named[1] in rows


def _is_confirmed(book: Book, named: Place, wanted: Field) -> bool:
    """Whether the cell of a name is that input: it is filled, or its row has the key or label. Where a sheet came
    without its cells, names still lead there, and empty must not pass for unknown."""
    if _content(book, named) != NOTHING:
        return True
    names = {" ".join(text.split()) for text in (wanted.key, *wanted.labels)}
    sheet, row, column = named
    return any(text_at(book.sheets[sheet], row, at) in names for at in range(1, column + BESIDE))


def _settle(book: Book, result: Places, wanted: Field, end: str, candidates: list[Place]) -> None:
    """One cell of the candidates; several are one if they say the same, else a fault."""
    several = list(dict.fromkeys(candidates))
    if not several:
        return
    contents = {_content(book, place) for place in several}
    if len(contents) > 1:
        where = " and ".join(map(shown_place, several))
        about = wanted.fault("", "")
        field = f"{where} ({wanted.dotted})"
        hint = f"keep the right one; it holds {about.allowed}, for example {about.example}"
        result.faults.append(PlacedFault(field, "two cells of one input differ", "", hint, several[0]))
    else:
        result.cells[wanted.dotted, end] = several[-1]


def _content(book: Book, place: Place) -> object:
    cell = book.sheets[place[0]].cells.get(place[1:])
    return (None if cell.value == "" else cell.value, cell.formula) if cell else (None, None)
