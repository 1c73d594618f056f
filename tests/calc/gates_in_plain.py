"""Whether a gate fires, by its data and in plain Python, to hold against the formula that is made from the same data."""

from itertools import product

import numpy as np

from calc import catalogue
from calc.catalogue.rule import Answered, Fires
from calc.quantity import QUANTITIES

CODES = {"yes": 1, "no": -1, "unknown": 0}


def met(clause, known):
    """Whether a gate's clause is met; known: answers by question, and whether gates fire and figures are 1."""
    if isinstance(clause, Answered):
        return (known[clause.question] == clause.answer) == clause.holds
    return known[clause.gate if isinstance(clause, Fires) else clause.figure] == clause.holds


def fires(gate, known, without=None):
    """Whether a gate fires by its data; without: a clause that is left out."""

    def held(alternative):
        return all(met(clause, known) for clause in alternative if clause is not without)

    known = known | {name: fires(catalogue.gates()[name], known) for name in gate.reads_gates}
    base = any(map(held, gate.conditions)) if gate.conditions else known[gate.property]
    return base and not any(map(held, gate.unless))


def free(gate):
    """Everything that decides whether a gate fires, also by way of other gates, with what each may be."""
    domains = {} if gate.conditions else {gate.property: (False, True)}
    for clause in gate.clauses:
        if isinstance(clause, Fires):
            domains |= free(catalogue.gates()[clause.gate])
        elif isinstance(clause, Answered):
            domains[clause.question] = tuple(CODES)
        else:
            domains[clause.figure] = (False, True)
    return domains


def combinations(gate):
    choices = free(gate)
    return [dict(zip(choices, values, strict=True)) for values in product(*choices.values())]


def formula_fires(gate, combinations):
    """Whether it fires by its formula, for all combinations at once."""
    values = []
    for name in QUANTITIES[f"fired_{gate.id}"].arguments:
        if name.startswith("fired_"):
            values.append(formula_fires(catalogue.gates()[name.removeprefix("fired_")], combinations))
        elif name.startswith("answer_"):
            values.append(np.array([CODES[known[name.removeprefix("answer_")]] for known in combinations]))
        elif name.startswith("all_"):
            touched = np.array([known[gate.property] for known in combinations])
            values.append((touched if gate.excludes else ~touched) * 1)
        else:
            values.append(np.array([known[name] for known in combinations]) * 1)
    return np.ravel(QUANTITIES[f"fired_{gate.id}"].function(*(each[:, np.newaxis] for each in values)))
