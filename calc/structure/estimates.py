"""Columns of the dimension `estimate`: from where to where break-evens of an estimate are looked for."""

import numpy as np

from calc import catalogue
from calc.structure.given import given

# The estimate whose low and high are P10 and P90, with a tail beyond them.
HOURS = "core_hours"


@given(
    "estimate",
    unit="as named",
    label="Break-even looked for from, as published",
    says="Published low end of the range in which a break-even is looked for; blank where none is",
)
def searched_low(estimate):
    reach = catalogue.reaches().get(estimate)
    return reach.low if reach else np.nan


@given(
    "estimate",
    unit="as named",
    label="Break-even looked for up to, as published",
    says="Published high end of that range; blank where none is",
)
def searched_high(estimate):
    reach = catalogue.reaches().get(estimate)
    return reach.high if reach else np.nan


@given("estimate", unit="0/1", label="Published in USD", says="1 where that range is published in USD, else 0")
def searched_in_dollars(estimate):
    reach = catalogue.reaches().get(estimate)
    return bool(reach and reach.unit.startswith("USD"))


@given("estimate", unit="0/1", label="Has a tail", says="1 for hours of work, whose range has no upper end; else 0")
def estimate_tail(estimate):
    return estimate == HOURS


@given("estimate", unit="as named", label="Tail begins below 0 by", says="How far below 0 a range with a tail begins")
def estimate_tail_shift(estimate):
    return 0
