"""The error for content that cannot be read without guessing."""

from __future__ import annotations


class UnclearValueError(ValueError):
    """A cell that may mean several things, or has no allowed meaning.

    found: the content; question: a question to the user, or empty; example: a possible value, or empty.
    """

    def __init__(self, found: str, question: str = "", example: str = "") -> None:
        super().__init__(found)
        self.found, self.question, self.example = found, question, example
