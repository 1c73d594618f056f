"""The body of an HTML text: its end, where more can follow, and what stands inside it."""

from __future__ import annotations

import re

BODY = re.compile(r"<body\b[^>]*>(.*)</body\s*>", re.DOTALL | re.IGNORECASE)
END = re.compile(r"</body\s*>(?!.*</body)", re.DOTALL | re.IGNORECASE)


def appended(html: str, piece: str) -> str:
    """The text with a piece at the end of its body, or at its end where it has none."""
    end = END.search(html)
    return f"{html[: end.start()]}{piece}{html[end.start() :]}" if end else html + piece


def inside(html: str) -> str:
    """What stands in the body, or the whole text where it has none."""
    body = BODY.search(html)
    return body[1] if body else html
