"""A sheet picks, joins and shows; what it calculates with is a function of `calc`.

The formula of a cell is traced from a function. Where that function is written in a sheet, it may choose by comparing, pick
from a list by a position, and put texts together. Everything else stands in `calc`, with a name, a docstring and its
tests, so that the command, Excel's functions and JSON can call it.
"""

import dis
import sys
from pathlib import Path

import numpy as np
import pytest

from calc.reductions import occurrences, picked, summed
from calc.scenario import from_text
from workbook.write import build
from workbook.write.formula import tracing
from workbook.write.formula.text import formatted, joined

EXAMPLE = Path(__file__).parents[2] / "build" / "examples" / "regulated_product.toml"
CHOOSES = {"np", "where", "choose", "isnan", "nan", "whole"}
PICKS = {"picked", "picked_or", "position"}
JOINS = {"joined", "formatted", "amount", "same_text"}
OPERATORS = ("BINARY_", "UNARY_", "INPLACE_")


def calculated(function):
    """What a function does beside choosing, picking and joining: its operators, and the names that it calls."""
    operations = []
    for step in dis.get_instructions(function):
        if step.opname.startswith(OPERATORS) and step.opname != "BINARY_SUBSCR":
            operations.append(step.argrepr or step.opname)
        elif step.opname.startswith(("LOAD_GLOBAL", "LOAD_ATTR", "LOAD_METHOD", "LOAD_NAME")):
            name, meant = step.argval, function.__globals__.get(step.argval)
            if getattr(meant, "__module__", None) == function.__module__:
                operations += calculated(meant)
            elif name not in CHOOSES | PICKS | JOINS and not isinstance(meant, str | int | float):
                operations.append(name)
    return operations


@pytest.fixture
def traced_functions(monkeypatch):
    """Every function that a cell's formula is traced from, once a workbook has been laid out."""
    functions = {}
    for name in ("traced", "written"):
        own = getattr(tracing, name)

        def noted(function, arguments, own=own):
            functions[function.__module__, function.__qualname__] = function
            return own(function, arguments)

        for module in list(sys.modules.values()):
            if getattr(module, name, None) is own:
                monkeypatch.setattr(module, name, noted)
    # Nothing is traced where a layout is ready.
    build.book([from_text(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)], 0, is_usual=False).finish()
    return functions


def test_a_sheet_picks_joins_and_shows_and_calculates_nothing(traced_functions):
    of_sheets = {at: function for at, function in traced_functions.items() if at[0].startswith("workbook.")}
    assert len(of_sheets) > 30
    assert {at: operations for at, function in of_sheets.items() if (operations := calculated(function))} == {}


def test_whatever_else_a_formula_is_traced_from_has_a_docstring(traced_functions):
    of_calc = [function for (module, _), function in traced_functions.items() if module.startswith("calc.")]
    assert len(of_calc) > 100
    assert [function.__name__ for function in of_calc if not function.__doc__] == []


@pytest.mark.parametrize(
    ("function", "operations"),
    [
        (lambda one, other: one - other, ["-"]),
        (lambda one: -one, ["UNARY_NEGATIVE"]),
        (lambda flags: summed(flags), ["summed"]),
        (lambda words: occurrences("yes", words), ["occurrences"]),
        (lambda one: np.maximum(one, 1), ["maximum"]),
        (lambda one: np.where(one > 0, picked(one, 1), -1), []),
        (lambda one: joined("about ", formatted(one, "0")), []),
    ],
)
def test_arithmetic_is_found_and_a_sentence_is_not(function, operations):
    assert calculated(function) == operations
