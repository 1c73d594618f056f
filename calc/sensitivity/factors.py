"""The figures that can be moved one at a time: the scenario's numbers, parameters, settings and weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from calc import catalogue
from calc.catalogue.ties import ties
from calc.model import Model
from calc.scenario import Scenario, exchange_of
from calc.scenario.bounds import DECISION, bounds
from calc.scenario.exchange import DOLLAR, Exchange
from calc.scenario.input_field import InputField
from calc.scenario.schema import ENDS, ESTIMATES, FIELDS, SCALARS, WEIGHT
from calc.sensitivity.swings import swings
from calc.sensitivity.variants import Change
from calc.text.uncapitalized import uncapitalized

PARAMETERS = "override_likely"


@dataclass(frozen=True)
class Tied:
    """A parameter that is one thing with a factor: its dotted field, its place among the parameters, and its range.

    at_low, at_high: its value when the factor is at its own low and high.
    """

    id: str
    column: int
    at_low: float
    current: float
    at_high: float


def unit_in(currency: str, figure: str, unit: str) -> str:
    """The unit of a figure as people read it: parameters are in the project's currency, settings stay as they are published.

    figure: its dotted field.
    """
    if unit.startswith("currency"):
        return currency + unit.removeprefix("currency")
    if unit.startswith("USD") and not figure.startswith("overrides.decision."):
        return currency + unit.removeprefix("USD")
    return unit


@dataclass(frozen=True)
class Factor:
    """One figure: its dotted field, the range in which it moves, and the input of the model that holds it.

    own_range: low and high are the figure's own range; else a swing that is an assumption (swings.toml). array, column:
    the input array and the place in it, None for a single number. tied: what moves along with it.
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
    tied: tuple[Tied, ...] = ()

    def at(self, value: float) -> tuple[Change, ...]:
        """What changes when the figure has that value: those tied to it have come as far on their way to their ends."""
        end = self.low if value < self.current or value == self.low else self.high
        share = 1.0 if value == end else (value - self.current) / (end - self.current)
        others = []
        for tied in self.tied:
            own_end = tied.at_low if end == self.low else tied.at_high
            moved = own_end if share == 1 else tied.current + share * (own_end - tied.current)
            others.append(Change(PARAMETERS, tied.column, moved))
        return (Change(self.array, self.column, float(value)), *others)


def factors(model: Model, scenario: Scenario) -> list[Factor]:
    """Every figure that can move, in the order of the scenario file. Those whose low is their high are left out."""
    targets = ("low", "likely", "high", "estimate_low", "given_likely", "estimate_high", "setting", "weight")
    figures = {key: array[0] for key, array in model.evaluate([scenario], targets).items()}
    exchange = exchange_of(scenario)
    every = [*_scalars(scenario, exchange), *_estimates(figures, exchange), *_parameters(figures)]
    every += [*_settings(figures, exchange), *_weights(figures, exchange)]
    return [factor for factor in every if factor.low < factor.high]


def _scalars(scenario: Scenario, exchange: Exchange) -> Iterator[Factor]:
    """The single numbers that have a swing; an empty one moves around the figure in force."""
    for name, section in SCALARS.items():
        field = FIELDS[f"{section}.{name}"]
        value = field.in_force(getattr(getattr(scenario, section), name), exchange)
        in_dollars = name == "usd_rate" and exchange.currency == DOLLAR
        if field.dotted in swings() and value is not None and not in_dollars:
            yield _field(field, float(value), None, name, None, exchange)


def _estimates(figures: dict[str, np.ndarray], exchange: Exchange) -> Iterator[Factor]:
    for column, (name, section) in enumerate(ESTIMATES.items()):
        own = float(figures["estimate_low"][column]), float(figures["estimate_high"][column])
        likely = float(figures["given_likely"][column])
        field = FIELDS[f"{section}.{name}"]
        yield _field(field, likely, own if own[0] < own[1] else None, "given_likely", column, exchange)


def _field(
    field: InputField, value: float, own: tuple[float, float] | None, array: str, column: int | None, exchange: Exchange
) -> Factor:
    swing = swings()[field.dotted]
    low, high = own or swing.around(value, field.between, exchange)
    return Factor(field.dotted, field.label, field.unit, value, low, high, own is not None, array, column, swing.whole)


def _parameters(figures: dict[str, np.ndarray]) -> Iterator[Factor]:
    """Every parameter that has a range; those that are one thing in reality are one figure, named for the first of them."""
    rows = catalogue.parameter_rows()
    low, likely, high = (figures[end].tolist() for end in ENDS)
    for group in ties().values():
        moving = [tied for tied in group if low[tied.row] < high[tied.row]]
        if not moving:
            continue
        first, *others = moving
        model, name, parameter = rows[first.row]
        labels = [parameter.label, *(uncapitalized(rows[other.row][-1].label) for other in others)]
        label = f"{catalogue.models()[model].label}: {_listed(labels)}"
        ends = {other.row: (high, low) if other.against != first.against else (low, high) for other in others}
        tied = tuple(
            Tied(f"overrides.{model}.{rows[row][1]}", row, at_low[row], likely[row], at_high[row])
            for row, (at_low, at_high) in ends.items()
        )
        place = low[first.row], high[first.row], True, PARAMETERS, first.row
        yield Factor(f"overrides.{model}.{name}", label, parameter.unit, likely[first.row], *place, tied=tied)


def _listed(labels: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))


def _settings(figures: dict[str, np.ndarray], exchange: Exchange) -> Iterator[Factor]:
    """Every setting; one with a published range moves over it while it has its published value."""
    for column, (name, setting) in enumerate(catalogue.settings().items()):
        value = float(figures["setting"][column])
        limit = bounds(DECISION, name)
        assert limit, f"{name} has no bounds"
        low, high = swings()["overrides.decision"].around(value, limit, exchange)
        own = setting.range is not None and value == setting.value
        if setting.range and own:
            low, high = setting.range.low, setting.range.high
        dotted = f"overrides.decision.{name}"
        yield Factor(dotted, setting.label, setting.unit, value, low, high, own, "override_setting", column)


def _weights(figures: dict[str, np.ndarray], exchange: Exchange) -> Iterator[Factor]:
    low, high = swings()["weights"].around(1, WEIGHT, exchange)
    for column, (name, lens) in enumerate(catalogue.lenses().items()):
        label, value = f"Weight of {lens.label}", float(figures["weight"][column])
        yield Factor(f"weights.{name}", label, "weight", value, low, high, False, "weight", column)
