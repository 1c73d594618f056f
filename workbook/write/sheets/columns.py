"""Workings as tables: one row per element of a dimension, one column per quantity, in the order in which they follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from calc import catalogue
from calc.graph import Node
from calc.inputs import INPUTS
from calc.quantity import QUANTITIES
from calc.scenario.schema import ESTIMATES, FIELDS, SCALARS
from calc.structure import COLUMNS, RELATIONS
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets.heading import format_of, unit_cell


def in_order(book: Book, keep: Callable[[Node], bool]) -> list[str]:
    """The keys of all nodes of the book's values that are to be kept, each after the nodes that it reads."""
    return [node.key for node in book.nodes if keep(node)]


def head_of(book: Book, key: str) -> tuple[str, str, str]:
    """Label, unit and id of a node, as they head its column."""
    name, _, relation = key.partition("@")
    if key in QUANTITIES:
        return QUANTITIES[key].label, QUANTITIES[key].unit, key
    if key in catalogue.settings():
        return catalogue.settings()[key].label, catalogue.settings()[key].unit, key
    if section := SCALARS.get(key) or ESTIMATES.get(key):
        field = FIELDS[f"{section}.{key}"]
        return field.label, field.unit, key
    if relation:
        label, unit = parameter_label(name) if name in book.graph.parameters else head_of(book, name)[:2]
        return label + RELATIONS[relation].label, unit, name
    known = COLUMNS.get(name) or INPUTS[name]
    return known.label, known.unit, name


def parameter_label(name: str) -> tuple[str, str]:
    parameter = next(row for _, known, row in catalogue.parameter_rows() if known == name)
    return parameter.label, parameter.unit


def table(book: Book, sheet: str, top: int, left: int, dimension: str, keys: Iterable[str]) -> int:
    """Columns of quantities under their labels, units and ids; returns the column after the last.

    A scalar takes a column too, with its one value in the first row, so that everything reads from left to right.
    """
    sheet_cells = book.sheets[sheet]
    column = left
    for key in keys:
        unit = headed(book, sheet, top, column, key)
        if "@" in key:
            book.headers[key] = (top + 2, column)
        node = book.node(key)
        home = Home(sheet, top + 3, column, down=dimension if node.over else None)
        static = node.kind == "input"
        format = "flag" if static and unit in ("0/1", "number") else format_of(unit)
        if static:
            # What a scenario gives is recorded here; what it does not change is fixed.
            book.inputs(key, home, "record" if key in INPUTS else "fixed", format)
        else:
            book.place(key, home, "calc", format)
        column += 1
    sheet_cells.heights[top] = 42
    return column


def headed(book: Book, sheet: str, top: int, column: int, key: str) -> str:
    """The label, unit and id above a column; returns the unit."""
    label, unit, name = head_of(book, key)
    cells = book.sheets[sheet]
    cells.put(top, column, label, "head")
    unit_cell(book, sheet, top + 1, column, unit, "unit_centred")
    cells.put(top + 2, column, name, "id")
    cells.widths.setdefault(column, 12)
    return unit


def shown(book: Book, sheet: str, top: int, left: int, keys: Iterable[str]) -> int:
    """The single numbers of sheets before this one that the columns of a table read, each in a column; returns the next.

    A formula that reads them here names no other sheet, and is written once for all of its column.
    """
    singles = singles_of(book, sheet, keys)
    for column, key in enumerate(singles, left):
        headed(book, sheet, top, column, key)
        book.show(key, Home(sheet, top + 3, column))
    return left + len(singles)


def singles_of(book: Book, sheet: str, keys: Iterable[str]) -> list[str]:
    """The single numbers of sheets before this one that these quantities read and that are not shown on it yet."""
    reads = dict.fromkeys(argument.node for key in keys for argument in book.node(key).arguments)
    return [key for key in reads if not book.node(key).over and book.lives_elsewhere(key, sheet)]
