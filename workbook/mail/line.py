"""What may stand in a header: one line, without control characters."""

from __future__ import annotations

import unicodedata

# Control characters, lone surrogates, separators of lines and paragraphs. Spaces and joiners of any script may stay.
BREAKING = ("Cc", "Cs", "Zl", "Zp")


def one_line(text: str) -> bool:
    """Whether the text can stand in a header without ending it."""
    return not any(unicodedata.category(character) in BREAKING for character in text)
