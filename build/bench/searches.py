"""How long the searches take: the sets of answers that would have to be true, and the 512 random completions.

    python build/bench/searches.py

For each example and an empty form: processor time, and how many times as long it would take to evaluate the model as a
whole for as many vectors of answers, in the same run. Allowed for an example: as long as 30 whole evaluations of 128
scenarios, which is half a second where one takes 17 ms.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from figures import noted

from calc.model import model_for
from calc.scenario import Scenario, from_text, scenario
from calc.searches import Searches
from calc.searches.answering import Answering
from calc.searches.changes import changes
from calc.searches.completions import COMPLETIONS
from calc.searches.must_be_true import LARGEST
from calc.searches.split import ENTRY

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.toml"))
EMPTY = {"project": {"name": "Empty form", "start": "2026-12-01"}}
ROUNDS, ROWS, ALLOWED = 3, 128, 30


def main() -> None:
    given = {file.stem: from_text(file.read_text(encoding="utf-8"), file.name) for file in EXAMPLES}
    ratios = [_measured(name, one) for name, one in given.items()]
    _measured("empty form", scenario(EMPTY))
    noted(**{"searches: whole evaluations": max(ratios)})
    raise SystemExit(max(ratios) > ALLOWED)


def _measured(name: str, given: Scenario) -> float:
    """Prints the times; the result is the searches' time in whole evaluations of so many rows."""
    model, questions = model_for(), len(model_for().structure.questions) - 1
    answering = Answering(model, given)
    inputs = answering.inputs | {ENTRY: np.asfortranarray(np.repeat(answering.given[np.newaxis], ROWS, axis=0))}
    whole = _seconds(lambda: model.graph.evaluate(inputs, ("recommended",)))
    searching = _seconds(lambda: _searched(Searches(model, given)))
    sizes = (len(changes(answering.given[:questions], size).questions) for size in range(1, LARGEST + 1))
    vectors = COMPLETIONS + sum(sizes)
    print(
        f"{name:20} {searching:.3f} s for at most {vectors:,} vectors of answers; "
        f"as whole evaluations {whole * vectors / ROWS / searching:.0f} times as long"
    )
    return searching / whole


def _searched(searches: Searches) -> None:
    assert searches.must_be_true is not None
    assert searches.firmness is not None


def _seconds(work: Callable[[], object]) -> float:
    """The least processor time of all rounds, after one that is not counted."""
    work()
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


if __name__ == "__main__":
    main()
