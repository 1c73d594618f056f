"""The error for content that cannot be read without guessing."""

from __future__ import annotations


class UnclearValueError(ValueError):
    """A value that may mean several things, or has no allowed meaning.

    says: the content, or what is wrong with it; question: a question to the user, or empty; example: a possible value, or empty.
    """

    def __init__(self, says: str, question: str = "", example: str = "") -> None:
        super().__init__(says)
        self.says, self.question, self.example = says, question, example
