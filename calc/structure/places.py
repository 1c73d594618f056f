"""Columns of the dimension `place`: where a path stands in the order of the decision, as many places as there are paths."""

from calc.structure.given import given


@given("place", unit="number", label="Place", says="Place in the order of the decision, 1 for the recommended path")
def place_number(number):
    return number
