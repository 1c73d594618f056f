"""`design` against the second program, which searches the same space with plain loops."""

import os
import random
from functools import cache

import pytest

from calc.results import results
from calc.scenario import scenario
from calc.sequences import design
from tests.definition import sequences
from tests.definition.comparison import FIT, close
from tests.definition.paths import PATH_ORDER
from tests.definition.scenarios import random_scenario
from tests.definition.table import FACTS

COUNT = 200 if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else 12
MONEY = ("same_scope", "npv", "invoiced", "paid", "own_time", "losses", "weeks_to_stable")


@cache
def given():
    rng = random.Random(938)
    return [random_scenario(rng, wild=number % 2 == 1) for number in range(COUNT)]


@cache
def both():
    """(design, what the second program found) of every scenario."""
    return [(design(scenario(plain)), sequences.searched(plain, FACTS)) for plain in given()]


def numbered():
    """Phases of a sequence, as `design` shows them -> its number in the grammar."""
    return {_phases(phases): number for number, phases in sequences.grammar().items()}


def _phases(phases):
    return tuple((phase["work"], phase["model"], phase.get("share"), phase.get("weeks")) for phase in phases)


def test_the_grammar_allows_938_sequences_and_all_are_searched():
    assert len(sequences.grammar()) == 938
    assert {ours["searched"] for ours, _ in both()} == {938}


def test_a_plain_search_finds_the_same_recommended_sequence():
    number_of, recommended = numbered(), 0
    for number, (ours, theirs) in enumerate(both()):
        best = ours["recommended"]
        assert (best and number_of[_phases(best["phases"])]) == theirs["recommended"], number
        recommended += best is not None
    assert recommended > COUNT / 3


def test_a_plain_search_finds_the_same_frontier():
    number_of = numbered()
    for number, (ours, theirs) in enumerate(both()):
        assert {number_of[_phases(one["phases"])] for one in ours["frontier"]} == set(theirs["frontier"]), number


def test_a_plain_search_finds_the_same_figures():
    number_of = numbered()
    for number, (ours, theirs) in enumerate(both()):
        for one in [*([ours["recommended"]] if ours["recommended"] else []), *ours["frontier"]]:
            own = number_of[_phases(one["phases"])]
            cost = theirs["costs"][own]
            for name in MONEY:
                assert close(one[name], cost[name], cost["total"]), (number, one["name"], name)
            assert abs(one["fit"] - theirs["fit"][own]) <= FIT, (number, one["name"])


def test_what_each_saves_is_against_the_recommended_one_of_the_thirteen():
    plain = [{name: value for name, value in one.items() if name != "paths"} for one in given()]
    published = results([scenario(one) for one in plain], flips=False, trials=0)
    for (ours, _), result in zip(both(), published, strict=True):
        path = result["recommendation"]["path"]
        assert (ours["against"] and ours["against"]["path"]) == path
        for one in ours["frontier"]:
            expected = path and result["paths"][path]["same_scope"] - one["same_scope"]
            assert one["saves"] == (expected if path is None else pytest.approx(expected, abs=0.005))


def test_the_thirteen_are_found_among_them_with_their_own_figures():
    from calc.sequences.search import search
    from calc.sequences.space import published

    for one in map(scenario, given()):
        found = search(one)
        [result] = results([one], flips=False, trials=0)
        assert set(published().values()) == set(PATH_ORDER)
        for at, path in published().items():
            for name in ("fit", *MONEY):
                assert close(float(found.figures[name][at]), result["paths"][path][name]), (path, name)
