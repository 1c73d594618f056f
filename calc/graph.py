"""The graph of the model: found from the argument names of the quantities, evaluated in one pass over any number of scenarios.

Every array has shape (scenario, *dimensions), the dimensions in the order of `calc.quantity.DIMENSIONS`; what does not
depend on the scenario has length 1 on the first axis. The scenario axis is the fastest in memory, so that elementwise work
runs over contiguous blocks however short the other axes are.

How a function's argument is read:

- `x`: the quantity x, at the same coordinates. A phase that reads a parameter, or a quantity of the models, reads that of
  its own model.
- `x_of_<relation>`: x of the model or phase that the relation points to, for example `rework_of_runner`.
- `all_x`: x along a new last axis, to be summed or searched.
- `answer_<question>`, a setting, an estimate: one element of a vector.

>>> from calc.model import model_for
>>> [argument.node for argument in model_for().graph.node("npv").arguments]
['spend', 'discount_factor']
>>> model_for().graph.order(("discount_factor",))
['discount_rate', 'month', 'published_setting', 'override_setting', 'setting', 'months_per_year', 'discount_factor']
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from calc.arguments import Aligned, Calculation, Gathering, aligned, calculation, gathered, of_own_phases
from calc.quantity import DIMENSIONS, QUANTITIES


@dataclass(frozen=True)
class Relation:
    """Points from every element of one dimension to an element of another. index: 0-based, -1 for none."""

    name: str
    source: str
    target: str
    index: np.ndarray


@dataclass(frozen=True)
class Argument:
    """One argument of a function: the node it reads, and the dimension that becomes the new last axis, if any."""

    node: str
    collapsed: str | None = None


@dataclass(frozen=True)
class Node:
    """One array of the model. kind: `input`, `quantity`, `gather` (x by a relation) or `element` (one of a vector)."""

    key: str
    over: tuple[str, ...]
    kind: str
    arguments: tuple[Argument, ...] = ()
    function: Callable | None = None
    relation: str = ""
    index: int = 0


# A formula that reads this sums over the phases of its own path, since it multiplies all others by 0.
PATH_OF_EVERY_PHASE = Argument("path_number", "phase")
# Key of a node, how it is calculated, and what nothing after it reads.
Step = tuple[str, Calculation, list[str]]
# Plans that are remembered: the callers ask for a few sets of targets again and again.
MOST_PLANS = 64


class Graph:
    """The nodes that a set of target quantities needs, for inputs of known dimensions and a fixed structure of paths.

    inputs: name -> dimensions; parameters: name -> the rows of the `parameter` dimension by model (0-based, -1 for none);
    relations: how phases and paths point to models and phases; elements: name -> the vector that it is one of, and where;
    static: the inputs that come with the structure; own_phases: `path` or `phase` -> for each of them the phases of its
    path, filled up with one of another path, 0-based, shape (n, most phases of a path).
    """

    def __init__(
        self,
        inputs: Mapping[str, tuple[str, ...]],
        parameters: Mapping[str, np.ndarray],
        relations: Iterable[Relation],
        elements: Mapping[str, tuple[str, int]],
        static: Iterable[str],
        own_phases: Mapping[str, np.ndarray],
    ) -> None:
        self.inputs = dict(inputs)
        self.static = frozenset(static)
        self.parameters = dict(parameters)
        self.relations = {relation.name: relation for relation in relations}
        self.elements = dict(elements)
        self.own_phases = dict(own_phases)
        self.nodes: dict[str, Node] = {}
        self._calculations: dict[str, Calculation] = {}
        self._plans: dict[tuple, tuple[list[str], list[Step]]] = {}

    def node(self, key: str) -> Node:
        """The node of that key, worked out once with everything that it reads."""
        if key not in self.nodes:
            self.nodes[key] = self._new_node(key)
        return self.nodes[key]

    def _new_node(self, key: str) -> Node:
        if "@" in key:
            return self._gathered(key)
        if key in self.elements:
            vector, position = self.elements[key]
            self.node(vector)
            return Node(key, (), "element", (Argument(vector),), index=position)
        if key in QUANTITIES:
            quantity = QUANTITIES[key]
            arguments = tuple(self._argument(name, quantity.over, key) for name in quantity.arguments)
            return Node(key, quantity.over, "quantity", arguments, quantity.function)
        if key in self.inputs:
            return Node(key, self.inputs[key], "input")
        raise KeyError(f"no quantity, input or parameter is called {key}")

    def _gathered(self, key: str) -> Node:
        name, _, relation_name = key.partition("@")
        relation = self.relations[relation_name]
        if name in self.parameters:
            if relation.target == "phase":
                return Node(key, (relation.source,), "gather", (self._of(name, "model"),), relation=relation_name)
            self.node("value")
            return Node(key, (relation.source,), "gather", (Argument("value"),), relation=relation_name)
        source = self._reachable(name, relation.target)
        over = tuple(
            sorted((*(d for d in self.node(source).over if d != relation.target), relation.source), key=_order)
        )
        return Node(key, over, "gather", (Argument(source),), relation=relation_name)

    def _of(self, name: str, relation: str) -> Argument:
        self.node(f"{name}@{relation}")
        return Argument(f"{name}@{relation}")

    def _reachable(self, name: str, dimension: str) -> str:
        """The key under which x is known at a dimension: x itself, or x of the model of each phase."""
        if dimension == "phase" and (name in self.parameters or self.node(name).over == ("model",)):
            return self._of(name, "model").node
        self.node(name)
        return name

    def _argument(self, name: str, over: tuple[str, ...], reader: str) -> Argument:
        if name.startswith("all_"):
            dimension = self._collapsed(name.removeprefix("all_"), over)
            return Argument(self._reachable(name.removeprefix("all_"), dimension), dimension)
        stem, separator, relation = name.rpartition("_of_")
        if separator and relation in self.relations:
            return self._of(stem, relation)
        if name in self.parameters and "phase" not in over:
            raise KeyError(f"{reader} reads the parameter {name} without saying of which model")
        key = self._reachable(name, "phase") if "phase" in over else name
        missing = [dimension for dimension in self.node(key).over if dimension not in over]
        if missing:
            raise KeyError(f"{reader} over {over} reads {name}, which runs over {missing} too; sum it with all_{name}")
        return Argument(key)

    def _collapsed(self, name: str, over: tuple[str, ...]) -> str:
        dimensions = ("phase",) if name in self.parameters else self.node(name).over
        if dimensions == ("model",) and ("path" in over or "phase" in over):
            dimensions = ("phase",)
        outside = [dimension for dimension in dimensions if dimension not in over]
        if len(outside) > 1 or not dimensions:
            raise KeyError(f"all_{name} over {over} would collapse {outside}; it must be exactly one dimension")
        return outside[0] if outside else over[-1]

    def is_static(self, key: str) -> bool:
        """Whether a node is settled by the structure of paths and models alone, whatever a scenario says."""
        node = self.node(key)
        if node.kind == "input":
            return key in self.static
        return all(self.is_static(argument.node) for argument in node.arguments)

    def evaluate(
        self,
        inputs: Mapping[str, np.ndarray],
        targets: Iterable[str],
        known: Mapping[str, np.ndarray] | None = None,
        everything: bool = False,
    ) -> dict[str, np.ndarray]:
        """Every target as an array of shape (scenario or 1, *dimensions).

        inputs: arrays in that shape; known: nodes that are given and not computed, nor what only they read; everything:
        also give what is known, and every node read on the way. Without it a node is dropped after its last reader: in
        thousands of trials all of them together take many times the memory. Raises KeyError for a missing input and
        ArithmeticError where a formula gives something that is not in the shape that it declares.
        """
        known, wanted = known or {}, tuple(targets)
        given, steps = self._plan(wanted, frozenset(known))
        values = {**known, **{key: inputs[key] for key in given}}
        with np.errstate(divide="ignore", invalid="ignore"):
            for key, calculate, unread in steps:
                values[key] = calculate(values)
                if not everything:
                    for read in unread:
                        del values[read]
        return values if everything else {key: values[key] for key in wanted}

    def _plan(self, targets: tuple[str, ...], known: frozenset[str]) -> tuple[list[str], list[Step]]:
        """The inputs that are read, and the steps in turn; the last few plans are remembered."""
        plan = self._plans.get((targets, known))
        if plan is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            order = self.order(targets, known)
            given, unread = [key for key in order if self.node(key).kind == "input"], self._last_read(order, targets)
            made = (key for key in order if self.node(key).kind != "input")
            steps = [(key, self._calculation(key), unread.get(key, [])) for key in made]
            plan = self._plans[targets, known] = given, steps
        return plan

    def _last_read(self, order: Sequence[str], targets: Collection[str]) -> dict[str, list[str]]:
        """Key -> the nodes that nothing after it reads, without the targets."""
        last = {argument.node: key for key in order for argument in self.node(key).arguments}
        by_reader: dict[str, list[str]] = {}
        for read, key in last.items():
            if read not in targets:
                by_reader.setdefault(key, []).append(read)
        return by_reader

    def order(self, targets: tuple[str, ...], known: Collection[str] = ()) -> list[str]:
        """The keys of the targets and of all that they read, each after what it reads; without the known ones."""
        ordered: dict[str, None] = {}
        entered: set[str] = set()

        def visit(key: str) -> None:
            if key in ordered or key in known:
                return
            if key in entered:
                raise KeyError(f"{key} reads itself")
            entered.add(key)
            for argument in self.node(key).arguments:
                visit(argument.node)
            ordered[key] = None

        for target in targets:
            visit(target)
        return list(ordered)

    def following(self, keys: Iterable[str], targets: Iterable[str]) -> set[str]:
        """The keys, and all that reads them on the way to the targets."""
        readers = set(keys)
        for key in self.order(tuple(targets)):
            if any(argument.node in readers for argument in self.node(key).arguments):
                readers.add(key)
        return readers

    def beside(self, keys: Iterable[str], targets: Iterable[str]) -> list[str]:
        """What the way from the keys to the targets reads beside it: with the keys, enough to evaluate the targets anew."""
        wanted = tuple(targets)
        following = self.following(keys, wanted)
        order = self.order(wanted)
        read = {argument.node for key in order if key in following for argument in self.node(key).arguments}
        return [key for key in order if key not in following and (key in read or key in wanted)]

    def _calculation(self, key: str) -> Calculation:
        """How the array of a node is calculated from the values of those that it reads, worked out once."""
        if key not in self._calculations:
            self._calculations[key] = self._new_calculation(self.node(key))
        return self._calculations[key]

    def _new_calculation(self, node: Node) -> Calculation:
        if node.kind == "element":
            vector, index = node.arguments[0].node, node.index
            return lambda values: values[vector][:, index]
        widens = any(argument.collapsed for argument in node.arguments)
        arguments = self._read_by(node, widens)
        if node.kind == "gather":
            [gathering] = arguments
            return lambda values: gathering.of(values[gathering.node])
        assert node.function, f"{node.key} is not a quantity"
        return calculation(node.key, node.function, arguments, node.over, widens)

    def _read_by(self, node: Node, widens: bool) -> list[Aligned | Gathering]:
        """How the node takes each of its arguments; widens: as in `aligned`."""
        if node.kind == "gather":
            return [self._gathering(node)]
        by_path = PATH_OF_EVERY_PHASE in node.arguments
        arguments: list[Aligned | Gathering] = []
        for key, collapsed in ((argument.node, argument.collapsed) for argument in node.arguments):
            dimensions = self.node(key).over
            if by_path and collapsed == "phase":
                # As if along all phases: far fewer, and the sum is the same.
                arguments.append(of_own_phases(key, dimensions, node.over, self.own_phases[node.over[0]]))
            else:
                arguments.append(aligned(key, dimensions, node.over, collapsed, widens))
        return arguments

    def _gathering(self, node: Node) -> Gathering:
        relation, source = self.relations[node.relation], node.arguments[0].node
        if source != "value":
            return gathered(source, self.node(source).over, relation.target, relation.index)
        rows = self.parameters[node.key.partition("@")[0]]
        return gathered(
            source, self.node(source).over, "parameter", np.where(relation.index >= 0, rows[relation.index], -1)
        )


def _order(dimension: str) -> int:
    return DIMENSIONS.index(dimension)
