"""The evaluation of the graph: what it gives, and what it holds while it works."""

import random
import tracemalloc

import numpy as np

from calc.model import model_for
from calc.scenario import scenario
from calc.simulation.trials import DRAWN, LikelyCase
from tests.definition.scenarios import random_scenario

TARGETS = ("total", "spend", "recommended")


def given():
    return model_for().inputs([scenario(random_scenario(random.Random(seed))) for seed in range(3)])


def test_targets_are_all_that_is_given_and_the_same_as_among_everything():
    graph, inputs = model_for().graph, given()
    every = graph.evaluate(inputs, TARGETS, everything=True)
    only = graph.evaluate(inputs, TARGETS)
    assert set(every) == set(graph.order(TARGETS))
    assert list(only) == list(TARGETS)
    assert all(np.array_equal(only[key], every[key], equal_nan=True) for key in TARGETS)


def test_a_target_may_be_known_or_read_by_another_or_named_twice():
    graph, inputs = model_for().graph, given()
    known = {"total": np.zeros((1, len(model_for().structure.paths)))}
    found = graph.evaluate(inputs, ("spend", "npv", "total", "spend"), known)
    assert set(found) == {"spend", "npv", "total"}
    assert found["total"] is known["total"]
    assert list(graph.evaluate(inputs, ("npv",), known)) == ["npv"]


def test_what_stands_beside_the_way_from_the_drawn_figures_is_enough_for_the_targets():
    graph, inputs = model_for().graph, given()
    beside = graph.beside(DRAWN, TARGETS)
    assert not set(beside) & graph.following(DRAWN, TARGETS)
    known = graph.evaluate(inputs, (*beside, *DRAWN))
    found, wanted = graph.evaluate({}, TARGETS, known), graph.evaluate(inputs, TARGETS)
    assert all(np.array_equal(found[key], wanted[key], equal_nan=True) for key in TARGETS)


def test_trials_hold_a_small_part_of_what_they_calculate():
    """An array is dropped after its last reader, so that thousands of trials need the memory of a few arrays."""
    model, rows = model_for(), 1000
    start = LikelyCase(model, [scenario(random_scenario(random.Random(1)))])
    values = start.ranges.drawn(range(1), rows, lambda place, shape, correlation: np.full(rows, 0.5))[:, 0]
    known = start.fixed | {"value": values[: start.parameters].T, "estimate": values[start.parameters :].T}
    every = start.graph.evaluate({}, ("total",), known, everything=True)
    calculated = sum(array.nbytes for key, array in every.items() if key not in known and array.base is None)
    del every
    tracemalloc.start()
    try:
        start.graph.evaluate({}, ("total",), known)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < calculated * 2 / 3
