"""The known name that someone probably meant by an unknown one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

# difflib's work grows with the square of a name: nobody mistypes a longer one.
LONGEST = 80


def near(name: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known name that is most like it, if there is one. likeness: from 0 to 1, where 1 is the same."""
    return _near(name, tuple(known), likeness) if len(name) <= LONGEST else None


@lru_cache(maxsize=1_000)
def _near(name: str, known: tuple[str, ...], likeness: float) -> str | None:
    return next(iter(get_close_matches(name, known, 1, likeness)), None)
