"""Calling a plain NumPy function with symbols instead of arrays, so that it returns its own Excel formula.

A symbol implements NumPy's dispatch protocols. Whatever has no native form that every engine shares is refused
(`Untraceable`), as is a symbol's truth value, so that a branch on data can never be taken silently while tracing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from calc.native import (
    beta_quantile,
    calendar_month,
    calendar_year,
    count_given,
    month_later,
    normal_chance,
    normal_quantile,
    percentile,
    power,
    rounded,
    sum_given,
)
from workbook.write.formula.expression import (
    ATOM,
    Expression,
    Untraceable,
    call,
    indexed,
    literal,
    negative,
    operation,
    stacked,
)

OPERATORS = {
    np.add: "+",
    np.subtract: "-",
    np.multiply: "*",
    np.true_divide: "/",
    np.power: "^",
    np.equal: "=",
    np.not_equal: "<>",
    np.less: "<",
    np.less_equal: "<=",
    np.greater: ">",
    np.greater_equal: ">=",
}
FUNCTIONS = {np.maximum: "MAX", np.minimum: "MIN", np.absolute: "ABS", np.floor: "INT", np.mod: "MOD",
             np.sqrt: "SQRT"}  # fmt: skip
REDUCTIONS = {np.fmax: "MAX", np.fmin: "MIN", np.maximum: "MAX", np.minimum: "MIN"}


class Symbol(NDArrayOperatorsMixin):
    """Stands for a cell or a range while a formula is traced."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression

    def __bool__(self) -> bool:
        raise Untraceable("a formula may not branch on a value in Python; use np.where")

    def __float__(self) -> float:
        raise Untraceable("a cell has no value while its formula is traced")

    __int__ = __index__ = __complex__ = __float__

    def __str__(self) -> str:
        raise Untraceable("a cell has no text while its formula is traced; join texts with `joined`")

    def __format__(self, pattern: str) -> str:
        return str(self)

    def __iter__(self) -> Any:
        raise Untraceable("a range is not gone through cell by cell; sum it or search it")

    __len__ = __iter__

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Symbol | np.ndarray:
        if any(isinstance(value, np.ndarray) for value in inputs):
            return _elementwise(ufunc, method, inputs)
        operands = [expression_of(value) for value in inputs]
        if method == "reduce" and ufunc in REDUCTIONS:
            return Symbol(_over_range(REDUCTIONS[ufunc], operands[0], options))
        if method != "__call__" or options:
            raise Untraceable(f"{ufunc.__name__}.{method} with {sorted(options)} has no Excel form here")
        if ufunc in OPERATORS:
            return Symbol(operation(OPERATORS[ufunc], *operands))
        if ufunc is np.negative:
            return Symbol(negative(operands[0]))
        if ufunc is np.isnan:
            return Symbol(operation("=", operands[0], literal("")))
        if any(operand.is_array for operand in operands):
            raise Untraceable(f"{ufunc.__name__} over a range cannot stand in a SUMPRODUCT")
        if ufunc in FUNCTIONS:
            return Symbol(_function(FUNCTIONS[ufunc], operands))
        if ufunc is np.ceil:
            return Symbol(negative(call("INT", negative(operands[0]))))
        raise Untraceable(f"{ufunc.__name__} has no Excel form here")

    def __array_function__(self, function: Callable, types: Any, arguments: tuple, options: Mapping) -> Symbol:
        if function not in TRACED:
            raise Untraceable(f"{function.__name__} has no Excel form here")
        return Symbol(TRACED[function](*arguments, **options))


def _function(name: str, operands: list[Expression]) -> Expression:
    """A function of these; the smallest of a smallest and one more is the smallest of all of them."""
    first, *others = operands
    if name in ("MIN", "MAX") and first.pieces[0] == f"{name}(" and first.binding == ATOM:
        return replace(first, pieces=(*first.pieces[:-1], *(p for other in others for p in (",", *other.pieces)), ")"))
    return call(name, *operands)


def traced(function: Callable, arguments: Mapping[str, Expression]) -> Expression:
    """The Excel expression that the function writes for arguments that stand for cells and ranges."""
    return _checked(function, function(**{name: Symbol(expression) for name, expression in arguments.items()}))


def written(function: Callable, arguments: Mapping[str, Any]) -> Expression:
    """The same where some arguments are known: numbers, arrays of numbers, or lists of expressions for single cells.

    Known values are calculated while tracing, so that a sum over many elements is written as the terms that remain.
    """
    result = function(**{name: _symbolic(value) for name, value in arguments.items()})
    if isinstance(result, np.ndarray):
        result = result.item()
    return literal(result) if isinstance(result, int | float) else _checked(function, result)


def _symbolic(value: Any) -> Any:
    """An expression as a symbol, a list of expressions as an array of symbols; a known value unchanged."""
    if isinstance(value, Expression):
        return Symbol(value)
    if not isinstance(value, list):
        return value
    symbols = np.empty(len(value), dtype=object)
    symbols[:] = [Symbol(expression) for expression in value]
    return symbols


def _checked(function: Callable, result: Any) -> Expression:
    if not isinstance(result, Symbol):
        raise Untraceable(f"{function.__name__} gives {result!r}, a constant, where a formula was asked for")
    if result.expression.is_array:
        raise Untraceable(f"{function.__name__} leaves a range unreduced")
    if result.expression.comparison:
        raise Untraceable(f"{function.__name__} gives true or false; use np.where(..., 1, 0)")
    return result.expression


