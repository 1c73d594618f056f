"""Text made from values: parts joined, numbers as whole amounts or percentages. Cells of a workbook say the same, live.

All run over whole columns of scenarios, and let symbols that stand for cells take the call over, as `calc.native` does. A
number is rounded as Excel rounds it: half away from zero, on what 15 digits show of it. A number with decimals, or a date,
is no part of a text: cells read format codes for these in the language of whoever opens the workbook.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from calc.native import native, rounded

# The only codes of a number that mean the same in every language: whole, and in percent.
WHOLE, PERCENT = "0", "0%"


@native
def joined(*parts: Any) -> Any:
    """The parts, one after the other. Each is a text, an array of texts, or a symbol; nothing but texts gives a text."""
    if all(isinstance(part, str) for part in parts):
        return "".join(parts)
    whole = np.asarray(parts[0], dtype=object)
    for part in parts[1:]:
        whole = whole + np.asarray(part, dtype=object)
    return whole


@native
def formatted(value: Any, code: str) -> Any:
    """The value as text by a code: a whole number, or a share in percent. Missing is an empty text. (...)."""
    percent = safe(code).endswith("%")
    return _texts(np.rint(rounded(value, 2) * 100) if percent else rounded(value, 0), "{}%" if percent else "{}")


@native
def amount(value: Any) -> Any:
    """The value as a whole number with its thousands grouped as the reader's language does; here, as in English. (...)."""
    return _texts(rounded(value, 0), "{:,}")


@native
def same_text(first: Any, second: Any) -> Any:
    """Whether two values read the same; an empty cell is an empty text, and so not the number 0. Arrays of any kind."""
    one, other = np.asarray(first), np.asarray(second)
    if one.dtype.kind in "fiub" and other.dtype.kind in "fiub":
        return (one == other) | ((one != one) & (other != other))
    pairs = np.broadcast(one, other)
    return np.array([_plain(a) == _plain(b) for a, b in pairs]).reshape(pairs.shape)


def safe(code: str) -> str:
    """The code, if it means the same in every language. Raises ValueError for any other."""
    if code not in (WHOLE, PERCENT):
        raise ValueError(f"the code {code} means something else in other languages; give the number its own cell")
    return code


def _texts(wholes: ArrayLike, pattern: str) -> np.ndarray:
    texts = ["" if n != n else pattern.format(int(n)) for n in np.ravel(wholes).tolist()]
    return np.array(texts, dtype=object).reshape(np.shape(wholes))


def _plain(value: object) -> object:
    return "" if value is None or value != value else value
