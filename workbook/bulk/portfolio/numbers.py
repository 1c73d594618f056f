"""Reads numbers from text: with a decimal point, or, in files separated by semicolons, with a decimal comma as well.

An Excel that separates cells by semicolons may mean a thousand by 1.000. A number that can be read in two ways is rejected.
"""

from __future__ import annotations

import re

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
WITH_COMMA = re.compile(r"[+-]?(\d+|[1-9]\d{0,2}(\.\d{3})+),\d+([eE][+-]?\d+)?", re.ASCII)
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}((\.\d{3})+|(,\d{3})+)", re.ASCII)
# The same within a list, where commas separate the numbers.
AMBIGUOUS_IN_LIST = re.compile(r"(?<![\w.,\"])[1-9]\d{0,2}(\.\d{3})+(?![\w.])", re.ASCII)


def number(text: str) -> int | float | None:
    """The number in a text with a decimal point; None if it is not a number.

    >>> number("400"), number("12.5"), number("400 h")
    (400, 12.5, None)
    """
    if not NUMBER.fullmatch(text):
        return None
    return int(text) if text.lstrip("+-").isdecimal() and len(text) < 16 else float(text)


def with_point(text: str) -> str:
    """A number with a decimal comma rewritten with a point; any other text unchanged.

    >>> with_point("1.200,5"), with_point("1.200")
    ('1200.5', '1.200')
    """
    return text.replace(".", "").replace(",", ".") if WITH_COMMA.fullmatch(text) else text


def ambiguous(text: str) -> str:
    """The part of a text, a number or a list of numbers, that can be read in two ways; else ""."""
    match = AMBIGUOUS_IN_LIST.search(text) if text.startswith(("[", "{")) else AMBIGUOUS.fullmatch(text)
    return match[0] if match else ""


def plain(text: str) -> str:
    """An ambiguous number without its marks, as if they separated thousands."""
    return re.sub("[.,]", "", text)


def question(text: str) -> str:
    """The question to ask about an ambiguous number.

    >>> question("1.200")
    'did you mean 1200 or 1.2?'
    """
    marks = text.count(".") + text.count(",")
    other = f" or {float(text.replace(',', '.')):g}" if marks == 1 else ""
    return f"did you mean {plain(text)}{other}?"