def _elementwise(ufunc: np.ufunc, method: str, inputs: tuple) -> np.ndarray:
    """An operation of a symbol with an array of symbols or numbers, element by element."""
    if method != "__call__":
        raise Untraceable(f"{ufunc.__name__}.{method} over known and unknown values")
    arrays = []
    for value in inputs:
        array = np.empty((), dtype=object)
        array[()] = value
        arrays.append(value.astype(object) if isinstance(value, np.ndarray) else array)
    return np.frompyfunc(ufunc, len(arrays), 1)(*arrays)


def expression_of(value: Any) -> Expression:
    if isinstance(value, Symbol):
        return value.expression
    if isinstance(value, str | int | float | np.number):
        return literal(value)
    raise Untraceable(f"{type(value).__name__} cannot stand in a formula")


def _single(value: Any) -> Expression:
    expression = expression_of(value)
    if expression.is_array:
        raise Untraceable("a function of single values over a range")
    return expression


def _over_range(name: str, expression: Expression, options: Mapping) -> Expression:
    if options.get("axis") != -1 or expression.kind != "range":
        raise Untraceable(f"{name} takes one range along the last axis")
    return call(name, expression)


def _where(condition: Any, chosen: Any, otherwise: Any) -> Expression:
    known = expression_of(condition).pieces
    if known in (("0",), ("1",)):
        return _single(chosen if known == ("1",) else otherwise)
    if _single(chosen).is_literal and _single(chosen).pieces == _single(otherwise).pieces:
        return _single(chosen)
    return call("IF", _single(condition), _single(chosen), _single(otherwise))


def _sum(values: Any, axis: int, keepdims: bool = False) -> Expression:
    expression = expression_of(values)
    if axis != -1 or not expression.is_array:
        raise Untraceable("a sum runs over a range along the last axis")
    if expression.kind == "range":
        return call("SUM", expression)
    if expression.comparison:
        expression = operation("*", expression, literal(1))
    return call("SUMPRODUCT", expression)


def _sum_over_given(values: Any, axis: int, keepdims: bool = False) -> Expression:
    return _over_range("SUM", expression_of(values), {"axis": axis})


def _max(values: Any, axis: int, keepdims: bool = False) -> Expression:
    return _over_range("MAX", expression_of(values), {"axis": axis})


def _argmax(values: Any, axis: int, keepdims: bool = False) -> Expression:
    expression = expression_of(values)
    if axis != -1 or expression.compared is None:
        raise Untraceable("argmax is known only as argmax(range == value), which becomes MATCH")
    searched, value = sorted(expression.compared, key=lambda side: not side.is_array)
    if searched.kind != "range" or value.is_array:
        raise Untraceable("argmax is known only as argmax(range == value), which becomes MATCH")
    return operation("-", call("MATCH", value, searched, literal(0)), literal(1))


def _power(base: Any, exponent: Any) -> Expression:
    return operation("^", expression_of(base), expression_of(exponent))


def _rounded(value: Any, digits: int) -> Expression:
    return call("ROUND", _single(value), literal(digits))


def _clip(value: Any, low: Any, high: Any) -> Expression:
    return call("MIN", _single(high), call("MAX", _single(low), _single(value)))


def _choose(index: Any, choices: list) -> Expression:
    one_based = operation("+", _single(index), literal(1))
    return call("CHOOSE", one_based, *(_single(choice) for choice in choices))


def _take(values: Any, index: Any, axis: int) -> Expression:
    expression = expression_of(values)
    if expression.kind != "range" or axis != -1:
        raise Untraceable("take picks from one range along the last axis")
    return indexed(expression, operation("+", _single(index), literal(1)))


def _percentile(values: Any, share: Any) -> Expression:
    expression = expression_of(values)
    if expression.kind != "range":
        raise Untraceable("a percentile is of one range")
    return call("PERCENTILE", expression, _single(share))


def _sum_given(*values: Any) -> Expression:
    return call("SUM", *stacked([_single(value) for value in values]))


def _count_given(*values: Any) -> Expression:
    return call("COUNT", *stacked([_single(value) for value in values]))


def _month_later(day: Any, months: Any) -> Expression:
    return call("EDATE", _single(day), _single(months))


def _calendar_month(day: Any) -> Expression:
    return call("MONTH", _single(day))


def _calendar_year(day: Any) -> Expression:
    return call("YEAR", _single(day))


def _beta_quantile(*arguments: Any) -> Expression:
    return call("_xlfn.BETA.INV", *(_single(argument) for argument in arguments))


def _normal_quantile(chance: Any) -> Expression:
    return call("_xlfn.NORM.S.INV", _single(chance))


def _normal_chance(z: Any) -> Expression:
    return call("_xlfn.NORM.S.DIST", _single(z), literal(1))


TRACED: dict[Callable, Callable[..., Expression]] = {
    np.where: _where,
    np.sum: _sum,
    np.nansum: _sum_over_given,
    np.max: _max,
    np.argmax: _argmax,
    rounded: _rounded,
    power: _power,
    np.clip: _clip,
    np.choose: _choose,
    np.take_along_axis: _take,
    percentile: _percentile,
    beta_quantile: _beta_quantile,
    sum_given: _sum_given,
    count_given: _count_given,
    normal_quantile: _normal_quantile,
    normal_chance: _normal_chance,
    month_later: _month_later,
    calendar_month: _calendar_month,
    calendar_year: _calendar_year,
}
