"""Columns of the dimension `lens`: one lens a source, what stands above its lean."""

from calc import catalogue
from calc.structure.given import given


@given("lens", unit="number", label="Lens no.", says="Number of the lens")
def lens(number):
    return number


@given("lens", unit="0/1", label="Has a ladder", says="1 where the lens has a ladder, else 0")
def has_ladder(lens):
    return any(step.lens == lens for step in catalogue.ladder().values())


@given("lens", unit="0/1", label="Has an indicator", says="1 where the lens has an indicator, else 0")
def has_indicator(lens):
    return lens in catalogue.indicators()
