"""Members that come back: the sheet of the parameters, say, is the same for all scenarios that override none."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from workbook.files.archive import Member

# So many contents of a member are kept, and none of one with more blanks: it would hardly be the same twice.
KEPT, MOST_BLANKS = 8, 100


class Repeated:
    """The last contents of one member, with what was made of each."""

    def __init__(self) -> None:
        self._known: deque[tuple[bytes, Member]] = deque(maxlen=KEPT)

    def member(self, content: bytes, make: Callable[[], Member]) -> Member:
        """The member of the content, made where it is not known."""
        for known, member in self._known:
            if known == content:
                return member
        member = make()
        self._known.appendleft((content, member))
        return member
