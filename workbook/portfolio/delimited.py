"""Portfolios as CSV: UTF-8, with commas, semicolons or tabs between the cells, and a first row of column names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calc.scenario.faults import Fault, Refused
from workbook.portfolio.fields import ID, check_columns, value_of

# What a spreadsheet may hold in one cell, and some.
LONGEST_CELL = 100_000
DELIMITERS = ",;\t"
Row = tuple[str, Any, dict[str, Any], list[Fault]]


def rows(path: Path) -> Iterator[Row]:
    """Place in the file, id, fields and faults of every row; lines without anything are passed over."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline(LONGEST_CELL)
        file.seek(0)
        reader = csv.reader(file, delimiter=max(DELIMITERS, key=head.count), strict=True)
        columns = [name.strip() for name in _next(reader, str(path)) or []]
        if not any(columns):
            raise Refused(
                str(path), [Fault("the whole file", "no column names", "a first row such as id,project.name")]
            )
        check_columns(str(path), columns)
        while (cells := _next(reader)) is not None:
            if isinstance(cells, Fault):
                yield f"line {reader.line_num}", None, {}, [cells]
                return
            if any(cells):
                yield f"line {reader.line_num}", *_row(columns, cells)


def _next(reader: Any, where: str = "") -> list[str] | Fault | None:
    """The cells of the next row; None at the end; a fault where the file is no longer CSV."""
    try:
        return next(reader, None)
    except csv.Error as error:
        fault = Fault("the rest of the file", f"no valid CSV: {error}", "cells in pairs of quotes")
        if where:
            raise Refused(where, [fault]) from None
        return fault


def _row(columns: list[str], cells: list[str]) -> tuple[Any, dict[str, Any], list[Fault]]:
    faults = []
    if len(cells) != len(columns):
        allowed = f"{len(columns)}, as many as there are column names; a comma within a cell needs quotes around it"
        faults.append(Fault("the row", f"{len(cells)} cells", allowed))
    fields = {name: value_of(name, text) for name, text in zip(columns, cells, strict=False)}
    return fields.get(ID), fields, faults
