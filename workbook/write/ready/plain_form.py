"""Formulas of a layout as plain data that JSON holds, and back: what `Book.once` remembers of the first book."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from sys import intern
from typing import Any

from workbook.write.formula.expression import Expression, Home, Reference
from workbook.write.sheets.trial_formulas import TrialRows, Written
from workbook.write.sheets.trials import Places


def plain(formulas: Mapping[Hashable, Any]) -> dict[str, list]:
    """Plain data of what was remembered: key -> formula, whether it may be shared, both for the cells of a quantity,
    an expression, or the trials' places."""
    made: dict[str, list] = {"values": [], "cells": [], "expressions": [], "places": []}
    for key, value in formulas.items():
        if isinstance(value, Places):
            made["places"].append([key, _plain_places(value)])
        elif isinstance(value, Expression):
            made["expressions"].append([key, _plain_expression(value)])
        elif isinstance(key, tuple) and isinstance(key[1], int) and isinstance(value, str):
            made["cells"].append([*key, value])
        elif isinstance(value, str | bool | tuple):
            made["values"].append([key, value])
        else:
            raise TypeError(f"{key} is remembered as {type(value).__name__}, which is no plain data")
    return made


def formulas_of(data: Mapping[str, list]) -> dict[Hashable, Any]:
    """What was remembered, from its plain data."""
    # JSON makes a text of its own for each time that it has the name of a sheet.
    made: dict[Hashable, Any] = {(intern(sheet), row, column): text for sheet, row, column, text in data["cells"]}
    made |= {_key(key): value for key, value in data["values"]}
    made |= {_key(key): _expression(value) for key, value in data["expressions"]}
    return made | {_key(key): _places(value) for key, value in data["places"]}


def _key(key: Any) -> Hashable:
    return tuple(_key(part) for part in key) if isinstance(key, list) else key


def _plain_expression(expression: Expression) -> list:
    """What printing it needs: from what it may still be folded or compared, nobody asks once it stands in its cell."""
    pieces = [piece if isinstance(piece, str) else _plain_reference(piece) for piece in expression.pieces]
    return [pieces, expression.binding, expression.kind, expression.comparison]


def _expression(data: list) -> Expression:
    pieces, binding, kind, comparison = data
    return Expression(
        tuple(piece if isinstance(piece, str) else _reference(piece) for piece in pieces), binding, kind, comparison
    )


def _plain_reference(ref: Reference) -> list:
    return [tuple(ref.home), ref.sheet, ref.length, ref.collapsed, ref.fixed]


def _reference(data: list) -> Reference:
    home, sheet, length, collapsed, fixed = data
    return Reference(Home(*home), sheet, length, collapsed, tuple((dimension, at) for dimension, at in fixed))


def _plain_places(places: Places) -> dict[str, Any]:
    rows = places.formulas
    return {
        "figures": places.figures,
        "first": [places.scope, places.all, places.lowest, places.eligible],
        "written": [[each.key, each.at, each.row, _plain_expression(each.formula)] for each in rows.written],
        "same": [[*place, row] for place, row in rows.same.items()],
        "rows": [[*place, row] for place, row in rows.rows.items()],
        "scope": [_plain_expression(formula) for formula in rows.scope],
    }


def _places(data: Mapping[str, Any]) -> Places:
    rows = TrialRows(
        tuple(Written(key, at, row, _expression(formula)) for key, at, row, formula in data["written"]),
        {(key, at): row for key, at, row in data["same"]},
        {(key, at): row for key, at, row in data["rows"]},
        tuple(_expression(formula) for formula in data["scope"]),
        data["first"][0],
    )
    return Places(data["figures"], rows, *data["first"])
