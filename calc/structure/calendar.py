"""Columns of the dimensions `fiscal_year` and `quarter`: as many as the longest horizon can touch."""

from calc.structure.given import given


@given("fiscal_year", unit="number", label="Fiscal year", says="Fiscal year of the project, from 1")
def fiscal_year(number):
    return number


@given("quarter", unit="number", label="Quarter", says="Quarter of the project, from 1")
def quarter(number):
    return number
