"""What may stand in a header: one line, without control characters, read in the order in which it is written."""

from __future__ import annotations

import unicodedata

# Control characters, lone surrogates, line and paragraph separators. Spaces and joiners of any script are allowed.
BREAKING = ("Cc", "Cs", "Zl", "Zp")
# These change the direction of the text after them, so that a name or figure reads as another one.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FORBIDDEN = "control characters, and without U+202A to U+202E and U+2066 to U+2069, which change the direction of text"


def one_line(text: str) -> bool:
    """Whether the text fits into a header: it neither ends the header nor changes the direction of other text."""
    return not any(unicodedata.category(character) in BREAKING or character in TURNING for character in text)
