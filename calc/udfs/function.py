"""Makes a Python function a function of Excel, with its descriptions in the wizard and its faults as texts in cells."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol, cast

from calc.udfs.cells import LONGEST, UnusableError

PREFIX = "tco_"


class ExcelFunction(Protocol):
    """A function that is fit for cells. descriptions: of each argument; call_in_wizard: whether the wizard shows a result."""

    __name__: str
    descriptions: Mapping[str, str]
    call_in_wizard: bool

    def __call__(self, *cells: Any) -> Any: ...


def excel_function(**descriptions: str) -> Callable[[Callable[..., Any]], ExcelFunction]:
    """Make a function fit for cells. descriptions: of every argument, for the function wizard.

    Every argument arrives as rows of cells (None where it is left out), errors as their texts. What the function
    returns, a value or rows of values, is what the cells show; a fault becomes one sentence that names the argument
    and what is allowed.
    """

    def made(function: Callable[..., Any]) -> ExcelFunction:
        return fit_for_cells(function, descriptions)

    return made


def too_slow_for_the_wizard(function: ExcelFunction) -> ExcelFunction:
    """The function, which the wizard no longer calls after every letter that is typed into it."""
    function.call_in_wizard = False
    return function


def fit_for_cells(function: Callable[..., Any], descriptions: Mapping[str, str]) -> ExcelFunction:
    """The function with its descriptions; its faults become texts for the cell."""
    if list(descriptions) != list(inspect.signature(function).parameters):
        raise TypeError(
            f"{function.__name__} describes {list(descriptions)}, which are not its arguments in their order"
        )

    excel = cast("ExcelFunction", answering(function))
    excel.descriptions, excel.call_in_wizard = dict(descriptions), True
    return excel


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which answers with a sentence where it would raise."""

    @wraps(function)
    def answered(*cells: Any) -> Any:
        try:
            return function(*cells)
        except UnusableError as error:
            return str(error)
        except Exception as error:
            return f"{function.__name__}: internal error, {type(error).__name__}: {error}"[:LONGEST]

    return answered
