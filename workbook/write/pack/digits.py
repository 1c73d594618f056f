"""Numbers as they are written to a file: to a fixed number of significant digits, and not one more."""

from __future__ import annotations

import numpy as np
import orjson

# The digits that a spreadsheet keeps of a number. Further ones are rounding, on which no two programs agree.
DIGITS = 15
# Powers of ten that a double holds without error: only they scale without a second rounding.
MOST = 22
TENS = np.array([float(10**n) for n in range(MOST + 1)])
# For each binary exponent the decimal one of its least number, and the power of ten that has the next.
LOWEST, HIGHEST = -1073, 1024
DECADES = np.array([int(f"{2.0 ** (n - 1):e}".partition("e")[2]) for n in range(LOWEST, HIGHEST + 1)])
NEXT = np.array([float(f"1e{decade + 1}") for decade in DECADES])


def significant(values: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """The values to so many significant digits, by arithmetic that is the same on every processor; NaN stays.

    values: (...), finite or NaN. Returns (...).
    """
    size = np.abs(values)
    binary = np.frexp(size)[1] - LOWEST
    shift = digits - 1 - DECADES[binary] - (size >= NEXT[binary])
    up, down = TENS[np.clip(shift, 0, MOST)], TENS[np.clip(-shift, 0, MOST)]
    scaled = size * up / down
    whole = np.rint(scaled)
    rounded = np.copysign(whole / up * down, values)
    # Where the scale is not exact, or its rounding might have crossed a half, one by one as `number_text` does.
    slow = (shift < 0) | (shift > MOST) | (np.abs(np.abs(scaled - whole) - 1 / 2) <= scaled * 2.0**-52)
    slow &= size > 0
    if slow.any():
        rounded[slow] = [float(f"{value:.{digits}g}") for value in values[slow].tolist()]
    return rounded


def json_numbers(values: np.ndarray) -> list[bytes]:
    """Each number as the shortest text that reads back as the same number; null for NaN. values: shape (n,)."""
    texts = orjson.dumps(values, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1] + b","
    return texts.replace(b".0,", b",")[:-1].split(b",")


def number_text(value: float) -> str:
    """A finite number as it is written to the file, to DIGITS significant digits."""
    return typed_text(float(f"{float(value):.{DIGITS}g}"))


def typed_text(value: float) -> str:
    """The same with every digit: the shortest text that reads back as the same number."""
    return orjson.dumps(float(value)).decode().removesuffix(".0")
