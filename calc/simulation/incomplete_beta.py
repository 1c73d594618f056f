"""The inverse of the regularised incomplete beta function, the same on every processor: see `calc.elementary`.

Only for shapes of at least 1, as every PERT distribution has: there the logarithm of the function is concave in the
logarithm of its argument, so that Newton's method, begun below the root, climbs to it without ever passing it, and
needs no bracket. Source: Abramowitz and Stegun, 26.5.4 and 26.5.8 (continued fraction).
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

import numpy as np

from calc.elementary import exp, log, log1p

TERMS = 40
STEPS = 60
SMALL_STEP = 1e-9
# Decimal arithmetic is the same everywhere; with so many digits a double made of it is right to its last.
EXACT = Context(prec=28)
HALF = Decimal("0.5")
HALF_LOG_TWO_PI = Decimal("0.918938533204672741780329736405617639861")
# Stirling's series of the logarithm of the gamma function, by the powers 1, 3, 5 ... of 1/x: to 1e-21 from 30 on.
STIRLING = [EXACT.divide(Decimal(1), Decimal(one)) for one in (12, -360, 1260, -1680, 1188)]
STIRLING += [EXACT.divide(Decimal(-691), Decimal(360360)), EXACT.divide(Decimal(1), Decimal(156))]
STIRLING_FROM = 30


def fraction(x, alpha, beta):
    """The continued fraction F of I_x(alpha, beta) = x^alpha (1 - x)^beta F / (alpha B(alpha, beta)).

    x: array from 0 to about the median; alpha, beta: numbers from 1 to about 100. Evaluated from its last term to its
    first: the 40 pairs of terms are more than enough up to the median.
    """
    denominator = np.ones_like(x)
    for m in range(TERMS, 0, -1):
        even = m * (beta - m) / ((alpha + 2 * m - 1) * (alpha + 2 * m))
        odd = -(alpha + m - 1) * (alpha + beta + m - 1) / ((alpha + 2 * m - 2) * (alpha + 2 * m - 1))
        denominator = 1 + odd * x / (1 + even * x / denominator)
    return 1 / denominator


def log_beta(alpha: float, beta: float, times: float = 1.0) -> float:
    """Logarithm of the beta function of two numbers above 0, and of what it is multiplied by."""
    with localcontext(EXACT):
        one, other = Decimal(alpha), Decimal(beta)
        (first, passed), (second, too), (both, not_passed) = map(_log_gamma, (one, other, one + other))
        return float(first + second - both + (Decimal(times) * not_passed / (passed * too)).ln())


def _log_gamma(x: Decimal) -> tuple[Decimal, Decimal]:
    """Logarithm of the gamma function, by Stirling's series for a larger number and what is passed on the way there."""
    passed = Decimal(1)
    while x < STIRLING_FROM:
        passed *= x
        x += 1
    inverse = 1 / x
    square = inverse * inverse
    series = Decimal(0)
    for term in reversed(STIRLING):
        series = series * square + term
    return (x - HALF) * x.ln() - x + HALF_LOG_TWO_PI + series * inverse, passed


def lower_quantile(chance, alpha: float, beta: float) -> np.ndarray:
    """The x with I_x(alpha, beta) = chance, accurate to about 1e-14 of itself.

    chance: array of any shape, above 0, up to about one half (take the other side for more: `quantile`).
    """
    wanted = log(chance) + log_beta(alpha, beta, alpha)
    log_x = wanted / alpha
    for _ in range(STEPS):
        x = exp(log_x)
        factor = fraction(x, alpha, beta)
        behind = wanted - (alpha * log_x + beta * log1p(-x) + log(factor))
        step = behind * (1 - x) * factor / alpha
        log_x = log_x + step
        if np.max(np.abs(step), initial=0) < SMALL_STEP:  # the next step would be its square
            break
    return exp(log_x)


def quantile(chance, alpha: float, beta: float) -> np.ndarray:
    """The x with I_x(alpha, beta) = chance, found from the nearer end. chance: array, above 0 and below 1."""
    chance = np.asarray(chance, dtype=float)
    x = np.empty_like(chance)
    low = chance <= 1 / 2
    x[low] = lower_quantile(chance[low], alpha, beta)
    x[~low] = 1 - lower_quantile(1 - chance[~low], beta, alpha)
    return x
