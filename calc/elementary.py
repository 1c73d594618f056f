"""Exponential, logarithm and power from sums, products and quotients alone: the same digits on every processor.

IEEE 754 settles + - * / to the last bit, and NumPy's kernels, compilers and operating systems keep to it. It settles no
exp, log or power: NumPy takes its own kernels for them where a processor has AVX-512, another library elsewhere, and
each rounds the last digit as it likes. A workbook would differ by the machine that made it. What else differs, and is
not used: `@`, `dot` and all that BLAS adds up in an order of its own, and `argsort` among equals.

Every function is within two units of the last digit of a double, and is NaN where it has no value.

>>> log(np.array([1.0, 2.0, -1.0]))
array([0.        , 0.69314718,        nan])
>>> float(power(2.0, 10))
1024.0
"""

from __future__ import annotations

from decimal import Decimal
from math import factorial

import numpy as np

LN2 = Decimal("0.693147180559945309417232121458176568075500134360255254")
# The first digits of ln 2 so few that their product with any exponent of a double is exact, and the rest.
LN2_HIGH = round(LN2 * 2**40) / 2**40
LN2_LOW = float(LN2 - Decimal(LN2_HIGH))
SQRT_HALF = 0.5**0.5
# e^r to the last digit where r is at most half of ln 2; atanh s where s is at most 0.172.
EXP_TERMS = [1 / factorial(n) for n in range(15)]
ATANH_TERMS = [1 / n for n in range(3, 25, 2)]
# Beyond these, e^x is 0 or too large for a double.
LOWEST, HIGHEST = -746.0, 710.0
# Splits a double into two halves whose products are exact (Veltkamp).
SPLITTER = 2.0**27 + 1


def exp(x, rest=0.0):
    """e to the power of x + rest. x: (...); rest: far smaller than x, (...). Returns (...)."""
    x = np.clip(np.asarray(x, dtype=float), LOWEST, HIGHEST)
    doublings = np.rint(x / (LN2_HIGH + LN2_LOW))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        fraction = _polynomial(EXP_TERMS, x - doublings * LN2_HIGH - doublings * LN2_LOW + rest)
        return np.ldexp(fraction, doublings.astype(np.int32))


def log(x):
    """Natural logarithm. x: (...), above 0 and finite. Returns (...)."""
    past_one, doublings = _reduced(x)
    s = past_one / (2 + past_one)
    squared = s * s
    # log(1 + f) = 2 atanh(s) for s = f / (2 + f), and 2s = f - s f, where f has no error.
    less = s * (past_one - 2 * squared * _polynomial(ATANH_TERMS, squared))
    return doublings * LN2_HIGH + (past_one - (less - doublings * LN2_LOW))


def log1p(x):
    """Natural logarithm of 1 + x. x: (...), above -1 and at most 1. Returns (...)."""
    total = 1 + x
    return log(total) + (x - (total - 1)) / total


def power(base, exponent):
    """base to the power of exponent. base: (...), above 0 and finite; exponent: (...). Returns (...)."""
    high, low = _log_in_two(base)
    product, lost = _product(np.asarray(exponent, dtype=float), high)
    return exp(product, lost + exponent * low)


def _log_in_two(x):
    """The logarithm as a sum of two doubles, so that a power of any size keeps its last digit."""
    past_one, doublings = _reduced(x)
    below = 2 + past_one
    below_rest = past_one - (below - 2)
    s = past_one / below
    product, lost = _product(s, below)
    s_rest = (past_one - product - lost - s * below_rest) / below
    squared = s * s
    tail = 2 * s * squared * _polynomial(ATANH_TERMS, squared) + 2 * s_rest + doublings * LN2_LOW
    high, low = _sum(doublings * LN2_HIGH, 2 * s)
    return _sum(high, low + tail)


def _reduced(x):
    """f and n with x = (1 + f) 2^n, where 1 + f is within the square roots of 1/2 and 2; f without error."""
    share, doublings = np.frexp(np.where(np.greater(x, 0), x, np.nan))
    is_low = share < SQRT_HALF
    return np.where(is_low, 2 * share, share) - 1, doublings.astype(float) - is_low


def _polynomial(terms, x):
    """terms[0] + terms[1] x + terms[2] x^2 and so on. x: (...)."""
    total = np.full_like(x, terms[-1])
    for term in reversed(terms[:-1]):
        total *= x
        total += term
    return total


def _sum(one, other):
    """A sum, and what its rounding has lost (Knuth)."""
    total = one + other
    taken = total - one
    return total, (one - (total - taken)) + (other - taken)


def _product(one, other):
    """A product, and what its rounding has lost (Dekker)."""
    product = one * other
    (a, b), (c, d) = _halves(one), _halves(other)
    return product, ((a * c - product) + a * d + b * c) + b * d


def _halves(x):
    large = SPLITTER * x
    high = large - (large - x)
    return high, x - high
