"""Text from others, made safe to show anywhere: nothing in it steers a terminal, breaks a line or stays invisible."""

from __future__ import annotations

# Join emoji and letters of some scripts; not printable alone, and harmless.
JOINERS = "\u200c\u200d"


def printable(text: str, keep: str = "") -> str:
    """The text with every control character, mark of direction and lone surrogate as its number, for example \\x1b.

    keep: characters that are left as they are, such as line breaks.
    """
    return "".join(c if c.isprintable() or c in JOINERS or c in keep else _number(c) for c in text)


def _number(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
