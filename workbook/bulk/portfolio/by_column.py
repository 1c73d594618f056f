"""Faults that a scenario has, told of the columns of its row: of the end of a range, not of a table that nobody wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from calc.scenario.faults import Fault, shown
from workbook.bulk.portfolio.columns import ENDS, joined, may_be_range


def by_column(fields: Mapping[str, Any], faults: Sequence[Fault], known: Sequence[Fault]) -> list[Fault]:
    """The faults of a scenario, without those of fields whose column is known to be wrong. fields: those of the row."""
    data, _ = joined(fields)
    found: list[Fault] = []
    for fault in faults:
        ends = _at(data, fault.field)
        if may_be_range(fault.field) and isinstance(ends, dict) and set(ends) <= set(ENDS):
            found += _of_ends(fields, fault, ends)
        else:
            found.append(fault)
    # Of a cell in a spreadsheet, the place follows the column.
    wrong = {fault.field.partition(" ")[0] for fault in known}
    return [fault for fault in found if not wrong.intersection((fault.field, *_ends(fault.field)))]


def _at(data: Any, field: str) -> Any:
    for name in field.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _of_ends(fields: Mapping[str, Any], fault: Fault, ends: Mapping[str, Any]) -> list[Fault]:
    """The fault of a range as one of each end that is missing or no number; of all together where all are numbers."""
    wrong = {end: shown(value) for end, value in ends.items() if isinstance(value, bool | str | dict | list)}
    if "likely" not in ends:
        wrong["likely"] = f"nothing, with {_listed(ends)} given"
    if not wrong:
        return [Fault(fault.field, _listed(ends), fault.allowed, fault.example)]
    allowed = fault.allowed.partition(", or ")[0]
    return [Fault(_column(fields, fault.field, end), said, allowed, fault.example) for end, said in wrong.items()]


def _column(fields: Mapping[str, Any], field: str, end: str) -> str:
    """The column of an end: a plain one is that of the likely value."""
    is_plain = end == "likely" and f"{field}.likely" not in fields and field in fields
    return field if is_plain and not isinstance(fields[field], dict) else f"{field}.{end}"


def _listed(ends: Mapping[str, Any]) -> str:
    return ", ".join(f"{end} {shown(ends[end])}" for end in ENDS if end in ends)


def _ends(field: str) -> list[str]:
    return [f"{field}.{end}" for end in ENDS]
