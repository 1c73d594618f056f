"""The one line beside a recommended quote: what a sequence is compared with, and which one is named."""

import random
from dataclasses import replace

import numpy as np
import pytest

from calc.scenario import scenario
from calc.sequences import or_better, search
from calc.sequences.told import Own

TOLERANCE = 0.15


@pytest.fixture(scope="module")
def searched():
    return search(scenario({"project": {"name": "Rescue", "start": "2026-12-01"}, "answers": {"bounded": "yes"}}))


def line(searched, own, *candidates):
    """What is said beside a path of (cost, fit) when these are the sequences with evidence, each a cost and a fit."""
    cost, fit = (np.zeros(len(searched.rows)) for _ in range(2))
    cost[: len(candidates)], fit[: len(candidates)] = zip(*candidates, strict=True)
    candidate = np.arange(len(cost)) < len(candidates)
    in_band = np.where(candidate & (np.round(fit[candidate].max() - fit, 9) <= TOLERANCE), 1, 0)
    figures = {"same_scope": cost, "compared_same_scope": cost, "fit": fit, "candidate": candidate, "in_band": in_band}
    best = int(np.argmin(np.where(in_band == 1, cost, np.inf)))
    return or_better(
        replace(searched, figures=figures, recommended=best), "EUR", Own("Dev4U throughout", *own, TOLERANCE)
    )


def test_beside_a_recommended_quote_a_sequence_is_compared_with_that_and_not_with_a_published_path(searched):
    """A quote was recommended at EUR 125,558, and a sequence at 126,114 was said to be "better, EUR 56,973 less"."""
    own = (125_558.0, 0.56)
    assert line(searched, own, (126_114.0, 0.82)).startswith("Fits better than “Dev4U throughout”: “")
    assert line(searched, own, (126_114.0, 0.82)).endswith("”, EUR 556 more for the same scope.")
    assert line(searched, own, (120_000.0, 0.56)).startswith("Better than “Dev4U throughout”: “")
    assert line(searched, own, (120_000.0, 0.56)).endswith("”, EUR 5,558 less for the same scope.")
    for nothing in ((126_114.0, 0.6), (120_000.0, 0.4)):
        none = f"None of the {len(searched.rows):,} possible sequences does better than “Dev4U throughout”."
        assert line(searched, own, nothing) == none


def test_what_fits_better_at_the_same_cost_is_better(searched):
    assert line(searched, (100_000.0, 0.5), (100_000.0, 0.7)).startswith("Better than “Dev4U throughout”: “")


def test_a_path_that_fits_worse_than_about_as_well_as_the_best_is_behind_the_recommended_sequence(searched):
    """The recommended one fits only 0.1 better, which alone would be about as well."""
    assert line(searched, (100_000.0, 0.5), (110_000.0, 0.6), (130_000.0, 0.7)).endswith(
        "EUR 10,000 more for the same scope."
    )


def test_a_cheaper_sequence_that_fits_about_as_well_is_named_although_another_is_recommended(searched):
    """The cheaper one does not fit about as well as the best, but as well as the quote."""
    assert line(searched, (100_000.0, 0.5), (110_000.0, 0.6), (90_000.0, 0.4)).endswith(
        "EUR 10,000 less for the same scope."
    )


def test_none_is_said_to_do_better_only_where_none_fits_about_as_well_for_less_or_better_by_more(searched):
    chance = random.Random(1232)
    said_none = 0
    for _ in range(500):
        own, *others = (
            (chance.randrange(90_000, 110_000, 1_000), chance.randrange(0, 60, 5) / 100)
            for _ in range(chance.randint(2, 5))
        )
        better = [
            (cost, fit)
            for cost, fit in others
            if round(fit - own[1], 9) > TOLERANCE or (round(own[1] - fit, 9) <= TOLERANCE and cost < own[0])
        ]
        said = line(searched, own, *others)
        assert said.startswith("None of the ") == (not better), (own, others, said)
        said_none += not better
    assert 100 < said_none < 400
