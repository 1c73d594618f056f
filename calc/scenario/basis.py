"""What a scenario's own figures are based on, in words: `[basis.freelancer] rework = "own history, n = 41"`.

A table for each section of the scenario, and one for each model whose figures are replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from calc import catalogue
from calc.scenario.bounds import DECISION
from calc.scenario.faults import Fault, problem, short, shown
from calc.scenario.limits import Length, is_blank
from calc.scenario.schema import FIELDS, SECTIONS

KEY = "basis"
COMPANY_DEFAULT = "company default"
TEXT = Length(1, 120)
# In the basis of a figure that `engagement calibrate` found in past jobs; a company's defaults say it in parentheses.
OWN_HISTORY = "own history"
EXAMPLE = f'"{OWN_HISTORY}, n = 41"'
# The tables of a scenario whose entries have a basis each; of the overrides, each model's.
SECTIONS_OF = (*SECTIONS, "weights", "paths")
Basis = Mapping[str, Mapping[str, str]]


def basis_by_field(basis: Basis) -> dict[str, str]:
    """Dotted name of the field, as in a scenario file -> what its value is based on."""
    return {field_of(table, name): text for table, of in basis.items() for name, text in of.items()}


def basis_by_table(by_field: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The same in the form of a scenario file."""
    tables: dict[str, dict[str, str]] = {}
    for dotted, text in by_field.items():
        table, _, name = dotted.removeprefix("overrides.").rpartition(".")
        tables.setdefault(table, {})[name] = text
    return tables


def is_own_history(text: str) -> bool:
    """Whether this basis of a figure says that it comes from one's own past jobs."""
    return OWN_HISTORY in text


def field_of(table: str, name: str) -> str:
    """The dotted name of the field that a table of bases calls so."""
    return f"{table}.{name}" if table in SECTIONS_OF else f"overrides.{table}.{name}"


@cache
def fields_with_basis() -> tuple[str, ...]:
    """Every field that may have a basis, user-defined paths apart."""
    overrides = [f"overrides.{model}.{name}" for model, name, _ in catalogue.parameter_rows()]
    overrides += [f"overrides.{DECISION}.{name}" for name in catalogue.settings()]
    return (*FIELDS, *(f"weights.{lens}" for lens in catalogue.lenses()), *overrides)


def fields_in(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every field that has a basis, with its value: those that plain data in the form of a scenario gives."""
    for table in SECTIONS_OF:
        of = data.get(table)
        if isinstance(of, Mapping):
            yield from ((f"{table}.{name}", value) for name, value in of.items())
    overrides = data.get("overrides")
    for model, own in (overrides if isinstance(overrides, Mapping) else {}).items():
        if isinstance(own, Mapping):
            yield from ((f"overrides.{model}.{name}", value) for name, value in own.items())


def basis_faults(data: Mapping[str, Any]) -> list[Fault]:
    """A fault for each basis that is no short text, or that belongs to no figure of the data."""
    tables = data.get(KEY, {})
    if not isinstance(tables, Mapping):
        return [Fault(KEY, shown(tables), "a table for each section or model", f"[{KEY}.freelancer]")]
    there = {dotted for dotted, _ in fields_in(data)}
    faults: list[Fault] = []
    for table, of in tables.items():
        if table not in (*SECTIONS_OF, *catalogue.models(), DECISION):
            known = ", ".join((*SECTIONS_OF, *catalogue.models(), DECISION))
            faults.append(problem(f"{KEY}.{short(str(table))}", "unknown section or model", f"known: {known}"))
        elif not isinstance(of, Mapping):
            faults.append(Fault(f"{KEY}.{table}", shown(of), "a text for each figure", f"rework = {EXAMPLE}"))
        else:
            for name, text in of.items():
                dotted = f"{KEY}.{table}.{short(str(name))}"
                if field_of(table, str(name)) not in there:
                    says = f"is the basis of {field_of(table, short(str(name)))}, which is not given"
                    faults.append(problem(dotted, says, "give the figure, or leave its basis out"))
                elif not _is_text(text):
                    faults.append(Fault(dotted, shown(text), TEXT.said(), EXAMPLE))
    return faults


def _is_text(text: Any) -> bool:
    if not isinstance(text, str) or not TEXT.shortest <= len(text) <= TEXT.longest:
        return False
    return not is_blank(text) and text.isprintable()
