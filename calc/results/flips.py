"""Which single answer would change the recommendation: every other answer to every question is tried."""

from __future__ import annotations

import numpy as np

from calc import catalogue
from calc.model import ANSWER_CODES
from calc.results.evaluation import Evaluation

# So many scenarios at a time; each becomes two rows per question.
BLOCK = 16


def flips_of(evaluation: Evaluation) -> list[list[dict]]:
    """By scenario: {"question", "from", "answer", "path"} for every answer that changes the path, unknown ones first.

    path: what would be recommended then; None where no path would be left.
    """
    flips: list[list[dict]] = []
    for first in range(0, len(evaluation.scenarios), BLOCK):
        rows = range(first, min(first + BLOCK, len(evaluation.scenarios)))
        recommended = _tried(evaluation, rows)
        flips += [_changes(evaluation, row, recommended[at]) for at, row in enumerate(rows)]
    return flips


def _tried(evaluation: Evaluation, rows: range) -> np.ndarray:
    """Position of the recommended path for every scenario, question and answer code; shape (rows, question, 3)."""
    model = evaluation.model
    asked, codes = len(catalogue.questions()), list(ANSWER_CODES.values())
    each = asked * len(codes)
    given = {
        name: np.asfortranarray(np.repeat(array[rows.start : rows.stop], each, axis=0))
        for name, array in evaluation.given.items()
    }
    answers = given["given_answer"].reshape(len(rows), asked, len(codes), -1)
    for question in range(asked):
        answers[:, question, :, question] = codes
    given["given_answer"] = np.asfortranarray(answers.reshape(len(rows) * each, -1))
    recommended = model.graph.evaluate(model.static | given, ["recommended"])["recommended"]
    return recommended.reshape(len(rows), asked, len(codes)).astype(int)


def _changes(evaluation: Evaluation, row: int, recommended: np.ndarray) -> list[dict]:
    ids = evaluation.model.structure.path_ids
    now = int(evaluation.of("recommended", row))
    answers = evaluation.scenarios[row].answers
    changes = []
    for question, by_answer in zip(catalogue.questions(), recommended, strict=True):
        given = answers.get(question, "unknown")
        for answer, position in zip(ANSWER_CODES, by_answer, strict=True):
            if position != now:
                path = ids[position - 1] if position else None
                changes.append({"question": question, "from": given, "answer": answer, "path": path})
    return sorted(changes, key=lambda change: change["from"] != "unknown")
