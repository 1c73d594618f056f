"""The figures that can be moved one at a time: the scenario's numbers, the settings, the parameters of the models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calc import catalogue
from calc.model import SCALARS, Model
from calc.scenario import Scenario
from calc.scenario.schema import ESTIMATES, field_of
from calc.sensitivity.swings import swings


@dataclass(frozen=True)
class Factor:
    """One figure: its dotted field, from where to where it moves, and the input of the model that holds it.

    own_range: low and high are the figure's own range; else a swing that is an assumption (swings.toml). array, column:
    the input array and the place in it, None for a single number.
    """

    id: str
    label: str
    unit: str
    current: float
    low: float
    high: float
    own_range: bool
    array: str
    column: int | None
    whole: bool = False


def factors(model: Model, scenario: Scenario) -> list[Factor]:
    """Every figure that can move, in the order of the scenario file. Those whose low is their high are left out."""
    targets = ("low", "likely", "high", "estimate_low", "given_likely", "estimate_high", "setting", "weight")
    found = {key: array[0] for key, array in model.evaluate([scenario], targets).items()}
    every = [*_scalars(scenario), *_estimates(found), *_parameters(found), *_settings(found), *_weights(found)]
    return [factor for factor in every if factor.low < factor.high]


def _scalars(scenario: Scenario) -> Iterator[Factor]:
    for name, section in SCALARS.items():
        value = getattr(getattr(scenario, section), name)
        in_dollars = name == "usd_rate" and scenario.project.currency == "USD"
        if value is not None and not in_dollars:
            yield _field(f"{section}.{name}", float(value), None, name, None)


def _estimates(found: dict) -> Iterator[Factor]:
    for column, (name, section) in enumerate(ESTIMATES.items()):
        own = float(found["estimate_low"][column]), float(found["estimate_high"][column])
        likely = float(found["given_likely"][column])
        yield _field(f"{section}.{name}", likely, own if own[0] < own[1] else None, "given_likely", column)


def _field(dotted: str, value: float, own: tuple[float, float] | None, array: str, column: int | None) -> Factor:
    about, swing = field_of(dotted), swings()[dotted]
    low, high = own or swing.around(value)
    unit = about.json_schema_extra["unit"]
    return Factor(dotted, about.title, unit, value, low, high, own is not None, array, column, swing.whole)


def _parameters(found: dict) -> Iterator[Factor]:
    for column, (model, name, parameter) in enumerate(catalogue.parameter_rows()):
        low, likely, high = (float(found[end][column]) for end in ("low", "likely", "high"))
        label = f"{catalogue.models()[model].label}: {parameter.label}"
        dotted = f"overrides.{model}.{name}"
        yield Factor(dotted, label, parameter.unit, likely, low, high, True, "override_likely", column)


def _settings(found: dict) -> Iterator[Factor]:
    for column, (name, setting) in enumerate(catalogue.settings().items()):
        value = float(found["setting"][column])
        low, high = swings()["overrides.decision"].around(value, setting.allowed)
        dotted = f"overrides.decision.{name}"
        yield Factor(dotted, setting.label, setting.unit, value, low, high, False, "override_setting", column)


def _weights(found: dict) -> Iterator[Factor]:
    low, high = swings()["weights"].around(1)
    for column, (name, lens) in enumerate(catalogue.lenses().items()):
        label, value = f"Weight of {lens.label}", float(found["weight"][column])
        yield Factor(f"weights.{name}", label, "weight", value, low, high, False, "weight", column)
