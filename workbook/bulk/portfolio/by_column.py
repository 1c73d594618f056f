"""Translates the faults of a scenario to the columns of its row: to one end of a range, not to a table nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from calc.scenario.faults import Fault, shown
from calc.scenario.refusals import NOT_IN_ORDER
from calc.scenario.schema import ENDS
from workbook.bulk.portfolio.columns import QUOTES, joined, may_be_range, parts_of

QUOTE = re.compile(rf"{QUOTES}\[([0-9]+)\]")


def by_column(fields: Mapping[str, Any], faults: Sequence[Fault], known: Sequence[Fault]) -> list[Fault]:
    """The faults of a scenario by column, except those of columns that are known to be wrong. fields: of the row."""
    data, _ = joined(fields)
    translated: list[Fault] = []
    for fault in (_of_vendor(fault, data) for fault in faults):
        ends = _at(data, fault.field)
        if fault.allowed and may_be_range(fault.field) and isinstance(ends, dict) and set(ends) <= set(ENDS):
            translated += _of_ends(fields, fault, ends)
        else:
            translated.append(fault)
    wrong = {of_column(fault) for fault in known}
    return [fault for fault in translated if not wrong.intersection((fault.field, *_ends(fault.field)))]


def of_column(fault: Fault) -> str:
    """The column of a fault of a cell: in a spreadsheet, the cell follows it."""
    return fault.field.partition(" (cell ")[0]


def _of_vendor(fault: Fault, data: Mapping[str, Any]) -> Fault:
    """A fault of a quote, which a scenario numbers, with the name of its vendor, as its columns have it."""
    quote, quotes = QUOTE.match(fault.field), data.get(QUOTES)
    if quote is None or not isinstance(quotes, dict):
        return fault
    vendor = list(quotes)[int(quote[1]) - 1]
    return replace(fault, field=f"{QUOTES}.{vendor}{fault.field[quote.end() :]}")


def _at(data: Any, field: str) -> Any:
    for name in parts_of(field):
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _of_ends(fields: Mapping[str, Any], fault: Fault, ends: Mapping[str, Any]) -> list[Fault]:
    """The fault of a range as one for each end that is missing or not a number; a single one if all are numbers."""
    wrong = {end: shown(value) for end, value in ends.items() if isinstance(value, bool | str | dict | list)}
    if "likely" not in ends:
        wrong["likely"] = f"nothing, with {_listed(ends)} given"
    if not wrong:
        ending = NOT_IN_ORDER if fault.found.endswith(NOT_IN_ORDER) else ""
        return [Fault(fault.field, _listed(ends) + ending, fault.allowed, fault.example)]
    allowed = fault.allowed.partition(", or ")[0]
    return [Fault(_column(fields, fault.field, end), value, allowed, fault.example) for end, value in wrong.items()]


def _column(fields: Mapping[str, Any], field: str, end: str) -> str:
    """The column of an end; the likely value may stand in the column of the field."""
    is_plain = end == "likely" and f"{field}.likely" not in fields and field in fields
    return field if is_plain and not isinstance(fields[field], dict) else f"{field}.{end}"


def _listed(ends: Mapping[str, Any]) -> str:
    return ", ".join(f"{end} {shown(ends[end])}" for end in ENDS if end in ends)


def _ends(field: str) -> list[str]:
    return [f"{field}.{end}" for end in ENDS]
