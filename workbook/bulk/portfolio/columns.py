"""Turns columns with dotted names into the nested form of a scenario, and the text of a cell into a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from calc.scenario import Fault, Refused, scenario
from calc.scenario.faults import problem, short, shown
from calc.scenario.schema import ESTIMATES, FIELDS
from calc.scenario.text import from_json, twice
from calc.text.suggestion import near
from workbook.bulk.portfolio.numbers import number

ID = "id"
ENDS = ("low", "likely", "high")
MOST_COLUMNS, DEEPEST = 1_000, 8
RANGES = frozenset(f"{section}.{name}" for name, section in ESTIMATES.items())


def is_text(column: str) -> bool:
    """Whether the column holds text, which is kept unchanged; in other columns, text that looks like a number becomes one."""
    if column in FIELDS:
        return not FIELDS[column].is_number
    return column == ID or column.startswith("answers.") or column.endswith(".label")


def value_of(column: str, text: str) -> Any:
    """The value of a cell of text: None if it is empty; a list or table if it is written as JSON."""
    if is_text(column):
        return text or None
    text = text.strip()
    if (as_number := number(text)) is not None:
        return as_number
    if text[:1] in ("[", "{"):
        try:
            return from_json(text, dict)
        except ValueError:
            return text
    return text or None


def nested(fields: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The nested form of the scenario, without empty fields, and a fault for every duplicated field."""
    data, faults = joined(fields)
    for name in RANGES:
        section, _, field = name.partition(".")
        ends = data[section].get(field) if isinstance(data.get(section), dict) else None
        if isinstance(ends, dict) and "likely" in ends and set(ends) <= set(ENDS):
            data[section][field] = [ends.get(end, ends["likely"]) for end in ENDS]
    return data, faults


def joined(fields: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The same, with every range as a table of its ends. If `x.low` or `x.high` is given, a plain x is the likely value."""
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    given = {name: value for name, value in fields.items() if value is not None and name != ID}
    tables = {name.rpartition(".")[0] for name in given}
    for name, value in given.items():
        likely = name in tables and not isinstance(value, dict) and may_be_range(name)
        if _put(data, f"{name}.likely" if likely else name, value):
            continue
        if "." not in name and not isinstance(value, dict):
            faults.append(Fault(short(name), shown(value), "a section with fields of its own"))
        elif isinstance(data.get(name.partition(".")[0]), dict):
            faults.append(problem(short(name), "duplicated", "give each field once"))
    return data, faults


def may_be_range(name: str) -> bool:
    """Whether a field takes low, likely and high: an estimate, or the override of a parameter."""
    return name in RANGES or (name.startswith("overrides.") and name.count(".") == 2)


def _put(data: dict[str, Any], name: str, value: Any) -> bool:
    """Set the value under its dotted name; tables are joined, but no value is overwritten: returns False instead."""
    *tables, last = name.split(".")
    for table in tables[:DEEPEST]:
        data = data.setdefault(table, {})
        if not isinstance(data, dict):
            return False
    if isinstance(value, dict) and len(tables) < DEEPEST:
        inner = data.setdefault(last, {})
        return isinstance(inner, dict) and all(_put(inner, str(key), item) for key, item in value.items())
    if last in data:
        return False
    data[last] = value
    return True


def check_columns(where: str, columns: Sequence[str]) -> None:
    """Raise Refused with every fault of the column names: unknown, duplicated, empty or missing."""
    faults = [
        problem(f"column {at}", "has no name", "name it after a field, for example work.core_hours")
        for at, name in enumerate(columns, 1)
        if not name
    ]
    if len(columns) > MOST_COLUMNS:
        faults.append(Fault("the first row", f"{len(columns):,} columns", f"at most {MOST_COLUMNS:,}"))
    duplicated = twice([name for name in columns if name])
    faults += [problem(f"column {short(name)}", "duplicated", "give each column once") for name in duplicated]
    known = [name for name in columns[:MOST_COLUMNS] if name and name != ID]
    faults += _unknown(known)
    missing = [field for field in FIELDS.values() if field.is_required and field.dotted not in known]
    faults += [
        problem(f"column {field.dotted}", "missing", f"it holds {field.allowed()}, for example {field.example}")
        for field in missing
    ]
    if faults:
        raise Refused(where, faults)


def _unknown(columns: list[str]) -> list[Fault]:
    """A fault for every column that no scenario has, whatever its values."""
    faults = []
    for name in columns:
        *_, base, last = ["", *name.rsplit(".", 1)]
        if "." not in name:
            like = near(name, [field.name for field in FIELDS.values()])
            full = next((field.dotted for field in FIELDS.values() if like and field.name == like), "")
            hint = f"did you mean: {full}?" if full else "columns are named like project.name, or id"
            faults.append(problem(f"column {short(name)}", "unknown field", hint))
        elif name.count(".") >= (2 if base in RANGES else 3) and not name.startswith("paths.") and last not in ENDS:
            faults.append(problem(f"column {short(name)}", "unknown end of a range", "known: low, likely, high"))
        else:
            faults += [replace(fault, field=f"column {fault.field}") for fault in _refusals(name) if not fault.allowed]
    return faults


def _refusals(name: str) -> Sequence[Fault]:
    """The faults of a scenario with nothing but this field."""
    data, _ = nested({name: "?"})
    try:
        scenario(data)
    except Refused as refused:
        return refused.faults
    return ()
