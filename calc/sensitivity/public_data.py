"""What the public data beside the articles would move: the figures that it speaks to at its median, all else as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calc import catalogue
from calc.model import Model
from calc.quantities.lines import LINES
from calc.scenario import Scenario
from calc.sensitivity.factors import PARAMETERS
from calc.sensitivity.variants import Change, evaluated


@dataclass(frozen=True)
class Replaced:
    """A figure, as `<model>.<parameter>`: its value in force and that of the data, both in its unit."""

    figure: str
    now: float
    instead: float


@dataclass(frozen=True)
class Moved:
    """The data of one set in place of the figures of one model, together, since it holds them in one.

    recommended: how far the total of the path moves that is recommended today, None where none is. path: the one whose
    total moves most, None where none moves by a cent; by: how far, in currency; lines: its cost lines that move, the largest
    first. then: the path that would be recommended.
    """

    evidence: str
    model: str
    replaced: tuple[Replaced, ...]
    recommended: float | None
    path: str | None
    by: float
    lines: tuple[str, ...]
    then: str | None


def figures_replaced() -> list[tuple[catalogue.Evidence, str, tuple[str, ...]]]:
    """Each set of data whose median can stand in place of figures, with each model that it speaks to, and its figures there."""
    found = []
    for one in catalogue.evidence().values():
        if one.instead:
            figures = [name.partition(".") for name in one.speaks_to]
            for model in dict.fromkeys(of for of, _, _ in figures):
                found.append((one, model, tuple(name for of, _, name in figures if of == model)))
    return found


def moved_by_public_data(model: Model, scenario: Scenario) -> tuple[Moved, ...]:
    """Each set of public data in place of the figures of each model that it speaks to, in the order of the catalogue."""
    inputs = model.inputs([scenario])
    targets = ("total", "recommended", *LINES.values())
    now = model.graph.evaluate(inputs, (*targets, "likely"))
    column = {f"{of}.{name}": at for at, (of, name, _) in enumerate(catalogue.parameter_rows())}
    in_force = {figure: float(now["likely"][0, at]) for figure, at in column.items()}
    sets = [(one, of, _replaced(one, of, names, in_force)) for one, of, names in figures_replaced()]
    changes = [tuple(Change(PARAMETERS, column[f.figure], f.instead) for f in replaced) for _, _, replaced in sets]
    then = evaluated(model, inputs, changes, targets)
    first, ids = int(now["recommended"][0]) - 1, model.structure.path_ids
    moves = {key: np.round(then[key] - now[key], 2) for key in ("total", *LINES.values())}
    found = []
    for at, (one, of, replaced) in enumerate(sets):
        total, chosen = moves["total"][at], int(then["recommended"][at]) - 1
        most = int(np.argmax(np.abs(total)))
        by_line = {line: float(moves[key][at, most]) for line, key in LINES.items()}
        found.append(
            Moved(
                evidence=one.id,
                model=of,
                replaced=replaced,
                recommended=float(total[first]) if first >= 0 else None,
                path=ids[most] if total[most] else None,
                by=float(total[most]),
                lines=tuple(sorted(filter(by_line.get, LINES), key=lambda line: -abs(by_line[line]))),
                then=ids[chosen] if chosen >= 0 else None,
            )
        )
    return tuple(found)


def _replaced(
    one: catalogue.Evidence, model: str, names: tuple[str, ...], in_force: Mapping[str, float]
) -> tuple[Replaced, ...]:
    """The figures of a model, with both values."""
    both = ((name, f"{model}.{name}") for name in names)
    return tuple(Replaced(figure, in_force[figure], _instead(one, model, name, in_force)) for name, figure in both)


def _instead(one: catalogue.Evidence, model: str, name: str, in_force: Mapping[str, float]) -> float:
    """The data's median in the unit of the figure."""
    median = one.quantiles.p50
    if one.instead == "overrun":
        return 0.0 if name == "hidden_scope" else median - 1
    return median * in_force[f"{model}.hours_per_week"] if one.instead == "share_of_week" else median
