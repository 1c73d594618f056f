"""Numbers as text in a portfolio: with a decimal point; between semicolons, as Excel saves where a comma is, with that.

A country's Excel that separates cells by semicolons means a thousand by 1.000. What may be two numbers is asked.
"""

from __future__ import annotations

import re

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
WITH_COMMA = re.compile(r"[+-]?(\d+|[1-9]\d{0,2}(\.\d{3})+),\d+([eE][+-]?\d+)?", re.ASCII)
DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}((\.\d{3})+|(,\d{3})+)", re.ASCII)
# The same within a list; there, commas stand between the numbers.
DOUBTFUL_IN_LIST = re.compile(r"(?<![\w.,\"])[1-9]\d{0,2}(\.\d{3})+(?![\w.])", re.ASCII)
ALLOWED = "a number without marks between its thousands"


def number(text: str) -> int | float | None:
    """The number that a text with a decimal point is, if it is one."""
    if not NUMBER.fullmatch(text):
        return None
    return int(text) if text.lstrip("+-").isdecimal() and len(text) < 16 else float(text)


def with_point(text: str) -> str:
    """A number with a decimal comma as one with a point; any other text as it is."""
    return text.replace(".", "").replace(",", ".") if WITH_COMMA.fullmatch(text) else text


def doubtful(text: str) -> str:
    """What in a text, a number or a list of some, may be two numbers; else nothing."""
    found = DOUBTFUL_IN_LIST.search(text) if text.startswith(("[", "{")) else DOUBTFUL.fullmatch(text)
    return found[0] if found else ""


def plain(text: str) -> str:
    """A doubtful number with its marks taken for those between thousands."""
    return re.sub("[.,]", "", text)


def question(text: str) -> str:
    """What to ask where a number is doubtful."""
    marks = text.count(".") + text.count(",")
    other = f" or {float(text.replace(',', '.')):g}" if marks == 1 else ""
    return f"did you mean {plain(text)}{other}?"
