"""How a formula becomes a named quantity of the model.

A quantity is a plain NumPy function. Its name is the quantity's name, and its arguments are the names of the quantities
it reads, so that the graph of the model is found from the functions themselves (see `calc.graph`).

>>> import calc.quantities  # registers the formulas
>>> discount_factor = QUANTITIES["discount_factor"]
>>> discount_factor.over, discount_factor.arguments
(('month',), ('discount_rate', 'month', 'months_per_year'))
>>> discount_factor.function(0.08, 12, 12).round(4)
np.float64(0.9259)
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import CodeType

# The dimensions of the model, in the order of the axes of every array. The scenario axis comes first and is implied.
DIMENSIONS = (
    "setting", "estimate", "parameter", "question", "rule", "need", "reason", "alert", "lens", "model", "path", "place",
    "phase", "billed", "stage", "step", "plan_stage", "plan_step", "review", "month", "fiscal_year", "quarter",
)  # fmt: skip


# What the code of a function with *arguments or **arguments is marked by.
ANY_ARGUMENTS = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


def argument_names(function: Callable) -> tuple[str, ...]:
    """The names of what a function takes: of a plain one from its code, a hundred times as fast as its signature."""
    code: CodeType | None = getattr(function, "__code__", None)
    # Neither wrapped nor with a signature of its own, and each argument by its name.
    if code is not None and not (vars(function) or code.co_kwonlyargcount or code.co_flags & ANY_ARGUMENTS):
        return code.co_varnames[: code.co_argcount]
    return tuple(inspect.signature(function).parameters)


@dataclass(frozen=True)
class Quantity:
    """One named quantity: what it is called, over which dimensions it runs, its unit, and the function that gives it."""

    name: str
    over: tuple[str, ...]
    unit: str
    label: str
    function: Callable

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        return argument_names(self.function)


QUANTITIES: dict[str, Quantity] = {}


def quantity(*over: str, unit: str, label: str) -> Callable[[Callable], Callable]:
    """Register a function as the quantity of its name, over the given dimensions; the function itself is unchanged.

    Raises ValueError where a dimension is unknown or out of order, or the name is taken.
    """
    unknown = [dimension for dimension in over if dimension not in DIMENSIONS]
    if unknown or list(over) != sorted(over, key=DIMENSIONS.index):
        raise ValueError(f"dimensions {over} must be among {DIMENSIONS}, in that order")

    def register(function: Callable) -> Callable:
        add(Quantity(function.__name__, over, unit, label, function))
        return function

    return register


def add(made: Quantity) -> None:
    """Make a quantity known by its name. Raises ValueError for a name that is taken."""
    if made.name in QUANTITIES:
        raise ValueError(f"the quantity {made.name} is defined twice")
    QUANTITIES[made.name] = made
