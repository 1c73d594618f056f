"""A scenario as the text of a scenario file, complete: reading it back gives the same scenario."""

from __future__ import annotations

from datetime import date
from typing import Any

import tomlkit
from tomlkit.items import AbstractTable, AoT, Table

from calc.scenario import Scenario, as_given
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.basis import KEY as BASIS
from calc.scenario.limits import Days
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.schema import ENDS, FIELDS, SECTIONS


def as_toml(scenario: Scenario, head: str = "") -> str:
    """TOML with every field that is not empty; its own figures and paths where it has any."""
    plain = as_given(scenario)
    document = tomlkit.document()
    for line in head.splitlines():
        document.add(tomlkit.comment(line))
    for section in SECTIONS:
        document.add(section, _section(section, plain[section]))
    for section in ("answers", "weights"):
        document.add(section, _table(plain[section]))
    for section in ("overrides", "paths", BASIS):
        if plain.get(section):
            document.add(section, _nested(section, plain[section]))
    if plain.get(QUOTES):
        document.add(QUOTES, _quotes(plain[QUOTES]))
    if plain.get(ACTUALS):
        document.add(ACTUALS, _by_month(plain[ACTUALS]))
    return tomlkit.dumps(document)


def quotes_as_toml(quotes: list[dict[str, Any]], currency: str = "") -> str:
    """Quotes alone, to stand at the end of a scenario. currency: of their prices, empty where none is named."""
    document = tomlkit.document()
    if currency:
        document.add(tomlkit.comment(f"Prices in {currency}: for a scenario whose project.currency is that."))
    document.add(QUOTES, _quotes(quotes))
    return tomlkit.dumps(document)


def _quotes(quotes: list[dict[str, Any]]) -> AoT:
    tables = tomlkit.aot()
    for quote in quotes:
        tables.append(_quote(quote))
    return tables


def _quote(values: dict[str, Any]) -> Table:
    until = {"valid_until": date.fromisoformat(values["valid_until"])} if "valid_until" in values else {}
    table = tomlkit.table()
    for name, value in (values | until).items():
        table.add(name, _plain(value))
    return table


def _section(section: str, values: dict[str, Any]) -> AbstractTable:
    table = tomlkit.table()
    for name, value in values.items():
        if value is None:
            continue
        field = FIELDS[f"{section}.{name}"]
        item = tomlkit.item(date.fromisoformat(value) if isinstance(field.limit, Days) else _plain(value))
        table.add(name, item.comment(field.unit) if field.is_number else item)
    return table


def _table(values: dict[str, Any]) -> AbstractTable:
    table = tomlkit.table()
    for name, value in values.items():
        table.add(name, _plain(value))
    return table


def _nested(section: str, values: dict[str, Any]) -> AbstractTable:
    """Tables in a table: the own figures of each model, or the user-defined paths with their phases."""
    nested = tomlkit.table(is_super_table=True)
    for name, inner in values.items():
        if section == "paths":
            inner = inner | {"phases": [{k: v for k, v in phase.items() if v is not None} for phase in inner["phases"]]}
        nested.add(name, _table(inner))
    return nested


def _by_month(values: dict[str, Any]) -> AbstractTable:
    """Lists by month; TOML has no word for what is not known."""
    table = tomlkit.table()
    for name, value in values.items():
        is_list = isinstance(value, list)
        table.add(name, ["" if month is None else _plain(month) for month in value] if is_list else value)
    return table


def _plain(value: Any) -> Any:
    """Numbers without a fraction as whole numbers; a range as [low, likely, high]; phases line by line."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return [_plain(value[end]) for end in ENDS]
    if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        phases = tomlkit.array().multiline(True)
        for phase in value:
            inline = tomlkit.inline_table()
            inline.update({key: _plain(part) for key, part in phase.items()})
            phases.append(inline)
        return phases
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
