"""How a Python function becomes a function of Excel: its arguments with their descriptions, and what it says of errors."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import xlwings as xw

from calc.udfs.cells import LONGEST, Unusable

CATEGORY = "Engagement"
PREFIX = "tco_"


def excel_function(call_in_wizard: bool = True, **descriptions: str) -> Callable[[Callable], Callable]:
    """Make a function callable from cells. descriptions: what the function wizard says of each argument, all of them.

    Every argument arrives as rows of cells (None where it is left out), errors as their texts. What the function returns,
    a value or rows of values, is what the cells show; a fault becomes one sentence that names the argument and what is allowed.
    """

    def made(function: Callable) -> Callable:
        return registered(function, descriptions, call_in_wizard)

    return made


def registered(function: Callable, descriptions: Mapping[str, str], call_in_wizard: bool = True) -> Callable:
    """The function with xlwings' decorators around it."""
    if list(descriptions) != list(inspect.signature(function).parameters):
        raise TypeError(f"{function.__name__} describes {list(descriptions)}, in that order, not its arguments")

    @wraps(function)
    def answered(*cells: Any) -> Any:
        try:
            return function(*cells)
        except Unusable as error:
            return str(error)
        except Exception as error:
            return f"{function.__name__}: internal error, {type(error).__name__}: {error}"[:LONGEST]

    for name, description in descriptions.items():
        answered = xw.arg(name, ndim=2, err_to_str=True, doc=description)(answered)
    return xw.func(category=CATEGORY, call_in_wizard=call_in_wizard)(answered)
