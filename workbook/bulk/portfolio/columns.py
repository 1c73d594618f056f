"""Turns columns with dotted names into the nested form of a scenario, and the text of a cell into a value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from calc.scenario import Fault, Refused, field_fault, scenario
from calc.scenario.faults import problem, short, shown
from calc.scenario.number_text import is_plain, spelled_out
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.quotes import field_of_quote
from calc.scenario.schema import ENDS, ESTIMATES, FIELDS
from calc.scenario.spelled import currency_of, fault_of
from calc.scenario.text import Pairs, from_json, twice
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Asked, asked, is_noted, noted
from calc.text.suggestion import near
from workbook.table import ID, Form

CURRENCY = "project.currency"
TEXT = Asked("text")
# A number within a list, where commas separate them, that can be read in two ways.
AMBIGUOUS_IN_LIST = re.compile(r"(?<![\w.,\"])[1-9]\d{0,2}\.\d{3}(?![\w.])", re.ASCII)
MOST_COLUMNS, DEEPEST = 1_000, 8
RANGES = frozenset(f"{section}.{name}" for name, section in ESTIMATES.items())


class Row:
    """The cells of one row, read one by one. fields: dotted name -> value; faults and notes: on what was found."""

    def __init__(self, currency: object = None) -> None:
        """currency: the cell of the row's currency, None where there is none."""
        self.fields: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self._currency = currency_of({"currency": currency} if currency not in (None, "") else {})

    def read(self, column: str, given: Any, place: str = "", shown_as: str = "", day_zero: int = 0) -> None:
        """Read a cell. place: of the cell, where it is said beside the column; shown_as, day_zero: of its number."""
        if isinstance(given, str) and not given.strip():
            self.fields[column] = (given or None) if is_text(column) else None
            return
        field = asked(column) or (TEXT if is_text(column) else None)
        if field is None or (field.kind == "number" and isinstance(given, str) and given.strip()[:1] in ("[", "{")):
            self.fields[column] = self._other(column, given, place)
            return
        try:
            meant = field.meaning(given, self._currency, shown_as, day_zero)
        except UnclearValueError as unclear:
            self.fields[column] = given
            if unclear.question:
                about = _allowed(column, place, given)
                self.faults.append(fault_of(about, unclear))
            return
        self.fields[column] = int(meant) if isinstance(meant, float) and _is_whole(meant) else meant
        if is_noted(given, meant, shown_as):
            self.notes.append(f"{_named(column, place)}: {noted(given, meant)}")

    def _other(self, column: str, given: Any, place: str) -> Any:
        """What is no single value of a field: a list or table that is written as JSON."""
        if not isinstance(given, str):
            return given
        text = given.strip()
        if is_plain(text):
            return float(text)
        if text[:1] in ("[", "{"):
            if (doubtful := AMBIGUOUS_IN_LIST.search(text)) and not column.startswith(("paths.", f"{QUOTES}.")):
                large, small = doubtful[0].replace(".", ""), spelled_out(doubtful[0])
                unclear = UnclearValueError(shown(text), f"did you mean {large} or {small}?")
                self.faults.append(fault_of(_allowed(column, place, given), unclear))
            try:
                return from_json(text, partial(self._table, _named(column, place)))
            except ValueError:
                return text
        return text or None

    def _table(self, about: str, pairs: Pairs) -> dict[str, Any]:
        """An object of a cell; a key that it has twice is a fault, since JSON itself would keep the last."""
        again = twice([key for key, _ in pairs])
        self.faults += [problem(about, f"the key {short(key)!r} is given twice", "give each key once") for key in again]
        return dict(pairs)


def _is_whole(number: float) -> bool:
    return number.is_integer() and abs(number) < 1e15


def is_text(column: str) -> bool:
    """Whether the column holds text, which is kept unchanged."""
    field = asked(column)
    return field.kind == "text" if field else column == ID or column.endswith(".label")


def _named(column: str, place: str) -> str:
    return f"{column} ({place})" if place else column


