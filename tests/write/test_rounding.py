"""Rounding in Python is rounding in Excel: half away from zero, on the 15 digits that a number shows.

NumPy rounds half to even, and the binary number at that. One function serves both: `calc.native.rounded`.
"""

import math
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import native
from tests import engines
from tests.write.traced_sheet import COUNT, JUDGES, TEXTS, Sheet

HALVES = [
    0.125,
    -0.125,
    2.5,
    0.5,
    -2.5,
    1.005,
    2.675,
    30.005,
    57600.085,
    100.125,
    -1.005,
    1234567.005,
    0.285,
    1e-9,
    0.0,
    49.995,
]
DIGITS = (0, 1, 2, 9)


def half_away(value, digits):
    return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def same(first, second):
    """Equal to 15 digits."""
    return math.isclose(first, second, rel_tol=1e-14, abs_tol=1e-14)


def test_rounding_in_python_is_rounding_in_excel():
    wrong = {}
    for digits in DIGITS:
        results = native.rounded(np.array(HALVES), digits)
        wrong |= {(x, digits): y for x, y in zip(HALVES, results, strict=True) if not same(y, half_away(x, digits))}
    assert wrong == {}


@settings(max_examples=COUNT)
@given(st.integers(-(10**11), 10**11), st.integers(0, 4), st.sampled_from(DIGITS))
def test_rounding_agrees_with_decimal_arithmetic(number, places, digits):
    value = number / 10**places
    assert same(native.rounded(np.array([value]), digits)[0], half_away(value, digits))


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_half_is_rounded_in_the_cell_as_in_python(engine, values, tmp_path):
    engines.need(engine)
    sheet = Sheet()
    for digits in (0, 1, 2, 9):
        for value in HALVES:
            made = eval(f"lambda a: rounded(a, {digits})", {"rounded": native.rounded})
            sheet.add(made, {"a": value}, (half_away(value, digits), 1.0))
    assert sheet.differing(values, tmp_path) == []


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_number_in_a_text_is_rounded_alike_everywhere(engine, values, tmp_path):
    engines.need(engine)
    sheet = Sheet()
    for source in ("formatted(a, '0')", "formatted(a, '0%')", "amount(a)"):
        made = eval(f"lambda a: joined({source}, '')", TEXTS.copy())
        # IronCalc drops the minus sign of a negative number that TEXT shows without decimals.
        for value in HALVES if source == "amount(a)" else np.abs(HALVES):
            (text,) = made(np.array([value]))
            sheet.add(made, {"a": value}, text)
    assert sheet.differing(values, tmp_path) == []
