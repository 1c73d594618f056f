"""Portfolios as JSON Lines: an object a line, its keys dotted names or the nested form of a scenario file, or both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calc.scenario.faults import Fault, shown
from workbook.portfolio.fields import ID

LONGEST_LINE = 1_000_000
FORM = 'an object such as {"project.name": "Checkout rescue", "project.start": "2026-12-01"}'


def rows(path: Path) -> Iterator[tuple[str, Any, dict[str, Any], list[Fault]]]:
    """Place in the file, id, fields and faults of every row; empty lines are passed over."""
    with path.open(encoding="utf-8-sig") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                faults = [Fault("the row", f"more than {LONGEST_LINE:,} characters", f"at most {LONGEST_LINE:,}")]
                while line and not line.endswith("\n"):
                    line = file.readline(LONGEST_LINE)
                yield f"line {number}", None, {}, faults
            elif line.strip():
                yield f"line {number}", *_row(line)


def _row(line: str) -> tuple[Any, dict[str, Any], list[Fault]]:
    faults: list[Fault] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _ in pairs]
            twice = dict.fromkeys(name for name in names if names.count(name) > 1)
            faults.extend(Fault(name, "given twice", "each field once") for name in twice)
        return made

    try:
        found = json.loads(line, object_pairs_hook=table, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return None, {}, [Fault("the row", f"no valid JSON: {error}", FORM)]
    if not isinstance(found, dict):
        return None, {}, [Fault("the row", shown(found) if not isinstance(found, list) else "a list", FORM)]
    return found.get(ID), found, faults


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")
