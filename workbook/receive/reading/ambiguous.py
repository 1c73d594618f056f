"""What cannot be read without guessing."""

from __future__ import annotations


class DoubtError(ValueError):
    """A cell that may mean several things, or nothing that is allowed.

    found: what is there; question: what to ask, or empty; example: what could stand there instead, or empty.
    """

    def __init__(self, found: str, question: str = "", example: str = "") -> None:
        super().__init__(found)
        self.found, self.question, self.example = found, question, example
