"""What may stand in a header: one line, without control characters, read in the order in which it is written."""

from __future__ import annotations

import unicodedata

# Control characters, lone surrogates, separators of lines and paragraphs. Spaces and joiners of any script may stay.
BREAKING = ("Cc", "Cs", "Zl", "Zp")
# They turn the direction of what follows, so that a name or a figure reads as another. Marks within a script may stay.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FORBIDDEN = "control characters, and without U+202A to U+202E and U+2066 to U+2069, which turn the direction of text"


def one_line(text: str) -> bool:
    """Whether the text can stand in a header without ending it, and without turning what stands beside it."""
    return not any(unicodedata.category(character) in BREAKING or character in TURNING for character in text)
