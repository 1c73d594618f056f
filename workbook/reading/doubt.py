"""What cannot be read without guessing."""

from __future__ import annotations


class Doubt(ValueError):
    """A cell that may mean several things, or nothing that is allowed. question: what to ask, or empty; found: what is there."""

    def __init__(self, found: str, question: str = "", example: str = "") -> None:
        super().__init__(found)
        self.found, self.question, self.example = found, question, example
