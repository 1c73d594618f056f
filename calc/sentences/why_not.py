"""Why a path is not recommended, in one or two sentences: the ground, what it would save or cost, and what then stands at risk.

code: the project's currency; label: of the recommended path; grounds: of the rules that exclude the path, each a sentence
after a blank (`excluded_by`); against: what was answered against its main model (`grounds.against`); would_speak: the answers
that would speak for it (`grounds.would_speak_for`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from calc.clauses import Values
from calc.reductions import whole
from calc.sentences.apart import by_side, more_or_less
from calc.sentences.grounds import named
from calc.text.live import formatted, joined


def excluded_by(gates: Iterable[str]) -> Callable:
    """The grounds of the rules that exclude a path, one sentence each. It reads gate_<id> and ground_<id> of each gate."""
    ids = list(gates)

    def grounds(values: Values):
        said = {gate: joined(" ", values[f"ground_{gate}"], ".") for gate in ids}
        return joined(*(np.where(values[f"gate_{gate}"] == 1, said[gate], "") for gate in ids))

    reads = [f"{kind}_{gate}" for gate in ids for kind in ("gate", "ground")]
    return named(grounds, reads, "The grounds of the rules that exclude the path.")


def sentence(why_not, ground, costs, risk):
    """The whole answer; empty for the recommended path. ground, costs and risk are the sentences below."""
    return np.where(why_not > 0, joined(ground, costs, risk), "")


def ground(why_not, grounds, against, would_speak, same_scope_difference):
    """What stands against the path."""
    silent = joined("No answer so far speaks for it. These would: ", would_speak, ".")
    worse = joined("It fits the answers less well.", np.where(against == "", "", " Against it:"), against)
    tied = "It fits about as well and costs the same, and stands later in the list of paths."
    dearer = by_side(same_scope_difference, "", tied, "It fits about as well, but costs more.")
    return np.choose(whole(why_not), ["", joined("Ruled out:", grounds), silent, worse, dearer])


def in_one_place(place_matters, way_difference, code):
    """What would remain of the difference if everybody worked in one place, where that matters."""
    moved = joined("; if everybody worked in the US, ", more_or_less(way_difference, code))
    return np.where(place_matters == 1, moved, "")


def costs(same_scope_difference, in_one_place, code):
    """How much it is cheaper or dearer for the same scope, and how much of that is the place where people work."""
    by = joined(" For the same scope it would cost ", more_or_less(same_scope_difference, code))
    whole_difference = joined(by, in_one_place, ".")
    return np.where(np.isnan(same_scope_difference), "", whole_difference)


def risk(break_even_chance, label):
    """With which chance of failing a cheaper path is no longer cheaper."""
    fails = joined(
        " The saving holds only while the chance that it fails and “", label, "” is needed after all stays below "
    )
    return np.where(np.isnan(break_even_chance), "", joined(fails, formatted(break_even_chance, "0%"), "."))


# The figures of a path that these sentences read.
FIGURES = ("why_not", "same_scope_difference", "way_difference", "place_matters", "break_even_chance")
# The parts of the answer, each after what it reads; the last is the whole.
PARTS: dict[str, Callable[..., Any]] = {
    "ground": ground,
    "in_one_place": in_one_place,
    "costs": costs,
    "risk": risk,
    "sentence": sentence,
}
