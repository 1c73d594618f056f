"""Which single answer would change the recommendation: every other answer to every question is tried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.searches.answering import Answering
from calc.searches.changes import ANSWERS, OPEN, Changes


@dataclass(frozen=True)
class AnswerFlip:
    """Another answer to one question, and the path that is recommended then; None where there is none."""

    question: str
    given: str
    answer: str
    path: str | None


def single_answers(
    answering: Answering, now: int, questions: tuple[str, ...], paths: tuple[str, ...]
) -> list[AnswerFlip]:
    """Every other answer to every question that changes the recommendation; questions still open come first."""
    given = answering.given[: len(questions)]
    tried = [(at, code) for at in range(len(questions)) for code in ANSWERS if code != given[at]]
    columns = np.array(tried)
    every = Changes(columns[:, :1].astype(int), columns[:, 1:])
    flips = [
        AnswerFlip(questions[at], ANSWERS[float(given[at])], ANSWERS[code], paths[position - 1] if position else None)
        for (at, code), position in zip(tried, answering.recommended(every.applied(answering.given)), strict=True)
        if position != now
    ]
    return sorted(flips, key=lambda flip: flip.given != ANSWERS[OPEN])
