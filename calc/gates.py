"""Gates as formulas, made from their data: importing this module adds them to the formulas of `calc.quantities`.

From each entry of gates.toml come `fired_<id>`, 1 where the gate fires, and `gate_<id>`, 1 for each path that it excludes;
from all of them `eligible`, 1 for each path that none excludes. A property of paths that depends on which paths are left,
such as being dearer than the budget while another is not, reads `excluded_before_<id>`: which the gates above exclude.

A gate may read any other, above or below it: the graph evaluates them in the order in which they need each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from graphlib import CycleError, TopologicalSorter
from operator import add
from typing import Any

import numpy as np

import calc.quantities  # noqa: F401  registers the formulas that gates may read
from calc import catalogue, quantity
from calc.catalogue import CatalogueError
from calc.catalogue.rule import Gate
from calc.clauses import Values, any_holds, arguments, none_holds, quantity_of
from calc.quantity import QUANTITIES, Quantity
from calc.reductions import summed
from calc.structure import COLUMNS

BEFORE = "excluded_before_"


def formulas(gates: Mapping[str, Gate]) -> dict[str, Quantity]:
    """The formulas of these gates by name. Raises CatalogueError for what they cannot read, and for circles."""
    made = [formula for gate in gates.values() for formula in (_fired(gate), _excluded(gate))]
    made += [_eligible(gates), _exclusions(gates), _first_exclusion(gates)]
    read = {name.removeprefix("all_") for quantity in QUANTITIES.values() for name in quantity.arguments}
    for at, gate in enumerate(gates.values()):
        if f"{BEFORE}{gate.id}" in read:
            made.append(_excluded_before(gate, list(gates)[:at]))
    by_name = {formula.name: formula for formula in made}
    _without_circles(QUANTITIES | by_name)
    return by_name


def _without_circles(quantities: Mapping[str, Quantity]) -> None:
    """Refuse gates that read themselves by way of a property that depends on the gates above it."""
    reads = {
        name: [argument.removeprefix("all_") for argument in quantity.arguments]
        for name, quantity in quantities.items()
    }
    try:
        TopologicalSorter(reads).prepare()
    except CycleError as error:
        circle = " reads ".join(reversed(error.args[1]))
        raise CatalogueError(f"gates.toml: the formulas of gates read themselves: {circle}") from None


# Formulas


def _fired(gate: Gate) -> Quantity:
    """1 where an alternative holds and no exception does; without alternatives, where some path has what is excluded."""
    paths = f"all_{_property(gate)}"
    reads = [paths] if not gate.conditions else []
    reads += arguments([*gate.conditions, *gate.unless], f"gates.toml: {gate.id}")

    def formula(values: Values) -> Any:
        fires = any_holds(gate.conditions, values) if gate.conditions else summed(_out(gate, values[paths])) > 0
        if gate.unless:
            fires = fires * none_holds(gate.unless, values) == 1
        return np.where(fires, 1, 0)

    ground = f"Source: {gate.references[0].citation}." if gate.references else gate.note
    return quantity_of(formula, f"fired_{gate.id}", (), gate.label, f"1 where {gate.condition}. {ground}", reads)


def _excluded(gate: Gate) -> Quantity:
    """1 for each path that has the property while the gate fires."""
    fired, name = f"fired_{gate.id}", _property(gate)

    def formula(values: Values) -> Any:
        return values[fired] * _out(gate, values[name])

    about = f"1 where the gate fires and the path is out: {gate.then}."
    return quantity_of(formula, f"gate_{gate.id}", ("path",), f"Out: {gate.label}", about, [fired, name])


def _excluded_before(gate: Gate, above: list[str]) -> Quantity:
    if not above:
        raise CatalogueError(
            f"gates.toml: a formula reads which paths the gates above {gate.id} exclude; there are none"
        )
    return quantity_of(
        lambda values: np.where(reduce(add, values.values()) > 0, 1, 0),
        f"{BEFORE}{gate.id}",
        ("path",),
        f"Out before: {gate.label}",
        "1 where one of the gates above it excludes the path.",
        [f"gate_{other}" for other in above],
    )


def _eligible(gates: Iterable[str]) -> Quantity:
    return quantity_of(
        lambda values: np.where(reduce(add, values.values()) == 0, 1, 0),
        "eligible",
        ("path",),
        "Eligible",
        "1 where no gate excludes the path.",
        [f"gate_{gate}" for gate in gates],
    )


def _exclusions(gates: Iterable[str]) -> Quantity:
    reads = [f"gate_{gate}" for gate in gates]
    made = quantity_of(
        lambda values: reduce(add, (values[gate] for gate in reads)),
        "exclusions",
        ("path",),
        "Exclusions",
        "How many gates exclude the path.",
        reads,
    )
    return Quantity(made.name, made.over, "number", made.label, made.function)


def _first_exclusion(gates: Iterable[str]) -> Quantity:
    """Counts the gates before the first one that excludes the path, from the last one on: none is followed by nothing."""
    reads = [f"gate_{gate}" for gate in gates]

    def formula(values: Values) -> Any:
        return reduce(lambda after, gate: 1 + (1 - values[gate]) * after, reversed(reads), 0) * (1 - values["eligible"])

    about = "Number of the first gate that excludes the path; 0 where none does."
    made = quantity_of(formula, "first_exclusion", ("path",), "First exclusion no.", about, [*reads, "eligible"])
    return Quantity(made.name, made.over, "number", made.label, made.function)


def _out(gate: Gate, value: Any) -> Any:
    return value if gate.excludes else 1 - value


# What they read


def _property(gate: Gate) -> str:
    name = gate.excludes or gate.keeps_only
    column, computed = COLUMNS.get(name), QUANTITIES.get(name)
    known = (column.dimension, column.unit) if column else (*computed.over, computed.unit) if computed else None
    if known != ("path", "0/1"):
        raise CatalogueError(f"gates.toml: {gate.id} names {name}, which is not a property of paths that is 0 or 1")
    return name


for made in formulas(catalogue.gates()).values():
    quantity.add(made)
