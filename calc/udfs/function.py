"""How a Python function becomes a function of Excel: what the wizard says of it, and what its cells say of errors."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from calc.udfs.cells import LONGEST, UnusableError

PREFIX = "tco_"


def excel_function(call_in_wizard: bool = True, **descriptions: str) -> Callable[[Callable], Callable]:
    """Make a function fit for cells. descriptions: what the function wizard says of each argument, all of them.

    Every argument arrives as rows of cells (None where it is left out), errors as their texts. What the function
    returns, a value or rows of values, is what the cells show; a fault becomes one sentence that names the argument
    and what is allowed.
    """

    def made(function: Callable) -> Callable:
        return fit_for_cells(function, descriptions, call_in_wizard)

    return made


def fit_for_cells(function: Callable, descriptions: Mapping[str, str], call_in_wizard: bool = True) -> Callable:
    """The function with its descriptions, its faults turned into what a cell shows."""
    if list(descriptions) != list(inspect.signature(function).parameters):
        raise TypeError(
            f"{function.__name__} describes {list(descriptions)}, which are not its arguments in their order"
        )

    @wraps(function)
    def answered(*cells: Any) -> Any:
        try:
            return function(*cells)
        except UnusableError as error:
            return str(error)
        except Exception as error:
            return f"{function.__name__}: internal error, {type(error).__name__}: {error}"[:LONGEST]

    answered.descriptions, answered.call_in_wizard = dict(descriptions), call_in_wizard
    return answered
