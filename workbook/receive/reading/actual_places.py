"""Where each month of what really happened stands: by the key or label of its row, and the heading of its column.

Nothing that somebody entered is left out silently: a list without a row, a month without a column and two cells of one
month are faults, and figures beside the table are named in a note.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from calc.scenario.actuals import KEY, SERIES, label_of, month_heading
from calc.scenario.schema import MOST_MONTHS
from workbook.files.address import Place, column_letters
from workbook.receive.intake import Book
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.tables import Table, tables, text_at

Month = tuple[str, int]
TABLE = "Actuals"
AS_IT_WAS = f"restore the sheet {TABLE} as it was"
HEADED = {month_heading(month).casefold(): month for month in range(1, MOST_MONTHS + 1)}


@dataclass
class MonthPlaces:
    """cells: list and month -> its cell."""

    cells: dict[Month, Place] = field(default_factory=dict)
    faults: list[PlacedFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def dotted(of: Month) -> str:
    """A month of a list, as faults of a scenario name it."""
    name, month = of
    return f"{KEY}.{name}, month {month}"


def month_places(book: Book, known: Collection[Month], is_older: bool) -> MonthPlaces | None:
    """The cells of all months; None where no sheet asks for them.

    known: what had been entered when the workbook was made; is_older: whether an older version made it, which may have
    asked for less.
    """
    several = tables(book, TABLE)
    if not several:
        return None
    table, located = several[0], MonthPlaces()
    located.notes += [
        f"the sheet {other.sheet.name} looks like {table.sheet.name}; it was not read" for other in several[1:]
    ]
    columns, rows = _columns(table), _rows(table)
    last = max([*columns, *(month for _, month in known)])
    for month in sorted(set(range(1, last + 1)) - set(columns)):
        says = f'no column is headed "{month_heading(month)}"'
        located.faults.append(PlacedFault(f"{table.sheet.name} ({KEY}, month {month})", says, "", AS_IT_WAS))
    for name in SERIES if not is_older else ():
        if name not in rows:
            says = f'no row has {KEY}.{name} under "{table.headings.key}"'
            located.faults.append(PlacedFault(f"{table.sheet.name} ({KEY}.{name})", says, "", AS_IT_WAS))
    for (name, down), (month, across) in product(rows.items(), columns.items()):
        _settle(book, located, (name, month), [(table.sheet.name, row, column) for row in down for column in across])
    located.notes += _beside(table, rows, columns)
    return located


def _columns(table: Table) -> dict[int, list[int]]:
    """Month -> the columns under its heading."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(table.sheet.cells):
        if row == table.row and (month := HEADED.get(text_at(table.sheet, row, column).casefold())):
            columns.setdefault(month, []).append(column)
    return columns


def _rows(table: Table) -> dict[str, list[int]]:
    """List -> its rows: those with its key, else those without a key of any list but with its label."""
    keyed = {name: table.rows_by_key.get(f"{KEY}.{name}", []) for name in SERIES}
    taken = {row for rows in keyed.values() for row in rows}
    rows = {
        name: rows or [row for row in table.rows_by_label.get(label_of(name), []) if row not in taken]
        for name, rows in keyed.items()
    }
    return {name: of for name, of in rows.items() if of}


def _settle(book: Book, located: MonthPlaces, of: Month, several: list[Place]) -> None:
    """One cell of a month; several are one if they say the same, else a fault."""
    cells = [book.sheets[sheet].cells.get((row, column)) for sheet, row, column in several]
    if len({(cell.value, cell.formula) if cell else (None, None) for cell in cells}) > 1:
        where = f"{' and '.join(map(shown_place, several))} ({dotted(of)})"
        located.faults.append(PlacedFault(where, "two cells of one month differ", "", "keep the right one", several[0]))
    else:
        located.cells[of] = several[-1]


def _beside(table: Table, rows: Mapping[str, list[int]], columns: Mapping[int, list[int]]) -> Iterator[str]:
    """A note for each row of no list and each column of no month that holds figures where those of the table stand."""
    down = {row for several in rows.values() for row in several}
    across = {column for several in columns.values() for column in several}
    places = sorted(place for place, cell in table.sheet.cells.items() if isinstance(cell.value, float))
    for row in sorted({row for row, column in places if row > table.row and row not in down and column in across}):
        yield f"row {row} of the sheet {table.sheet.name} belongs to no list; its figures were not read"
    for column in sorted({column for row, column in places if row in down and column not in across}):
        yield f"column {column_letters(column)} of the sheet {table.sheet.name} belongs to no month; its figures were not read"
