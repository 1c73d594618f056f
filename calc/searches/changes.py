"""Sets of changed answers: every way to change one, two or three of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

import numpy as np

from calc.scenario.schema import ANSWER_CODES

ANSWERS = {code: answer for answer, code in ANSWER_CODES.items()}
YES, NO, OPEN = (ANSWER_CODES[answer] for answer in ("yes", "no", "unknown"))


@dataclass(frozen=True)
class Changes:
    """Sets of as many changed answers each, in the order in which they are preferred.

    questions: which, ascending; answers: to what, as codes. Both of shape (set, changed).
    """

    questions: np.ndarray
    answers: np.ndarray

    def applied(self, given: np.ndarray) -> np.ndarray:
        """The vectors of answers with each set changed, shape (set, question)."""
        vectors = np.repeat(given[:, np.newaxis], len(self.questions), axis=1).T
        np.put_along_axis(vectors, self.questions, self.answers, axis=1)
        return vectors

    def named(self, number: int, questions: tuple[str, ...]) -> dict[str, str]:
        """One set as answers by question."""
        changed = zip(self.questions[number], self.answers[number], strict=True)
        return {questions[question]: ANSWERS[float(code)] for question, code in changed}


def changes(given: np.ndarray, size: int) -> Changes:
    """Every set of that size: an open question answered yes or no, a given one the opposite.

    given: codes of the questions that are asked, shape (question,). Those that change fewer given answers come first, then
    the order of the questions decides, and yes comes before no.
    """
    questions = _sets(len(given), size)
    was = given[questions][:, np.newaxis]
    choice = np.array(list(product((YES, NO), repeat=size)))
    answers = np.where(was == OPEN, choice, -was)
    # A given answer has only one opposite: of the choices that would repeat it, one is kept.
    distinct = ((was == OPEN) | (answers == choice)).all(axis=-1)
    which, _ = np.nonzero(distinct)
    questions, answers = questions[which], answers[distinct]
    overruled = (given[questions] != OPEN).sum(axis=1).tolist()
    preferred = sorted(range(len(overruled)), key=overruled.__getitem__)
    return Changes(questions[preferred], answers[preferred])


@cache
def _sets(questions: int, size: int) -> np.ndarray:
    return np.array(list(combinations(range(questions), size)))
