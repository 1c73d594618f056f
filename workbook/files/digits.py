"""Numbers as they are written to a file: to a fixed number of significant digits, and not one more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

# The digits that a spreadsheet keeps of a number. Further ones are rounding, on which no two programs agree.
DIGITS = 15
# Those that are kept where nearly all cells are steps on the way, or points of a chart: right to 5e-10, with nine the error
# would be above 1e-9.
FEWER_DIGITS = 10
# Powers of ten that a double holds without error: only they scale without a second rounding.
MOST = 22
TENS = np.array([float(10**n) for n in range(MOST + 1)])
# The most that scaling may lose, as a share of what it gives, and how close to a half is one that only text settles.
LOST, CLOSE = 2.0**-53, 2.0**-40
# Values that are rounded at a time, so that what is needed meanwhile stays in the processor's cache.
AT_A_TIME = 1 << 14


def _halves(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each value as the sum of two with half its digits, whose products are exact (Veltkamp's splitting)."""
    wide = values * 134217729.0  # 2^27 + 1
    high = wide - (wide - values)
    return high, values - high


TENS_HIGH, TENS_LOW = _halves(TENS)
# For each binary exponent, as the bits of a positive number have it, the decimal one of its least number, and the power of
# ten that has the next. Those of the first are subnormal, and the last is none of a finite number.
EXPONENT, LOWEST, HIGHEST, SUBNORMAL = 52, -1022, 1023, -324
# n * log10(2), rounded down: so near to it that no n here gives another whole number.
DECADES = np.arange(LOWEST - 1, HIGHEST + 2) * 315_653 >> 20
DECADES[0] = SUBNORMAL
POWERS = np.array([float(f"1e{decade}") for decade in range(SUBNORMAL, DECADES[-1] + 2)])
NEXT = POWERS[DECADES - SUBNORMAL + 1]


def significant(values: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """The values to so many significant digits, by arithmetic that is the same on every processor; NaN stays.

    values: (...), finite or NaN. Returns (...).
    """
    rounded = np.array(values, dtype=float, order="C")
    flat = rounded.reshape(-1)
    for start in range(0, flat.size, AT_A_TIME):
        part = flat[start : start + AT_A_TIME]
        # Most are whole numbers that are short enough.
        with np.errstate(invalid="ignore"):
            longer = np.flatnonzero((np.rint(part) != part) & (part == part) | (np.abs(part) >= 10.0**digits))
        part[longer] = _shortened(part[longer], digits)
    return rounded


def significant_each(arrays: Sequence[np.ndarray], digits: int = DIGITS) -> Iterator[np.ndarray]:
    """The same for several arrays, in the time of one with as many values."""
    rounded, end = significant(np.concatenate([array.ravel() for array in arrays]), digits), 0
    for array in arrays:
        start, end = end, end + array.size
        yield rounded[start:end].reshape(array.shape)


def _shortened(values: np.ndarray, digits: int) -> np.ndarray:
    size = np.abs(values)
    binary = size.view(np.int64) >> EXPONENT
    shift = digits - 1 - DECADES[binary] - (size >= NEXT[binary])
    # Where the scale is not exact: one by one, as `number_text` does.
    slow = (shift < 0) | (shift > MOST)
    ten = np.where(slow, 0, shift)
    up = TENS[ten]
    scaled = size * up
    whole = np.rint(scaled)
    rest = scaled - whole
    # Where that is near to a half, what scaling lost decides.
    near = np.flatnonzero(np.abs(rest) >= 1 / 2 - (scaled * LOST + CLOSE))
    exact = rest[near] + _lost(size[near], scaled[near], ten[near])
    whole[near] += (exact > 1 / 2) * 1.0 - (exact < -1 / 2) * 1.0
    rounded = np.copysign(whole / up, values)
    # A half goes to the even digit.
    slow[near] |= np.abs(np.abs(exact) - 1 / 2) <= CLOSE
    if slow.any():
        rounded[slow] = [float(f"{value:.{digits}g}") for value in values[slow].tolist()]
    return rounded


def _lost(size: np.ndarray, scaled: np.ndarray, ten: np.ndarray) -> np.ndarray:
    """What rounding took from size * TENS[ten] = scaled, exactly (Dekker's product)."""
    high, low = _halves(size)
    up_high, up_low = TENS_HIGH[ten], TENS_LOW[ten]
    return ((high * up_high - scaled) + high * up_low + low * up_high) + low * up_low


def json_numbers(values: np.ndarray, few_whole: bool = False) -> list[bytes]:
    """Each number as the shortest text that reads back as the same number; null for NaN, and no minus before 0.

    values: shape (n,). few_whole: whether few of them are whole numbers; the texts are the same, and take less time so.
    """
    import orjson  # only here: xlwings Lite, which writes no numbers to a file, has none

    # Adding 0 makes a zero of either sign the plain one.
    texts = orjson.dumps(values + 0.0, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1]
    if not few_whole:
        return (texts + b",").replace(b".0,", b",")[:-1].split(b",")
    numbers = texts.split(b",")
    for at in np.flatnonzero(np.rint(values) == values).tolist():
        numbers[at] = numbers[at].removesuffix(b".0")
    return numbers


def number_text(value: float, digits: int = DIGITS) -> str:
    """A finite number as it is written to the file, to so many significant digits."""
    return typed_text(float(f"{float(value):.{digits}g}"))


def typed_text(value: float) -> str:
    """The same with every digit: the shortest text that reads back as the same number, 0 for a zero with a minus."""
    import orjson

    return orjson.dumps(float(value) + 0.0).decode().removesuffix(".0")
