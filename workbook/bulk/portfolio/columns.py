"""From columns with dotted names to the nested form of a scenario, and from a cell's text to a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from calc.scenario import Fault, Refused, scenario
from calc.scenario.faults import short, shown
from calc.scenario.schema import ESTIMATES, FIELDS
from calc.scenario.text import from_json, twice
from calc.text.suggestion import near
from workbook.bulk.portfolio.numbers import number

ID = "id"
ENDS = ("low", "likely", "high")
MOST_COLUMNS, DEEPEST = 1_000, 8
RANGES = frozenset(f"{section}.{name}" for name, section in ESTIMATES.items())


def is_text(column: str) -> bool:
    """Whether the column holds text, which is taken as it is; everything else is read as a number where it is one."""
    if column in FIELDS:
        return not FIELDS[column].is_number
    return column == ID or column.startswith("answers.") or column.endswith(".label")


def value_of(column: str, text: str) -> Any:
    """What a cell of text says: None where it is empty; a list or table where it is written as JSON."""
    if is_text(column):
        return text or None
    text = text.strip()
    if (found := number(text)) is not None:
        return found
    if text[:1] in ("[", "{"):
        try:
            return from_json(text, dict)
        except ValueError:
            return text
    return text or None


def nested(fields: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The scenario's nested form, without what is empty, and a fault for every field that is given twice."""
    data, faults = joined(fields)
    for name in RANGES:
        section, _, field = name.partition(".")
        ends = data[section].get(field) if isinstance(data.get(section), dict) else None
        if isinstance(ends, dict) and "likely" in ends and set(ends) <= set(ENDS):
            data[section][field] = [ends.get(end, ends["likely"]) for end in ENDS]
    return data, faults


def joined(fields: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The same with every range as a table of its ends. Where `x.low` or `x.high` is given, a plain x is the likely
    value."""
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
            faults.append(Fault(short(name), "is given twice", "", "each field once"))
    return data, faults


def may_be_range(name: str) -> bool:
    """Whether a field takes low, likely and high: an estimate, or what overrides a parameter."""
    return name in RANGES or (name.startswith("overrides.") and name.count(".") == 2)


def _put(data: dict[str, Any], name: str, value: Any) -> bool:
    """Set the value under its dotted name; nothing is overwritten, but tables are joined."""
    *tables, last = name.split(".")
    for table in tables[:DEEPEST]:
        data = data.setdefault(table, {})
        if not isinstance(data, dict):
            return False
    if isinstance(value, dict) and len(tables) < DEEPEST:
        inner = data.setdefault(last, {})
        return isinstance(inner, dict) and all(_put(inner, str(key), one) for key, one in value.items())
    if last in data:
        return False
    data[last] = value
    return True


def check_columns(where: str, columns: Sequence[str]) -> None:
    """Raise Refused with every fault of the column names: unknown, given twice, empty, or a needed one missing."""
    faults = [
        Fault(f"column {at}", "no name", "a field name", "work.core_hours") for at, n in enumerate(columns, 1) if not n
    ]
    if len(columns) > MOST_COLUMNS:
        faults.append(Fault("the column names", f"{len(columns):,} columns", f"at most {MOST_COLUMNS:,}"))
    again = twice([name for name in columns if name])
    faults += [Fault(f"column {short(name)}", "is given twice", "", "each column once") for name in again]
    known = [name for name in columns[:MOST_COLUMNS] if name and name != ID]
    faults += _unknown(known)
    missing = [field for field in FIELDS.values() if field.is_required and field.dotted not in known]
    faults += [Fault(f"column {field.dotted}", "missing", field.allowed(), field.example) for field in missing]
    if faults:
        raise Refused(where, faults)


def _unknown(columns: list[str]) -> list[Fault]:
    """A fault for every column that no scenario has, whatever stands in it."""
    faults = []
    for name in columns:
        *_, base, last = ["", *name.rsplit(".", 1)]
        if "." not in name:
            like = near(name, [field.name for field in FIELDS.values()])
            full = next((field.dotted for field in FIELDS.values() if like and field.name == like), "")
            hint = f"did you mean: {full}?" if full else "columns are named like project.name, or id"
            faults.append(Fault(f"column {short(name)}", "is no field", "", hint))
        elif name.count(".") >= (2 if base in RANGES else 3) and not name.startswith("paths.") and last not in ENDS:
            faults.append(Fault(f"column {short(name)}", "is no end of a range", "", "known: low, likely, high"))
        else:
            faults += [Fault(f"column {f.field}", f.found, "", f.example) for f in _refusals(name) if not f.allowed]
    return faults


def _refusals(name: str) -> Sequence[Fault]:
    data, _ = nested({name: "?"})
    try:
        scenario(data)
    except Refused as refused:
        return refused.faults
    return ()
