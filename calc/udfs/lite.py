"""The functions that xlwings Lite registers: those that people use, with drop-downs where there is a choice.

A drop-down makes its argument a single value there: several paths or lines at once are `tco_table`'s.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Literal

import xlwings as xw

from calc.udfs import OF_SCENARIOS
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


__all__ = list(FUNCTIONS)
