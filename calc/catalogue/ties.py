"""Figures of a model that are one thing in reality: they take one rank in the draws and are one bar of the tornado."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from calc import catalogue


class Tied(NamedTuple):
    """A figure of a tie: its row in the dimension `parameter`, and whether it takes the opposite end of its range."""

    row: int
    against: bool


@cache
def ties() -> dict[int, tuple[Tied, ...]]:
    """The row of every figure that follows no other -> that figure and those that follow it, in the order of the rows."""
    rows = {(model, name): row for row, (model, name, _) in enumerate(catalogue.parameter_rows())}
    found: dict[int, list[Tied]] = {}
    for model, name, parameter in catalogue.parameter_rows():
        row = rows[model, name]
        leader = rows[model, parameter.tied_to] if parameter.tied_to else row
        found.setdefault(leader, []).append(Tied(row, bool(parameter.moves_against)))
    return {leader: tuple(sorted(found[leader], key=lambda tied: tied.row != leader)) for leader in sorted(found)}
