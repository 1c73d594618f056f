"""Reads JSON Lines: one object per line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calc.scenario.faults import Fault, problem, short, shown
from calc.scenario.text import Pairs, from_json, twice
from workbook.table.form import ID, Form
from workbook.table.raw_row import RawRow
from workbook.table.source import Source

LONGEST_LINE = 1_000_000


def rows(source: Source, form: Form) -> Iterator[RawRow]:
    """Every row; empty lines are skipped."""
    with source.text() as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                fault = Fault("the row", f"more than {LONGEST_LINE:,} characters", f"at most {LONGEST_LINE:,}")
                while line and not line.endswith("\n"):
                    line = file.readline(LONGEST_LINE)
                yield RawRow(f"line {number}", None, None, (fault,))
            elif line.strip():
                yield _row(f"line {number}", line, form)


def _row(place: str, line: str, form: Form) -> RawRow:
    faults: list[Fault] = []
    wanted = f"an object such as {form.line}"

    def table(pairs: Pairs) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            duplicated = twice([name for name, _ in pairs])
            faults.extend(problem(short(name), "duplicated", "give each field once") for name in duplicated)
        return fields

    try:
        value = from_json(line, table)
    except ValueError as error:
        return RawRow(place, None, None, (problem("the row", f"invalid JSON: {error}", f"write {wanted}"),))
    if not isinstance(value, dict):
        fault = Fault("the row", shown(value) if not isinstance(value, list) else "a list", wanted)
        return RawRow(place, None, None, (fault,))
    if not form.flat:
        return RawRow(place, value.get(ID), value, tuple(faults))
    row = form.row(value)
    for name, given in value.items():
        row.read(name, given)
    return RawRow(place, value.get(ID), row.fields, (*faults, *row.faults), tuple(row.notes))
