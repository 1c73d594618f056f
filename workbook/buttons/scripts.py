"""The four buttons, as scripts of xlwings Lite: what they need of the open workbook, and where they write.

What needs the workbook's own sheets is imported when it is needed: the functions must not wait for it.
They write into sheets that they add, into free cells that the user has chosen, or, to renew, into the cells of our own
workbook that no formula fills. None of them raises: what cannot be done is a sentence on a new sheet, or, where that cannot
be added, in the output.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from itertools import product
from typing import Annotated, Any, Final, Literal

import xlwings as xw

from calc.udfs.buttons import Rows, below, explained, run_again, to_fill_in
from calc.udfs.cells import UnusableError, is_blank
from workbook.buttons.open_sheets import is_made_here, sheets_of, shown_of

Where = Literal["a new sheet", "the selected cell"]
NEW_SHEET: Final = "a new sheet"
What = Literal[
    "everything", "simulation", "sensitivity", "flips", "must be true", "ask first", "sequences", "break-even"
]
BESIDE = 2


def never_raises(script: Callable[..., None]) -> Callable[..., None]:
    """The script, which writes a sentence on a new sheet where it would raise; where none can be added, it prints it."""

    @wraps(script)
    def answered(book: Any, *given: Any, **named: Any) -> None:
        try:
            script(book, *given, **named)
        except UnusableError as error:
            _told(book, str(error))
        except Exception as error:
            _told(book, f"{script.__name__}: internal error, {type(error).__name__}: {error}")

    return answered


def _told(book: Any, sentence: str) -> None:
    try:
        _written(book, [[sentence]])
    except Exception:
        # No workbook is open, or its structure is protected.
        print(sentence)


@xw.script(name="Insert model")
@never_raises
def insert_model(
    book: xw.Book, where: Annotated[Where, {"doc": "Into a new sheet, or from the selected cell on."}] = NEW_SHEET
) -> None:
    """Every field to fill in, and the result beside it: in a new sheet, or in free cells of yours."""
    rows = to_fill_in(datetime.date.today())
    if where == NEW_SHEET:
        sheet, top, left = book.sheets.add(), 1, 1
    else:
        if book.selection is None:
            raise UnusableError("the selected cell", "found none", "a cell with free cells below and beside it")
        sheet, top, left = book.selection.sheet, book.selection.row, book.selection.column
        _must_be_free(sheet, top, left, len(rows))
    fields = sheet.range((top, left), (top + len(rows) - 1, left + 1))
    fields.value = rows
    result = sheet.range((top, left + 1 + BESIDE))
    formula = f"=TCO_TABLE({fields.address.replace('$', '')})"
    try:
        # A formula whose table spills; older Excels do not know it.
        result.formula2 = formula
    except Exception:
        result.value = formula


@xw.script(name="Explain this cell")
@never_raises
def explain_cell(book: xw.Book) -> None:
    """Select a cell of a workbook of `engagement build`, or a scenario: which rule, which figure, which source."""
    from workbook.buttons.explaining import explained_cell

    selection = book.selection
    sheets = sheets_of(book)
    if selection is not None and is_made_here(sheets):
        rows = explained_cell(sheets, (selection.sheet.name, selection.row, selection.column))
        _written(book, below({"This cell": rows}))
    else:
        _written(book, explained(_selected(book)))


@xw.script(name="Renew what was run once")
@never_raises
def renew(
    book: xw.Book,
    what: Annotated[What, {"doc": "Of a selected scenario; a workbook of ours is renewed whole."}] = "everything",
) -> None:
    """In a workbook of `engagement build`: all that Python calculated, and its record; else of the selected scenario."""
    from workbook.buttons.renewing import renewed

    sheets = sheets_of(book)
    if is_made_here(sheets):
        writes = renewed(sheets)
        write(book, writes)
        count = sum(map(len, writes.values()))
        _written(book, [[f"{count:,} cells renewed." if count else "Nothing to renew: it belongs to these inputs."]])
    else:
        _written(book, run_again(_selected(book), what))


@xw.script(name="Check this workbook")
@never_raises
def check_workbook(book: xw.Book) -> None:
    """In a workbook of `engagement build`: every cell that does not show what the inputs give, on a new sheet."""
    from workbook.buttons.checking import checked

    _written(book, below({"Check of this workbook": checked(sheets_of(book))}))


def write(book: Any, writes: Mapping[str, Mapping[tuple[int, int], Any]]) -> None:
    """Write values into the cells of the book, those side by side at once. writes: sheet -> place -> value."""
    for name, cells in writes.items():
        sheet = book.sheets[name]
        for (row, column), values in runs(cells):
            sheet.range((row, column), (row, column + len(values) - 1)).value = [values]


def runs(writes: Mapping[tuple[int, int], Any]) -> Iterator[tuple[tuple[int, int], list[Any]]]:
    """The first cell and the values of each run of cells side by side."""
    start, values = (0, 0), list[Any]()
    for place, value in sorted(writes.items(), key=lambda item: item[0]):
        if values and place != (start[0], start[1] + len(values)):
            yield start, values
            values = []
        if not values:
            start = place
        values.append(value)
    if values:
        yield start, values


def _selected(book: Any) -> Any:
    """The cells that are selected; None where something else is, such as a chart."""
    return None if book.selection is None else book.selection.value


def _must_be_free(sheet: Any, top: int, left: int, rows: int) -> None:
    shown = shown_of(sheet)
    places = product(range(top, top + rows), range(left, left + 2 + BESIDE))
    taken = [place for place in places if not is_blank(shown.cell(*place))]
    if taken:
        raise UnusableError("the selected cell", f"has {len(taken):,} filled cells below or beside it", "free cells")


def _written(book: Any, rows: Rows) -> None:
    book.sheets.add()["A1"].value = rows


SCRIPTS = (insert_model, explain_cell, renew, check_workbook)
__all__ = [script.__name__ for script in SCRIPTS]
