"""Where answers enter the graph: which nodes they leave unchanged, and which they reach only through a few switches.

The expensive part of the model is the phases and months of all paths. Answers reach it only through a few single
quantities, its switches, such as whether the problem is systemic. So it has few states, however many answers are tried.
The split is found from the graph itself and needs no change when a formula is added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calc.graph import Graph

ENTRY = "given_answer"
# A node over one of these that follows answers only through single quantities is expensive.
LONG = frozenset({"phase", "month"})


@dataclass(frozen=True)
class Split:
    """Which nodes to evaluate once, and which once for each state, before trying other answers.

    fixed: nodes that no answer changes, as far as a node that some answer changes reads them. switches: the single
    quantities through which the expensive part follows answers. tabulated: nodes of the expensive part that others read.
    """

    fixed: tuple[str, ...]
    switches: tuple[str, ...]
    tabulated: tuple[str, ...]


def split(graph: Graph, targets: tuple[str, ...]) -> Split:
    """The split of what the targets need."""
    order, follows = graph.order(targets), graph.following([ENTRY], targets)
    through = _through(graph, order, follows)
    switches: set[str] = set()
    for key in follows & through.keys():
        if LONG & set(graph.node(key).over):
            switches |= through[key]
    expensive = {key for key in follows & through.keys() - switches if through[key] <= switches}
    by_others = _read_by(graph, follows - expensive) | set(targets)
    by_any = _read_by(graph, follows) | set(targets)
    return Split(
        tuple(key for key in order if key in by_any - follows),
        tuple(key for key in order if key in switches),
        tuple(key for key in order if key in by_others & expensive),
    )


def _through(graph: Graph, order: Iterable[str], follows: set[str]) -> dict[str, set[str]]:
    """The single quantities through which each node follows answers; nodes that read answers themselves are left out."""
    through: dict[str, set[str]] = {}
    for key in order:
        reads = [argument.node for argument in graph.node(key).arguments]
        single = {read for read in reads if read in follows and not graph.node(read).over}
        others = [read for read in reads if read not in single]
        if key != ENTRY and all(read in through for read in others):
            through[key] = single.union(*(through[read] for read in others))
    return through


def _read_by(graph: Graph, keys: Iterable[str]) -> set[str]:
    return {argument.node for key in keys for argument in graph.node(key).arguments}
