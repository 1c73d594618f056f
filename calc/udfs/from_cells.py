"""From the cells of fields to a scenario, checked like one from a file; the first fault becomes a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from calc.model import CASES
from calc.scenario import Refused, Scenario, scenario
from calc.scenario.limits import SPREAD
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.schema import ESTIMATES, FIELDS
from calc.scenario.text import from_json, once
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import asked
from calc.udfs.cells import Cell, UnusableError, choice, day, number, text
from calc.udfs.field_names import Field
from calc.udfs.ranges import Found

# Name and start of a scenario without them, where no figure needs them.
UNNAMED, UNDATED = "unnamed", "2000-01-01"


def case_of(argument: str, cells: Found) -> str:
    """The case that the field view.case asks for; likely where it is missing. Raises UnusableError for another word."""
    try:
        return choice("view.case", cells.get(Field("view", "view", "case")), CASES, "likely")
    except UnusableError as error:
        raise UnusableError(argument, str(error)) from None


def scenario_of(argument: str, cells: Found) -> Scenario:
    """The scenario that the fields describe, checked like one from a file. The first fault is raised."""
    return checked(argument, plain(argument, cells))


def checked(argument: str, data: dict) -> Scenario:
    """The scenario of plain data. The first fault is raised."""
    try:
        return scenario(data, argument)
    except Refused as refused:
        fault, more = refused.faults[0], len(refused.faults) - 1
        others = f" (and {more} more)" if more else ""
        field = _by_vendor(fault.field, data)
        if not fault.allowed:
            says = ", ".join(part for part in (f"{field} {fault.found}", fault.example) if part)
            raise UnusableError(argument, f"{says}{others}") from None
        example = f", for example {fault.example}" if fault.example else ""
        allowed = fault.allowed.replace(SPREAD, "").replace(", or low, likely and high in this order", "")
        raise UnusableError(argument, f"{field} found {fault.found}{others}", f"{allowed}{example}") from None


def _by_vendor(field: str, data: dict) -> str:
    """A field of a quote by the vendor's name and not by its number, which no range has."""
    for at, one in enumerate(data.get(QUOTES, ()), 1):
        if isinstance(one, dict):
            field = field.replace(f"{QUOTES}[{at}]", f"{QUOTES}.{one.get('vendor')}")
    return field


def plain(argument: str, cells: Found) -> dict:
    """The fields as data in the form of the scenario file. Raises UnusableError where an override has only an end."""
    data: dict[str, Any] = {"project": {"name": UNNAMED, "start": UNDATED}}
    ranges: dict[tuple[str, str], dict[str, Any]] = {}
    for field, cell in cells.items():
        if field.has_ends:
            ranges.setdefault((field.section, field.name), {})[field.end] = as_plain(field, cell)
        elif field.kind == "quote":
            vendor = field.section.partition(".")[2]
            data.setdefault(QUOTES, {}).setdefault(vendor, {})[field.name] = as_plain(field, cell)
        elif field.kind != "view":
            data.setdefault(field.section, {})[field.name] = as_plain(field, cell)
    for (section, name), ends in ranges.items():
        head, _, model = section.partition(".")
        if model and "likely" not in ends:
            dotted = Field("override", section, name).dotted.removeprefix("overrides.")
            raise UnusableError(
                argument, f"{dotted} has a low or high value of its own but no likely one", "all of them, or none"
            )
        home = data.setdefault(head, {}).setdefault(model, {}) if model else data.setdefault(head, {})
        home[name] = _range(name, ends, bool(model))
    # In the order of the vendors, since the rows of a range have none.
    quotes = [{"vendor": vendor} | said for vendor, said in sorted(data.pop(QUOTES, {}).items())]
    return data | ({QUOTES: quotes} if quotes else {})


def as_plain(field: Field, cell: Cell) -> Any:
    """A cell as plain data: what is spelled in it is read like that of a file, once the scenario's currency is known."""
    if field.kind in ("text", "choice"):
        return text(cell)
    if field.kind == "quote":
        return _quoted(field.name, cell)
    return float(cell) if isinstance(cell, Decimal) and cell.is_finite() else cell


def _quoted(name: str, cell: Cell) -> Any:
    """What a quote says, as a portfolio's columns do: a number, a day, a text, or a list in the form of JSON."""
    if name == "valid_until":
        return day(cell) or cell
    if number(cell) is not None:
        return number(cell)
    if isinstance(cell, str) and cell.strip()[:1] == "[":
        try:
            return from_json(cell.strip(), once)
        except ValueError:
            return cell
    return text(cell) if isinstance(cell, str) else cell


def as_read(field: Field, cell: Cell, currency: str) -> Any:
    """A cell in the form of the scenario; what cannot be read in one way only is left as it is, for the checks to refuse."""
    plain, about = as_plain(field, cell), asked(field.dotted)
    if about is None or not isinstance(plain, str | bool | date) or (isinstance(plain, str) and not plain.strip()):
        return plain
    try:
        return about.meaning(plain, currency)
    except UnclearValueError:
        return plain


def _range(name: str, ends: dict[str, Any], is_override: bool) -> Any:
    """A single number, or low, likely and high with the ends that are missing filled in."""
    likely = ends["likely"] if is_override or "likely" in ends else FIELDS[f"{ESTIMATES[name]}.{name}"].default
    if set(ends) == {"likely"}:
        return likely
    return [ends.get("low", likely), likely, ends.get("high", likely)]
