"""A budget for a portfolio against every combination of paths."""

import random
from itertools import product

from calc.budget import Choice, chosen


def sums(choices, positions):
    taken = [options[at] for options, at in zip(choices, positions, strict=True)]
    return sum(choice.invoiced for choice in taken), sum(choice.same_scope for choice in taken)


def test_it_is_the_cheapest_of_all_combinations_within_the_budget():
    draw = random.Random(20)
    met = 0
    for _ in range(120):
        largest = draw.choice([9, 10**4, 10**9])
        choices = [
            [Choice(draw.randint(0, largest), draw.randint(0, largest)) for _ in range(draw.randint(1, 4))]
            for _ in range(draw.randint(1, 5))
        ]
        budget = draw.randint(0, largest * len(choices))
        every = [sums(choices, positions) for positions in product(*(range(len(options)) for options in choices))]
        within = [cost for invoiced, cost in every if invoiced <= budget]
        answer = chosen(choices, budget)
        invoiced, cost = sums(choices, answer.positions)
        if within:
            met += 1
            assert (answer.short_by, answer.gap, cost) == (0, 0, min(within))
            assert invoiced <= budget
        else:
            assert answer.short_by == min(invoiced for invoiced, _ in every) - budget
            assert invoiced == min(invoiced for invoiced, _ in every)
            assert answer.in_the_way
    assert 20 < met < 120


def test_a_budget_that_cannot_be_met_names_the_dearest_projects():
    choices = [[Choice(500, 1)], [Choice(900, 1), Choice(800, 2)], [Choice(100, 1)]]
    answer = chosen(choices, 600)
    assert (answer.short_by, answer.in_the_way, answer.positions) == (800, (1,), (0, 1, 0))
