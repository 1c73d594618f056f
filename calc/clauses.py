"""Conditions of the catalogue as formulas: alternatives of clauses, and quantities that are made from them.

A gate, a step of the ladder and the rules of single models say in data when they hold. What they say becomes a plain NumPy
function here, with the names of what it reads as its arguments, like one that is written out.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import add, mul
from typing import Any

from calc.catalogue import CatalogueError
from calc.catalogue.rule import Alternatives, Answered, AnyClause, Fires
from calc.quantity import QUANTITIES, Quantity
from calc.scenario.schema import ANSWER_CODES

Values = Mapping[str, Any]


def any_holds(alternatives: Alternatives, values: Values) -> Any:
    """Whether one of the alternatives holds, as a comparison."""
    holding = _sum(alternatives, values)
    return holding if _is_single(alternatives) else holding > 0


def none_holds(alternatives: Alternatives, values: Values) -> Any:
    """Whether none of them holds. A single comparison is made a number first: in a cell, false is not 0."""
    holding = _sum(alternatives, values)
    return (holding * 1 if _is_single(alternatives) else holding) == 0


def holds(conditions: Alternatives, unless: Alternatives, values: Values) -> Any:
    """Whether one of the conditions holds and none of the exceptions, as a comparison."""
    held = any_holds(conditions, values)
    return held * none_holds(unless, values) == 1 if unless else held


def _sum(alternatives: Alternatives, values: Values) -> Any:
    """How many of the alternatives hold (of arrays, whether any does); in each, every clause must be met."""
    return reduce(add, (reduce(mul, (_met(clause, values) for clause in clauses)) for clauses in alternatives))


def _is_single(alternatives: Alternatives) -> bool:
    return len(alternatives) == len(alternatives[0]) == 1


def _met(clause: AnyClause, values: Values) -> Any:
    value = values[name_of(clause)]
    if isinstance(clause, Answered):
        wanted = ANSWER_CODES[clause.answer]
        return value == wanted if clause.holds else value != wanted
    return value == (1 if clause.holds else 0)


def name_of(clause: AnyClause) -> str:
    """The quantity that the clause looks at."""
    if isinstance(clause, Answered):
        return f"answer_{clause.question}"
    return f"fired_{clause.gate}" if isinstance(clause, Fires) else clause.figure


def arguments(alternatives: Alternatives, at: str) -> list[str]:
    """The names of what the clauses read. Raises CatalogueError for a figure that is not a single 0 or 1; at: where."""
    names = []
    for clause in (clause for alternative in alternatives for clause in alternative):
        name = name_of(clause)
        if not isinstance(clause, Answered | Fires):
            known = QUANTITIES.get(name)
            if known is None or (known.over, known.unit) != ((), "0/1"):
                raise CatalogueError(f"{at} reads {name}, which is not a single quantity that is 0 or 1")
        names.append(name)
    return names


def quantity_of(
    formula: Callable[[Values], Any], name: str, over: tuple[str, ...], label: str, about: str, reads: Iterable[str]
) -> Quantity:
    """A formula of values by name as a quantity that is 0 or 1, whose function takes them like one that is written out."""
    names = tuple(dict.fromkeys(reads))

    def function(*values: Any, **named: Any) -> Any:
        return formula(dict(zip(names, values, strict=False)) | named)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = about
    function.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(one, inspect.Parameter.POSITIONAL_OR_KEYWORD) for one in names]
    )
    return Quantity(name, over, "0/1", label, function)
