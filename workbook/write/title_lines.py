"""The project's name as the title of the first page: on one line, or broken where it would run past the edge of the paper."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

# Widths of letters in the bold type of the title, in ems and rather too wide than too narrow, and the ems of a line.
FULL, CAPITAL, SMALL = 1.0, 0.9, 0.58
LINE = 47.0
BROAD = "mwMW@%"


def title_lines(name: str) -> tuple[str, str]:
    """The first line, and what is left for a second one; an empty text where nothing is.

    >>> title_lines("Checkout rescue")
    ('Checkout rescue', '')
    >>> title_lines("WIDE " * 12)
    ('WIDE WIDE WIDE WIDE WIDE WIDE WIDE WIDE WIDE WIDE WIDE', 'WIDE')
    """
    name, room = name.strip(), LINE
    for at, letter in enumerate(name):
        room -= _width(letter)
        if room < 0:
            end = name.rfind(" ", 0, at + 1)
            end = end if end > 0 else at
            return name[:end].rstrip(), name[end:].lstrip()
    return name, ""


def _width(letter: str) -> float:
    if combining(letter):
        return 0
    if east_asian_width(letter) in "WF":
        return FULL
    return CAPITAL if letter.isupper() or letter in BROAD else SMALL
