"""Where answers enter the graph: what they leave as it is, and what they reach only through a few single quantities.

The dear part of the model are the phases and months of all paths. Answers reach it through very few single quantities,
such as whether the problem is systemic; so it takes few states, however many answers are tried. The split is found from
the graph itself and holds for every formula that is added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calc.graph import Graph

ENTRY = "given_answer"
# What runs over one of these, and follows answers through single quantities alone, is dear.
LONG = frozenset({"phase", "month"})


@dataclass(frozen=True)
class Split:
    """What has to be known of the graph before it is evaluated for other answers.

    fixed: what answers do not change and something that they do change reads. switches: the single quantities through
    which the dear part follows answers. tabulated: what of the dear part is read by the rest.
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
    dear = {key for key in follows & through.keys() - switches if through[key] <= switches}
    by_others = _read_by(graph, follows - dear) | set(targets)
    by_any = _read_by(graph, follows) | set(targets)
    return Split(
        tuple(key for key in order if key in by_any - follows),
        tuple(key for key in order if key in switches),
        tuple(key for key in order if key in by_others & dear),
    )


def _through(graph: Graph, order: Iterable[str], follows: set[str]) -> dict[str, set[str]]:
    """Through which single quantities each node follows answers; without those that read the answers themselves."""
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