def _allowed(column: str, place: str, given: Any) -> Fault:
    """What is allowed in the column, without a range where it holds one end of it."""
    base, _, end = column.rpartition(".")
    dotted = base if end in ENDS and base else column
    if dotted in FIELDS:
        fault = field_fault(dotted, given)
    else:
        faults = _refusals(dotted)
        fault = next((one for one in faults if one.field == dotted), Fault(dotted, "", "a single value"))
    allowed = fault.allowed if dotted == column else fault.allowed.partition(", or ")[0]
    return Fault(_named(column, place), fault.found, allowed, fault.example)


def nested(fields: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The nested form of the scenario, without empty fields, and a fault for every duplicated field."""
    data, faults = joined(fields)
    for name in RANGES:
        section, _, field = name.partition(".")
        ends = data[section].get(field) if isinstance(data.get(section), dict) else None
        if isinstance(ends, dict) and "likely" in ends and set(ends) <= set(ENDS):
            data[section][field] = _three(ends)
    if isinstance(data.get(QUOTES), dict):
        data[QUOTES] = [_quote(vendor, fields) for vendor, fields in data[QUOTES].items()]
    return data, faults


def _three(ends: dict[str, Any]) -> Any:
    """The three ends; the likely value alone is a plain number, which has no spread to be kept when it is changed."""
    return [ends.get(end, ends["likely"]) for end in ENDS] if len(ends) > 1 else ends["likely"]


def _quote(vendor: str, fields: Any) -> Any:
    """A quote in the form of a scenario from the columns `quotes.<vendor>.<field>`."""
    if not isinstance(fields, dict):
        return fields
    ranges = {name: _three(value) for name, value in fields.items() if isinstance(value, dict) and "likely" in value}
    return {"vendor": vendor} | fields | ranges


def joined(fields: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The same, with every range as a table of its ends. If `x.low` or `x.high` is given, a plain x is the likely value."""
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    given = {name: value for name, value in fields.items() if value is not None and name != ID}
    tables = {name.rpartition(".")[0] for name in given}
    for name, value in given.items():
        likely = name in tables and not isinstance(value, dict) and may_be_range(name)
        if _put(data, parts_of(f"{name}.likely" if likely else name), value):
            continue
        if "." not in name and not isinstance(value, dict):
            faults.append(Fault(short(name), shown(value), "a section with fields of its own"))
        elif isinstance(data.get(name.partition(".")[0]), dict):
            faults.append(problem(short(name), "duplicated", "give each field once"))
    return data, faults


def may_be_range(name: str) -> bool:
    """Whether a field takes low, likely and high: an estimate, or the override of a parameter."""
    if quoted := field_of_quote(name):
        return quoted[1:] == ("rate",)
    return name in RANGES or (name.startswith("overrides.") and name.count(".") == 2)


def parts_of(name: str) -> list[str]:
    """The tables in which a field stands, and its own name."""
    quoted = field_of_quote(name)
    return [QUOTES, *quoted] if quoted else name.split(".")


def _put(data: dict[str, Any], parts: Sequence[str], value: Any) -> bool:
    """Set the value under its tables and its name; tables are joined, but no value is overwritten: returns False instead."""
    *tables, last = parts
    for table in tables[:DEEPEST]:
        data = data.setdefault(table, {})
        if not isinstance(data, dict):
            return False
    if isinstance(value, dict) and len(tables) < DEEPEST:
        inner, vendors = data.setdefault(last, {}), list(parts) == [QUOTES]
        return isinstance(inner, dict) and all(
            _put(inner, [str(key)] if vendors else str(key).split("."), item) for key, item in value.items()
        )
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
        elif (
            name.count(".") >= (2 if base in RANGES else 3)
            and not name.startswith(("paths.", f"{QUOTES}."))
            and last not in ENDS
        ):
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


def portfolio_form(currency: str | None = None) -> Form:
    """What the rows of a portfolio are. currency: of rows that name none; None for US dollars."""
    return Form(
        what="a portfolio",
        columns="id,project.name",
        line='{"project.name": "Checkout rescue", "project.start": "2026-12-01"}',
        check=check_columns,
        row=lambda cells: Row(cells.get(CURRENCY) or currency),
    )
