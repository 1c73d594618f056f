"""Many vectors of answers at once give what each scenario gives by itself, and the expensive part is evaluated only a few times."""

import random

import numpy as np
import pytest

from calc.model import ANSWER_CODES, model_for, user_paths
from calc.scenario import scenario
from calc.searches.answering import BLOCK, Answering
from calc.searches.split import ENTRY, LONG, split
from tests.definition.scenarios import random_scenario

TARGETS = ("recommended", "same_scope", "fit", "eligible", "evidence")


@pytest.mark.parametrize("seed", range(4))
def test_every_vector_gives_exactly_what_the_scenario_gives_by_itself(seed):
    plain = random_scenario(random.Random(seed), wild=seed % 2 == 1)
    given = scenario(plain)
    model = model_for(user_paths(given))
    answering = Answering(model, given, TARGETS)
    rng = np.random.Generator(np.random.PCG64(seed))
    vectors = np.repeat(answering.given[np.newaxis], 60, axis=0)
    asked = len(model.structure.questions) - 1
    vectors[:, :asked] = rng.choice(list(ANSWER_CODES.values()), (60, asked))
    together = answering.evaluate(vectors)
    words = {code: answer for answer, code in ANSWER_CODES.items()}
    for number, vector in enumerate(vectors):
        answers = {
            question: words[code] for question, code in zip(model.structure.questions, vector[:asked], strict=False)
        }
        alone = model.evaluate([scenario(plain | {"answers": answers})], TARGETS)
        for target in TARGETS:
            np.testing.assert_array_equal(together[target][number], alone[target][0])


def test_more_vectors_than_a_block_holds_are_one_result():
    answering = Answering(model_for(), scenario({"project": {"name": "Many", "start": "2026-12-01"}}))
    rng = np.random.Generator(np.random.PCG64(3))
    vectors = rng.choice([-1.0, 0.0, 1.0], (BLOCK + 5, len(answering.given)))
    vectors[:, -1] = 0
    together = answering.recommended(vectors)
    assert together.shape == (BLOCK + 5,)
    assert (together[-5:] == answering.recommended(vectors[-5:])).all()


def test_phases_and_months_are_evaluated_once_for_each_state():
    graph = model_for().graph
    parts = split(graph, ("recommended",))
    later = graph.order(("recommended",), {*parts.fixed, *parts.switches, *parts.tabulated, ENTRY})
    before = graph.order(parts.switches, {*parts.fixed, ENTRY})
    assert not any("month" in graph.node(key).over for key in [*before, *later])
    assert not any(LONG & set(graph.node(key).over) for key in before)


def test_what_answers_do_not_change_is_fixed():
    graph = model_for().graph
    parts = split(graph, ("recommended",))
    assert not set(parts.fixed) & graph.following([ENTRY], ("recommended",))
    assert "systemic" in parts.switches
