"""What xlwings Lite registers: the functions that people use, with drop-downs where there is a choice, and the buttons.

A drop-down makes its argument a single value there: several paths or lines at once are `tco_table`'s.
"""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Literal

import xlwings as xw

from calc.udfs import OF_SCENARIOS
from calc.udfs.buttons import explained, run_again, to_fill_in
from calc.udfs.drop_downs import drop_downs
from calc.udfs.function import ExcelFunction


def registered(excel: ExcelFunction) -> Callable[..., Any]:
    """The function with a `Literal` for every argument with a drop-down, and two dimensions for every other."""

    # Without what xlwings noted at the function when it was registered without drop-downs.
    @wraps(excel, updated=())
    def function(*cells: Any) -> Any:
        return excel(*cells)

    offered = drop_downs(excel.__name__)
    function.__signature__ = inspect.signature(excel)  # type: ignore[attr-defined]
    function.__annotations__ = {
        name: Annotated[Literal[offered[name]], {"doc": description}]
        for name, description in excel.descriptions.items()
        if name in offered
    }
    made: Callable[..., Any] = function
    for name, description in excel.descriptions.items():
        ranges = {} if name in offered else {"ndim": 2, "err_to_str": True}
        made = xw.arg(name, doc=description, **ranges)(made)
    return xw.func(made)


FUNCTIONS = {function.__name__: registered(function) for function in OF_SCENARIOS}
globals().update(FUNCTIONS)


def _selected(book: xw.Book) -> Any:
    """The cells that are selected; None where something else is, such as a chart."""
    selection = book.selection
    return None if selection is None else selection.value


@xw.script(name="Insert model")
def insert_model(book: xw.Book):
    """A new sheet with every field to fill in, and the result beside it."""
    rows = to_fill_in(datetime.date.today())
    sheet = book.sheets.add()
    sheet["A1"].value = rows
    sheet["D1"].value = f"=TCO_TABLE(A1:B{len(rows)})"


@xw.script(name="Explain this scenario")
def explain_scenario(book: xw.Book):
    """Select the range of a scenario, or a cell with TCO_SCENARIO: a new sheet says what is recommended, and why."""
    rows = explained(_selected(book))
    book.sheets.add()["A1"].value = rows


@xw.script(name="Renew what was run once")
def renew(book: xw.Book, what: Literal["simulation", "sequences", "break-even"] = "simulation"):
    """Select the range of a scenario: a new sheet holds the large simulation, the best sequences or the break-even points."""
    rows = run_again(_selected(book), what)
    book.sheets.add()["A1"].value = rows


__all__ = [*FUNCTIONS, "insert_model", "explain_scenario", "renew"]
