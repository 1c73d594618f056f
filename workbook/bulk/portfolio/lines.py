"""Portfolios as JSON Lines: an object a line, its keys dotted names or the nested form of a scenario file, or both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calc.scenario.faults import Fault, short, shown
from calc.scenario.text import Pairs, from_json, twice
from workbook.bulk.portfolio.columns import ID
from workbook.bulk.portfolio.raw_row import Row
from workbook.bulk.portfolio.source import Source

LONGEST_LINE = 1_000_000
FORM = 'an object such as {"project.name": "Checkout rescue", "project.start": "2026-12-01"}'


def rows(source: Source) -> Iterator[Row]:
    """Every row; empty lines are passed over."""
    with source.text() as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                fault = Fault("the row", f"more than {LONGEST_LINE:,} characters", f"at most {LONGEST_LINE:,}")
                while line and not line.endswith("\n"):
                    line = file.readline(LONGEST_LINE)
                yield Row(f"line {number}", None, None, (fault,))
            elif line.strip():
                yield _row(f"line {number}", line)


def _row(place: str, line: str) -> Row:
    faults: list[Fault] = []

    def table(pairs: Pairs) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            again = twice([name for name, _ in pairs])
            faults.extend(Fault(short(name), "is given twice", "", "each field once") for name in again)
        return made

    try:
        found = from_json(line, table)
    except ValueError as error:
        return Row(place, None, None, (Fault("the row", f"no valid JSON: {error}", FORM),))
    if not isinstance(found, dict):
        fault = Fault("the row", shown(found) if not isinstance(found, list) else "a list", FORM)
        return Row(place, None, None, (fault,))
    return Row(place, found.get(ID), found, tuple(faults))
