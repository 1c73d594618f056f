"""What to ask first, and how firmly the recommendation stands: the open questions are completed at random."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calc.searches.answering import Answering
from calc.searches.changes import NO, OPEN, YES

COMPLETIONS, SEED = 512, 1
# Swings are compared to as many digits as leans and fits, so that a tie is a tie.
DIGITS = 9
TOP_BIT = np.uint64(63)


@dataclass(frozen=True)
class Swing:
    """How far the answer to an open question moves the share in which the same path is recommended, from 0 to 1."""

    question: str
    swing: float


@dataclass(frozen=True)
class Firmness:
    """How firmly the recommendation stands.

    holds: the share of the completions in which the same path is recommended; None without a path. ask: the open questions,
    largest swing first, then in their own order. Without a path, a swing is that of the path whose share it moves most.
    """

    holds: float | None
    ask: tuple[Swing, ...]


def firmness(answering: Answering, now: int, questions: tuple[str, ...]) -> Firmness:
    """How firmly the path at that position stands, 0 for none."""
    open_ones = np.flatnonzero(answering.given[: len(questions)] == OPEN)
    answers = completed(answering.given, open_ones)
    recommended = answering.recommended(answers)
    judged = np.array([now]) if now else np.unique(recommended)
    same = recommended == judged[:, np.newaxis]
    swings = [(questions[at], _swing(same, answers[:, at] == YES)) for at in open_ones]
    swings.sort(key=lambda swing: -round(swing[1], DIGITS))
    return Firmness(float(same.mean()) if now else None, tuple(Swing(*swing) for swing in swings))


def completed(given: np.ndarray, open_ones: np.ndarray) -> np.ndarray:
    """The answers with the open ones completed, shape (completion, question).

    Yes and no are equally likely. Each question has its own draws, even one that is answered, so that one more answer leaves
    the completions of the others as they were. NumPy keeps the raw stream of PCG64 the same on every platform (NEP 19).
    """
    bits = np.random.PCG64(SEED).random_raw((len(given), COMPLETIONS)) >> TOP_BIT
    answers = np.repeat(given[:, np.newaxis], COMPLETIONS, axis=1)
    answers[open_ones] = np.where(bits[open_ones] == 1, YES, NO)
    return answers.T


def _swing(same: np.ndarray, is_yes: np.ndarray) -> float:
    """Largest difference between the shares among the completions with yes and those with no. same: (path, completion)."""
    return float(np.abs(same[:, is_yes].mean(axis=1) - same[:, ~is_yes].mean(axis=1)).max())
