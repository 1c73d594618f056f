"""What would have to be true: the smallest sets of changed answers with which each other path would be recommended."""

from __future__ import annotations

import numpy as np

from calc.searches.answering import Answering
from calc.searches.changes import changes

LARGEST, SETS = 3, 3

Sets = tuple[dict[str, str], ...]


def must_be_true(answering: Answering, now: int, questions: tuple[str, ...], paths: tuple[str, ...]) -> dict[str, Sets]:
    """Path -> at most three sets of answers, all of the smallest size that suffices; none for the path recommended today.

    now: the position of that path, 0 for none. Larger sets are tried only while some path still has none.
    """
    found: dict[int, Sets] = {now: ()}
    asked = answering.given[: len(questions)]
    for size in range(1, LARGEST + 1):
        if len(found.keys() - {0}) == len(paths):
            break
        every = changes(asked, size)
        recommended = answering.recommended(every.applied(answering.given))
        for position in set(recommended.tolist()) - {0, *found}:
            first = np.flatnonzero(recommended == position)[:SETS]
            found[position] = tuple(every.named(number, questions) for number in first)
    return {path: found.get(position, ()) for position, path in enumerate(paths, 1)}
