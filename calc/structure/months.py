"""Columns of the dimension `month`: as many as the longest horizon has."""

from calc.structure.given import given


@given("month", unit="month", label="Month", says="Month, from 1")
def month(number):
    return number
